import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import {
  type Cell,
  type Change,
  cellKey,
  type Draft,
  firstEmptyCell,
  firstEmptyItem,
  fitsStep,
  markAt,
  markByDeductions,
  marksOf,
  ticksAt,
  versionsOf,
  vetoPlace,
} from './draft.ts';
import { parseMark } from './mark-text.ts';

export type DraftAct =
  /** A digit or the full stop. */
  | { kind: 'type'; character: string }
  | { kind: 'rub-out' }
  /** Takes what is typed and stays in the cell; typing may go on. Happens when the hand rests. */
  | { kind: 'settle' }
  | { kind: 'next-item' }
  | { kind: 'next-row' }
  | { kind: 'previous-row' }
  | { kind: 'move'; rows: number; items: number }
  | { kind: 'go'; cell: Cell }
  | { kind: 'clear' }
  | { kind: 'tick'; deduction: number }
  /** Drops what is being typed; the mark that stood there stands again. */
  | { kind: 'back' }
  | { kind: 'undo' }
  | { kind: 'redo' }
  /** Says of this row that it was found, or takes that back: an index into `vetoes`. */
  | { kind: 'veto'; veto: number }
  | { kind: 'acknowledged'; key: string; tenths: number | null; version: number }
  /** The record was read again: it holds wherever this desk has nothing newer. */
  | { kind: 'record-read'; sheet: Pick<MarkingSheet, 'rows'> }
  /** Someone was admitted late: the sheet has other rows now. Marks stay where they are. */
  | { kind: 'rows-read'; rows: readonly string[] }
  /** The station refused this cell: the record's mark stands. */
  | { kind: 'refused'; key: string; sheet: Pick<MarkingSheet, 'rows'> };

/** Every move of the marking grid. Pure: what must be sent to the station stands in `unsaved` of what is returned. */
export function actOnDraft(draft: Draft, act: DraftAct): Draft {
  switch (act.kind) {
    case 'type':
      return typeCharacter(draft, act.character);
    case 'rub-out':
      return rubOut(draft);
    case 'settle':
      return draft.overMaximum || offStepTyped(draft) ? draft : takeTyped(draft);
    case 'next-item':
      return leaveFor(draft, nextItem(draft));
    case 'next-row':
      return leaveFor(draft, rowStart(draft, draft.cursor.row + 1));
    case 'previous-row':
      return leaveFor(draft, rowStart(draft, draft.cursor.row - 1));
    case 'move':
      return leaveFor(draft, { row: draft.cursor.row + act.rows, item: draft.cursor.item + act.items });
    case 'go':
      return leaveFor(draft, act.cell);
    case 'clear':
      return setMark(dropTyped(draft), null, []);
    case 'tick':
      return tick(draft, act.deduction);
    case 'back':
      return dropTyped(draft);
    case 'undo':
      return draft.typing === null ? undo(draft) : dropTyped(draft);
    case 'redo':
      return draft.typing === null ? redo(draft) : draft;
    case 'veto':
      return toggleVeto(draft, act.veto);
    case 'acknowledged':
      return acknowledge(draft, act.key, act.tenths, act.version);
    case 'record-read':
      return readRecord(draft, act.sheet);
    case 'rows-read':
      return readRows(draft, act.rows);
    case 'refused': {
      const unsaved = new Map(draft.unsaved);
      unsaved.delete(act.key);
      return readRecord({ ...draft, unsaved, typing: null, overMaximum: false, offStep: false }, act.sheet);
    }
    default:
      return unreachable(act);
  }
}

/** What is typed is a mark, but no whole number of the item's steps. Only told when it is left: a 1 may become 12. */
function offStepTyped({ typing, items, cursor }: Draft): boolean {
  const item = items[cursor.item];
  const tenths = typing === null ? null : parseMark(typing.text);
  return item !== undefined && tenths !== null && !fitsStep(item, tenths);
}

const maximum = (draft: Draft): number => draft.items[draft.cursor.item]?.maxTenths ?? 0;

function typeCharacter(draft: Draft, character: string): Draft {
  // A mark that was refused is written over, not added to.
  const soFar = draft.overMaximum || draft.offStep ? '' : (draft.typing?.text ?? '');
  const text = soFar === '0' && character !== '.' ? character : soFar + character;
  const tenths = parseMark(text);
  if (tenths === null) return draft;
  return {
    ...draft,
    typing: { text, settled: draft.typing?.settled ?? false },
    overMaximum: tenths > maximum(draft),
    offStep: false,
  };
}

function rubOut(draft: Draft): Draft {
  if (draft.typing === null) return actOnDraft(draft, { kind: 'clear' });
  const text = draft.typing.text.slice(0, -1);
  if (text === '') return dropTyped(draft);
  const tenths = parseMark(text);
  const overMaximum = tenths !== null && tenths > maximum(draft);
  return { ...draft, typing: { ...draft.typing, text }, overMaximum, offStep: false };
}

/**
 * The typed text becomes the mark, as one change however often the hand rested in it. Ticks that do not add up to it
 * are dropped, since what is typed counts.
 */
function takeTyped(draft: Draft): Draft {
  const { typing } = draft;
  const tenths = typing === null ? null : parseMark(typing.text);
  if (typing === null || tenths === null) return draft;
  const base = typing.settled ? withoutSettled(draft) : draft;
  const item = base.items[base.cursor.item];
  const ticks = ticksAt(base, base.cursor);
  const agree = item !== undefined && ticks.length > 0 && markByDeductions(item, ticks) === tenths;
  const taken = setMark(base, tenths, agree ? ticks : []);
  return { ...taken, typing: { ...typing, settled: taken !== base } };
}

/** A resting hand may have settled the `1` of a `13` that is now given up: then the mark from before stands again. */
function dropTyped(draft: Draft): Draft {
  if (draft.typing === null) return draft;
  const base = draft.typing.settled ? withoutSettled(draft) : draft;
  return { ...base, typing: null, overMaximum: false, offStep: false };
}

function leaveFor(draft: Draft, wish: Cell): Draft {
  if (draft.overMaximum) return draft;
  if (offStepTyped(draft)) return { ...draft, offStep: true };
  const row = Math.min(Math.max(wish.row, 0), draft.rows.length - 1);
  const item = Math.min(Math.max(wish.item, 0), draft.items.length - 1);
  return { ...takeTyped(draft), typing: null, cursor: { row, item } };
}

function nextItem({ cursor, items, rows }: Draft): Cell {
  if (cursor.item + 1 < items.length) return { row: cursor.row, item: cursor.item + 1 };
  return cursor.row + 1 < rows.length ? { row: cursor.row + 1, item: 0 } : cursor;
}

/** A sheet is entered where it still needs a mark, a finished one at its start. */
function rowStart(draft: Draft, wish: number): Cell {
  const row = Math.min(Math.max(wish, 0), draft.rows.length - 1);
  if (row === draft.cursor.row) return draft.cursor;
  return { row, item: firstEmptyItem(draft, row) ?? 0 };
}

function tick(draft: Draft, deduction: number): Draft {
  const item = draft.items[draft.cursor.item];
  if (item?.deductions[deduction] === undefined) return draft;
  const base = dropTyped(draft);
  const ticked = ticksAt(base, base.cursor);
  const ticks = ticked.includes(deduction)
    ? ticked.filter((i) => i !== deduction)
    : [...ticked, deduction].sort((a, b) => a - b);
  return setMark(base, markByDeductions(item, ticks), ticks);
}

function setMark(draft: Draft, after: number | null, ticks: readonly number[]): Draft {
  return change(draft, draft.cursor, after, ticks);
}

function toggleVeto(draft: Draft, veto: number): Draft {
  if (draft.vetoes[veto] === undefined || draft.rows[draft.cursor.row] === undefined) return draft;
  const cell = vetoPlace(draft, draft.cursor.row, veto);
  return change(draft, cell, markAt(draft, cell) === null ? 1 : null, []);
}

function change(draft: Draft, cell: Cell, after: number | null, ticks: readonly number[]): Draft {
  const before = markAt(draft, cell);
  const ticksBefore = ticksAt(draft, cell);
  if (before === after && ticks.join() === ticksBefore.join()) return draft;
  const made = { cell, before, after, ticksBefore, ticksAfter: ticks };
  return write({ ...draft, changes: [...draft.changes, made], undone: [] }, cell, after, ticks);
}

/** The cursor goes where a change was made; of a veto, to its row. */
const cursorFor = (draft: Draft, { row, item }: Cell): Cell =>
  item < draft.items.length ? { row, item } : { row, item: draft.cursor.item };

/** As before the hand rested: that is no step anybody would do again. */
const withoutSettled = (draft: Draft): Draft => ({ ...undo(draft), undone: draft.undone });

function undo(draft: Draft): Draft {
  const last = draft.changes.at(-1);
  if (last === undefined) return draft;
  const cursor = cursorFor(draft, last.cell);
  const undone = [...draft.undone, last];
  const shorter = { ...draft, changes: draft.changes.slice(0, -1), undone, cursor, overMaximum: false, offStep: false };
  return write(shorter, last.cell, last.before, last.ticksBefore);
}

function redo(draft: Draft): Draft {
  const next = draft.undone.at(-1);
  if (next === undefined) return draft;
  const changes = [...draft.changes, next];
  const again = { ...draft, changes, undone: draft.undone.slice(0, -1), cursor: cursorFor(draft, next.cell) };
  return write(again, next.cell, next.after, next.ticksAfter);
}

function write(draft: Draft, cell: Cell, tenths: number | null, ticksNow: readonly number[]): Draft {
  const key = cellKey(draft, cell);
  const marks = new Map(draft.marks);
  if (tenths === null) marks.delete(key);
  else marks.set(key, tenths);
  const ticks = new Map(draft.ticks);
  if (ticksNow.length === 0) ticks.delete(key);
  else ticks.set(key, ticksNow);
  const unsaved = new Map(draft.unsaved);
  if (markAt(draft, cell) !== tenths) unsaved.set(key, tenths);
  return { ...draft, marks, ticks, unsaved };
}

/** Only the value the station named is off the list: it may have been changed again while it was on its way. */
function acknowledge(draft: Draft, key: string, tenths: number | null, version: number): Draft {
  const versions = new Map(draft.versions).set(key, version);
  if (!draft.unsaved.has(key) || draft.unsaved.get(key) !== tenths) return { ...draft, versions };
  const unsaved = new Map(draft.unsaved);
  unsaved.delete(key);
  return { ...draft, unsaved, versions };
}

/** The cursor stays with its sheet, wherever that stands now. */
function readRows(draft: Draft, rows: readonly string[]): Draft {
  if (rows.join() === draft.rows.join()) return draft;
  const here = draft.rows[draft.cursor.row];
  const row = here === undefined ? -1 : rows.indexOf(here);
  // A change is undone by its place, and places have moved.
  const moveAll = (all: readonly Change[]) =>
    all.flatMap((change) => {
      const moved = rows.indexOf(draft.rows[change.cell.row] ?? '');
      return moved === -1 ? [] : [{ ...change, cell: { ...change.cell, row: moved } }];
    });
  const [changes, undone] = [moveAll(draft.changes), moveAll(draft.undone)];
  if (row !== -1) return { ...draft, rows, changes, undone, cursor: { ...draft.cursor, row } };
  const moved = { ...draft, rows, changes, undone, typing: null, overMaximum: false, cursor: { row: 0, item: 0 } };
  return { ...moved, cursor: firstEmptyCell(moved) ?? moved.cursor };
}

function readRecord(draft: Draft, sheet: Pick<MarkingSheet, 'rows'>): Draft {
  const record = marksOf(sheet);
  const unsaved = new Map([...draft.unsaved].filter(([key, tenths]) => (record.get(key) ?? null) !== tenths));
  const marks = new Map(record);
  for (const [key, tenths] of unsaved) {
    if (tenths === null) marks.delete(key);
    else marks.set(key, tenths);
  }
  // What was not seen here stays unseen for cells that are about to be sent: the station then says so.
  const versions = versionsOf(sheet);
  for (const key of unsaved.keys()) {
    const seen = draft.versions.get(key);
    if (seen === undefined) versions.delete(key);
    else versions.set(key, seen);
  }
  return { ...draft, marks, unsaved, versions };
}
