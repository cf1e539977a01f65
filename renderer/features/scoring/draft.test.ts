import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, draftOf, firstEmptyCell, markAt, missingMarks, rowTotal, vetoesAt } from './draft.ts';
import { actOnDraft, type DraftAct } from './draft-acts.ts';
import { intentOfKey } from './marking-keys.ts';

const item = (itemId: string, maxTenths: number) => ({
  itemId,
  title: itemId,
  maxTenths,
  deductions: [
    { text: 'a', tenths: 20 },
    { text: 'b', tenths: 10 },
    { text: 'c', tenths: 130 },
  ],
});

const row = (anonymousNumber: string, marks: Record<string, number | null> = {}) => ({
  anonymousNumber,
  seat: anonymousNumber,
  marks,
  vetoes: [] as string[],
  versions: {} as Record<string, number>,
  noteVersion: 0,
  note: '',
  totalTenths: 0,
  complete: false,
});

const vetoes = [
  { vetoId: 'V1', text: 'v' },
  { vetoId: 'V2', text: 'w' },
];

const sheet = (rows = [row('A01'), row('A02'), row('A03')]) => ({
  rubric: { title: 'r', passTenths: 600, items: [item('i1', 100), item('i2', 150)], vetoes },
  rows,
});

const press = (code: string, held: { ctrlKey?: boolean; shiftKey?: boolean } = {}) => ({
  code,
  // What a key says while a Chinese input method is composing; only its place may count.
  key: 'Process',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

/** Presses keys one after the other, by their `code`; `^` before it holds Ctrl. */
function keys(draft: Draft, ...codes: string[]): Draft {
  return codes.reduce((at, code) => {
    const ctrlKey = code.startsWith('^');
    const intent = intentOfKey(press(code.replace('^', ''), { ctrlKey }), at);
    if (intent === null || intent.kind === 'open-note') return at;
    return actOnDraft(at, intent);
  }, draft);
}

const unsaved = (draft: Draft) => Object.fromEntries(draft.unsaved);

test('a sheet opens at the first cell without a mark', () => {
  expect(draftOf(sheet([row('A01', { i1: 10, i2: 10 }), row('A02', { i1: 10 })])).cursor).toEqual({ row: 1, item: 1 });
});

test('digits are typed, Enter takes the mark and goes on, at the end of a sheet to the next one', () => {
  const after = keys(draftOf(sheet()), 'Digit9', 'Enter', 'Numpad1', 'Numpad2', 'NumpadDecimal', 'NumpadEnter');
  expect(unsaved(after)).toEqual({ 'A01/i1': 90, 'A01/i2': 125 });
  expect(after.cursor).toEqual({ row: 1, item: 0 });
  expect(rowTotal(after, 0)).toEqual({ tenths: 215, missing: 0 });
  expect(missingMarks(after)).toBe(4);
});

test('a mark above the maximum is not taken, and the cursor stays until it is mended', () => {
  const refused = keys(draftOf(sheet()), 'Digit1', 'Digit6', 'Enter', 'ArrowDown', 'Tab');
  expect(refused).toMatchObject({ overMaximum: true, cursor: { row: 0, item: 0 }, typing: { text: '16' } });
  expect(unsaved(refused)).toEqual({});
  expect(unsaved(keys(refused, 'Digit7', 'Enter'))).toEqual({ 'A01/i1': 70 });
  expect(keys(refused, 'Escape')).toMatchObject({ overMaximum: false, typing: null });
});

test('the maximum itself is taken', () => {
  expect(unsaved(keys(draftOf(sheet()), 'Digit1', 'Digit0', 'Enter'))).toEqual({ 'A01/i1': 100 });
});

test('ticked deductions come off the full mark, never below nothing; ticking again puts them back', () => {
  const start = draftOf(sheet());
  expect(unsaved(keys(start, 'KeyQ'))).toEqual({ 'A01/i1': 80 });
  expect(unsaved(keys(start, 'KeyQ', 'KeyW'))).toEqual({ 'A01/i1': 70 });
  expect(unsaved(keys(start, 'KeyE'))).toEqual({ 'A01/i1': 0 });
  expect(unsaved(keys(start, 'KeyQ', 'KeyW', 'KeyQ'))).toEqual({ 'A01/i1': 90 });
  expect(keys(start, 'KeyP')).toBe(start);
});

test('what is typed counts: ticks that do not add up to it are dropped', () => {
  const typedOver = keys(draftOf(sheet()), 'KeyQ', 'Digit5', 'Enter');
  expect([typedOver.marks.get('A01/i1'), typedOver.ticks.get('A01/i1')]).toEqual([50, undefined]);
  const sameMark = keys(draftOf(sheet()), 'KeyQ', 'Digit8', 'Enter');
  expect([sameMark.marks.get('A01/i1'), sameMark.ticks.get('A01/i1')]).toEqual([80, [0]]);
});

test('a hand that rests in the middle of a mark saves it, and typing goes on as one change', () => {
  const rested = actOnDraft(keys(draftOf(sheet()), 'Digit1'), { kind: 'settle' });
  expect(unsaved(rested)).toEqual({ 'A01/i1': 10 });
  const done = keys(rested, 'Digit0', 'Enter');
  expect(unsaved(done)).toEqual({ 'A01/i1': 100 });
  expect(done.changes).toHaveLength(1);
  expect(markAt(keys(rested, 'Escape'), { row: 0, item: 0 })).toBeNull();
});

test('Tab goes to the next sheet where it needs a mark, and out of the grid after the last', () => {
  const start = draftOf(sheet([row('A01'), row('A02', { i1: 10 })]));
  expect(keys(start, 'Tab').cursor).toEqual({ row: 1, item: 1 });
  expect(intentOfKey(press('Tab'), keys(start, 'Tab'))).toBeNull();
  expect(intentOfKey(press('Tab', { shiftKey: true }), start)).toBeNull();
});

test('Del empties a cell; Ctrl+Z goes back through the changes and to their cells', () => {
  const marked = keys(draftOf(sheet()), 'Digit9', 'Enter', 'Digit8', 'ArrowLeft', 'Delete');
  expect([...marked.marks]).toEqual([['A01/i2', 80]]);
  const back = keys(marked, '^KeyZ');
  expect([back.marks.get('A01/i1'), back.cursor]).toEqual([90, { row: 0, item: 0 }]);
  expect(keys(back, '^KeyZ', '^KeyZ', '^KeyZ').marks.size).toBe(0);
});

test('the browser keeps the keys that are not the grid’s', () => {
  const draft = draftOf(sheet());
  for (const code of ['F5', 'F1', 'KeyM', 'Space', 'PageDown']) expect(intentOfKey(press(code), draft)).toBeNull();
  expect(intentOfKey(press('KeyR', { ctrlKey: true }), draft)).toBeNull();
  expect(intentOfKey(press('Enter', { ctrlKey: true }), draft)).toBeNull();
  expect(intentOfKey({ ...press('Numpad4'), key: 'ArrowLeft' }, draft)).toMatchObject({ kind: 'move' });
  expect(intentOfKey(press('KeyN'), draft)).toEqual({ kind: 'open-note' });
});

test('an acknowledgement clears only the value it names', () => {
  const twice = keys(draftOf(sheet()), 'Digit9', 'Enter', 'ArrowLeft', 'Digit8', 'Enter');
  const key = 'A01/i1';
  expect(unsaved(actOnDraft(twice, { kind: 'acknowledged', key, tenths: 90, version: 1 }))).toEqual({ [key]: 80 });
  expect(unsaved(actOnDraft(twice, { kind: 'acknowledged', key, tenths: 80, version: 2 }))).toEqual({});
});

test('a record read again wins, except where this desk has something newer', () => {
  const marked = keys(draftOf(sheet()), 'Digit9', 'Enter', 'Digit8', 'Enter');
  const read = actOnDraft(marked, {
    kind: 'record-read',
    sheet: { rows: [row('A01', { i1: 90, i2: 20 }), row('A02', { i1: 30 })] },
  });
  expect(Object.fromEntries(read.marks)).toEqual({ 'A01/i1': 90, 'A01/i2': 80, 'A02/i1': 30 });
  expect(unsaved(read)).toEqual({ 'A01/i2': 80 });
  const refused = actOnDraft(read, {
    kind: 'refused',
    key: 'A01/i2',
    sheet: { rows: [row('A01', { i1: 90, i2: 20 })] },
  });
  expect([refused.marks.get('A01/i2'), refused.unsaved.size]).toEqual([20, 0]);
});

test('whatever is pressed: marks stay within the maximum, the cursor on the grid, and sending the unsaved gives the draft', () => {
  const code = fc.constantFrom(
    ...['Digit0', 'Digit1', 'Digit5', 'Digit9', 'Period', 'Enter', 'Tab', 'Delete', 'Backspace', 'Escape', '^KeyZ'],
    ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'KeyQ', 'KeyW', 'KeyE', '^End', 'settle', 'saved'],
  );
  fc.assert(
    fc.property(fc.array(code, { maxLength: 60 }), (codes) => {
      const record = new Map<string, number>();
      let draft = draftOf(sheet());
      const send = () => {
        for (const [key, tenths] of draft.unsaved) {
          if (tenths === null) record.delete(key);
          else record.set(key, tenths);
          draft = actOnDraft(draft, { kind: 'acknowledged', key, tenths, version: 1 });
        }
      };
      for (const c of codes) {
        if (c === 'saved') send();
        else draft = c === 'settle' ? actOnDraft(draft, { kind: 'settle' }) : keys(draft, c);
        expect(draft.cursor.row).toBeLessThan(3);
        expect(draft.cursor.item).toBeLessThan(2);
        for (const [key, tenths] of draft.marks) {
          expect(tenths).toBeGreaterThanOrEqual(0);
          expect(tenths).toBeLessThanOrEqual(key.endsWith('i1') ? 100 : 150);
        }
      }
      send();
      expect(new Map([...record].sort())).toEqual(new Map([...draft.marks].sort()));
    }),
  );
});

test('undo all the way is the sheet as it was opened', () => {
  const act = fc.constantFrom<DraftAct>(
    { kind: 'type', character: '7' },
    { kind: 'next-item' },
    { kind: 'tick', deduction: 1 },
    { kind: 'clear' },
    { kind: 'settle' },
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const opened = draftOf(sheet([row('A01', { i1: 40 }), row('A02')]));
      let draft = acts.reduce(actOnDraft, opened);
      while (draft.typing !== null || draft.changes.length > 0) draft = actOnDraft(draft, { kind: 'undo' });
      expect(draft.marks).toEqual(opened.marks);
    }),
  );
});

test('a candidate who comes late adds a row; cursor, typing and undo stay with their sheets', () => {
  const typing = keys(draftOf(sheet([row('A02'), row('A03')])), 'Digit9', 'Enter', 'Digit1');
  const more = actOnDraft(typing, { kind: 'rows-read', rows: ['A01', 'A02', 'A03'] });
  expect(more.cursor).toEqual({ row: 1, item: 1 });
  expect(unsaved(keys(more, 'Digit2', 'Enter'))).toEqual({ 'A02/i1': 90, 'A02/i2': 120 });
  expect(keys(more, 'Escape', '^KeyZ').marks.size).toBe(0);
  const first = actOnDraft(draftOf(sheet([])), { kind: 'rows-read', rows: ['A01'] });
  expect(unsaved(keys(first, 'Digit5', 'Enter'))).toEqual({ 'A01/i1': 50 });
});

test('a finished sheet has no empty cell', () => {
  expect(firstEmptyCell(draftOf(sheet([row('A01', { i1: 1, i2: 2 })])))).toBeNull();
});

test('undo and redo walk the changes of the draft; a new change ends what could be done again', () => {
  const three = keys(draftOf(sheet()), 'Digit9', 'Enter', 'Digit8', 'Enter', 'Digit7', 'Enter');
  const back = keys(three, '^KeyZ', '^KeyZ');
  expect(Object.fromEntries(back.marks)).toEqual({ 'A01/i1': 90 });
  expect(back.cursor).toEqual({ row: 0, item: 1 });
  expect(Object.fromEntries(keys(back, '^KeyY').marks)).toEqual({ 'A01/i1': 90, 'A01/i2': 80 });
  expect(keys(back, '^KeyY', '^KeyY', '^KeyY').marks).toEqual(three.marks);
  const other = keys(back, 'Digit5', 'Enter', '^KeyY');
  expect(Object.fromEntries(other.marks)).toEqual({ 'A01/i1': 90, 'A01/i2': 50 });
});

test('what the hand rested on and went on typing is no step to do again', () => {
  const rested = actOnDraft(keys(draftOf(sheet([row('A01', { i1: 30 })])), 'ArrowLeft', 'Digit1'), { kind: 'settle' });
  expect(keys(rested, 'Escape', '^KeyY').marks.get('A01/i1')).toBe(30);
});

test('a veto is found and taken back by one key, counts in no total, and is undone like a mark', () => {
  const found = keys(draftOf(sheet()), 'KeyX');
  expect(unsaved(found)).toEqual({ 'A01/veto:V2': 1 });
  expect([vetoesAt(found, 0), rowTotal(found, 0), missingMarks(found)]).toEqual([['V2'], { tenths: 0, missing: 2 }, 6]);
  expect(found.cursor).toEqual({ row: 0, item: 0 });
  expect(vetoesAt(keys(found, 'KeyX'), 0)).toEqual([]);
  expect(vetoesAt(keys(found, '^KeyZ'), 0)).toEqual([]);
  expect(vetoesAt(keys(found, '^KeyZ', '^KeyY'), 0)).toEqual(['V2']);
  expect(unsaved(keys(draftOf(sheet()), 'KeyB'))).toEqual({});
});

test('a mark between the steps of an item is not taken where it is left, and a digit begins anew', () => {
  const inSteps = sheet();
  inSteps.rubric.items[0] = { ...item('i1', 100), stepTenths: 20 } as never;
  const refused = keys(draftOf(inSteps), 'Digit3', 'Enter', 'ArrowDown');
  expect(refused).toMatchObject({ offStep: true, cursor: { row: 0, item: 0 } });
  expect(unsaved(refused)).toEqual({});
  expect(unsaved(keys(refused, 'Digit4', 'Enter'))).toEqual({ 'A01/i1': 40 });
  expect(unsaved(keys(draftOf(inSteps), 'Digit1', 'Digit0', 'Enter'))).toEqual({ 'A01/i1': 100 });
});

test('a cell that waits to be sent keeps the version this desk has seen, whatever the record says meanwhile', () => {
  const here = keys(
    draftOf(sheet([{ ...row('A01', { i1: 30 }), versions: { i1: 1 } }])),
    'ArrowLeft',
    'Digit9',
    'Enter',
  );
  const now = { rows: [{ ...row('A01', { i1: 50, i2: 60 }), versions: { i1: 4, i2: 2 } }] };
  const read = actOnDraft(here, { kind: 'record-read', sheet: now });
  expect(Object.fromEntries(read.versions)).toEqual({ 'A01/i1': 1, 'A01/i2': 2 });
  const refused = actOnDraft(read, { kind: 'refused', key: 'A01/i1', sheet: now });
  expect([refused.marks.get('A01/i1'), refused.versions.get('A01/i1'), refused.unsaved.size]).toEqual([50, 4, 0]);
});
