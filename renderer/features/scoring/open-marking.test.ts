import { expect, test } from 'vitest';
import { type MarkingRecord, type MarkReply, openMarking } from './open-marking.ts';

const row = (anonymousNumber: string, marks: Record<string, number | null> = {}) => ({
  anonymousNumber,
  seat: '',
  marks,
  vetoes: [] as string[],
  versions: Object.fromEntries(Object.keys(marks).map((k) => [k, 1])) as Record<string, number>,
  noteVersion: 0,
  note: '',
  totalTenths: 0,
  complete: false,
});

const sheet = {
  rubric: {
    title: 'r',
    passTenths: 600,
    items: [{ itemId: 'i1', title: 'i1', maxTenths: 100, deductions: [] }],
    vetoes: [],
  },
  rows: [row('A01'), row('A02')],
  savedAtMs: null,
};

/** A station that keeps marks, with scripted bad days: what each call is answered, in order; saved when none is left. */
function fakeRecord(script: ('saved' | 'saved-but-lost' | 'lost' | MarkReply)[] = [], reads: ('lost' | 'read')[] = []) {
  const kept = new Map<string, number | null>();
  const versions = new Map<string, number>();
  const calls: string[] = [];
  const record: MarkingRecord = {
    async mark(anonymousNumber, itemId, tenths, version) {
      calls.push(`${anonymousNumber}=${tenths}`);
      const next = script.shift() ?? 'saved';
      if (next === 'lost') return { kind: 'lost' };
      if (typeof next === 'object') return next;
      const key = `${anonymousNumber}/${itemId}`;
      if ((versions.get(key) ?? 0) !== version) return { kind: 'refused', code: 'CHANGED_ELSEWHERE', desk: '201-2' };
      kept.set(key, tenths);
      versions.set(key, version + 1);
      return next === 'saved-but-lost' ? { kind: 'lost' } : { kind: 'saved', atMs: calls.length, version: version + 1 };
    },
    async read() {
      calls.push('read');
      if (reads.shift() === 'lost') return null;
      return {
        rows: ['A01', 'A02'].map((a) => ({
          ...row(a, kept.has(`${a}/i1`) ? { i1: kept.get(`${a}/i1`) ?? null } : {}),
          versions: versions.has(`${a}/i1`) ? { i1: versions.get(`${a}/i1`)! } : ({} as Record<string, number>),
        })),
        savedAtMs: 99,
      };
    },
    async pause() {
      calls.push('pause');
    },
  };
  /** Another desk of the same examiner marks a cell. */
  const elsewhere = (key: string, tenths: number) => {
    kept.set(key, tenths);
    versions.set(key, (versions.get(key) ?? 0) + 1);
  };
  return { record, calls, kept, elsewhere };
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
  expect(marking.draft.get().marks.size).toBe(0);
  expect(marking.refusal.get()).toEqual({ code: 'LOCKED', key: 'A01/i1', desk: '' });
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

test('what another desk of the same examiner wrote is not written over: it is shown, and the person is told', async () => {
  const { record, kept, elsewhere } = fakeRecord();
  const marking = openMarking(sheet, record);
  elsewhere('A01/i1', 60);
  typed(marking, '9');
  expect(await marking.allSaved()).toBe(true);
  expect(kept.get('A01/i1')).toBe(60);
  expect(marking.draft.get().marks.get('A01/i1')).toBe(60);
  expect(marking.refusal.get()).toEqual({ code: 'CHANGED_ELSEWHERE', key: 'A01/i1', desk: '201-2' });
  marking.act({ kind: 'go', cell: { row: 0, item: 0 } });
  typed(marking, '8');
  expect(await marking.allSaved()).toBe(true);
  expect([kept.get('A01/i1'), marking.refusal.get()]).toEqual([80, null]);
});

test('a lost mark that another desk has overtaken is not sent over it', async () => {
  const { record, kept, elsewhere } = fakeRecord(['lost']);
  const marking = openMarking(sheet, record);
  const reading = record.read.bind(record);
  record.read = () => {
    if (!kept.has('A01/i1')) elsewhere('A01/i1', 60);
    return reading();
  };
  typed(marking, '9');
  expect(await marking.allSaved()).toBe(true);
  expect([kept.get('A01/i1'), marking.refusal.get()?.code]).toEqual([60, 'CHANGED_ELSEWHERE']);
});

test('a lost mark that arrived is one’s own: the next one goes over it', async () => {
  const { record, kept } = fakeRecord(['saved-but-lost']);
  const marking = openMarking(sheet, record);
  typed(marking, '9');
  await marking.allSaved();
  marking.act({ kind: 'go', cell: { row: 0, item: 0 } });
  typed(marking, '8');
  expect(await marking.allSaved()).toBe(true);
  expect([kept.get('A01/i1'), marking.refusal.get()]).toEqual([80, null]);
});
