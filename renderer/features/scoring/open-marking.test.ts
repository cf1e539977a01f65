import { expect, test } from 'vitest';
import { type MarkingRecord, type MarkReply, openMarking } from './open-marking.ts';

const row = (anonymousNumber: string, marks: Record<string, number | null> = {}) => ({
  anonymousNumber,
  seat: '',
  marks,
  note: '',
  totalTenths: 0,
  complete: false,
});

const sheet = {
  rubric: { title: 'r', passTenths: 600, items: [{ itemId: 'i1', title: 'i1', maxTenths: 100, deductions: [] }] },
  rows: [row('A01'), row('A02')],
  savedAtMs: null,
};

/** A station that keeps marks, with scripted bad days: what each call is answered, in order; saved when none is left. */
function fakeRecord(script: ('saved-but-lost' | 'lost' | MarkReply)[] = [], reads: ('lost' | 'read')[] = []) {
  const kept = new Map<string, number | null>();
  const calls: string[] = [];
  const record: MarkingRecord = {
    async mark(anonymousNumber, itemId, tenths) {
      calls.push(`${anonymousNumber}=${tenths}`);
      const next = script.shift() ?? { kind: 'saved' as const, atMs: calls.length };
      if (next === 'lost') return { kind: 'lost' };
      if (next !== 'saved-but-lost' && next.kind !== 'saved') return next;
      kept.set(`${anonymousNumber}/${itemId}`, tenths);
      return next === 'saved-but-lost' ? { kind: 'lost' } : next;
    },
    async read() {
      calls.push('read');
      if (reads.shift() === 'lost') return null;
      return {
        rows: ['A01', 'A02'].map((a) => row(a, kept.has(`${a}/i1`) ? { i1: kept.get(`${a}/i1`) ?? null } : {})),
        savedAtMs: 99,
      };
    },
    async pause() {
      calls.push('pause');
    },
  };
  return { record, calls, kept };
}

function typed(marking: ReturnType<typeof openMarking>, digits: string) {
  for (const character of digits) marking.act({ kind: 'type', character });
  marking.act({ kind: 'next-item' });
}

test('marks are sent one by one and shown as saved once the last is acknowledged', async () => {
  const { record, calls } = fakeRecord();
  const marking = openMarking(sheet, record);
  typed(marking, '9');
  typed(marking, '7');
  expect(marking.saving.get()).toEqual({ kind: 'saving' });
  expect(await marking.allSaved()).toBe(true);
  expect(calls).toEqual(['A01=90', 'A02=70']);
  expect(marking.saving.get()).toEqual({ kind: 'saved', atMs: 2 });
});

test('after a lost reply the record is read, and a mark that had arrived is not sent again', async () => {
  const { record, calls } = fakeRecord(['saved-but-lost']);
  const marking = openMarking(sheet, record);
  typed(marking, '9');
  expect(await marking.allSaved()).toBe(true);
  expect(calls).toEqual(['A01=90', 'read']);
});

test('a mark that had not arrived is sent again, however long the station is away', async () => {
  const { record, calls, kept } = fakeRecord(['lost'], ['lost', 'lost', 'read']);
  const marking = openMarking(sheet, record);
  const seen: string[] = [];
  marking.saving.subscribe(() => seen.push(marking.saving.get().kind));
  typed(marking, '9');
  expect(await marking.allSaved()).toBe(false);
  while (marking.saving.get().kind !== 'saved') await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toEqual(['A01=90', 'read', 'pause', 'read', 'pause', 'read', 'A01=90']);
  expect(kept.get('A01/i1')).toBe(90);
  expect(seen).toContain('not-saved');
});

test('a refused mark gives way to the one on record, and says why', async () => {
  const { record, calls } = fakeRecord([{ kind: 'refused', code: 'LOCKED' }]);
  const marking = openMarking(sheet, record);
  typed(marking, '9');
  await marking.allSaved();
  expect(calls).toEqual(['A01=90', 'read']);
  expect([marking.draft.get().marks.size, marking.refusal.get()]).toEqual([0, 'LOCKED']);
});

test('a mark above the maximum keeps the sheet from being locked', async () => {
  const { record, calls } = fakeRecord();
  const marking = openMarking(sheet, record);
  typed(marking, '11');
  expect(await marking.allSaved()).toBe(false);
  expect(calls).toEqual([]);
});

test('a sheet that is left still sends what is unsaved, and waits for nobody', async () => {
  const { record, calls } = fakeRecord();
  const marking = openMarking(sheet, record);
  typed(marking, '9');
  typed(marking, '7');
  marking.close();
  await marking.allSaved();
  expect(calls).toEqual(['A01=90', 'A02=70']);

  const silent = fakeRecord(['lost']);
  const left = openMarking(sheet, silent.record);
  typed(left, '9');
  left.close();
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(silent.calls).toEqual(['A01=90']);
  left.reopen();
  expect(await left.allSaved()).toBe(true);
  expect(silent.calls).toEqual(['A01=90', 'A01=90']);
});
