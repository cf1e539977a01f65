import { expect, test } from 'vitest';
import { entryBytes, JournalEntry, leafHash } from './entry.ts';

const entry: JournalEntry = {
  seq: 7,
  wallMs: 1_778_900_000_000,
  monotonicMs: 12,
  boot: 'B1',
  sessionId: null,
  actor: { kind: 'station' },
  event: 'station.started',
  data: { b: [1, 'é'], a: null },
};

test('an entry has one spelling, whatever the order of its members', () => {
  const bytes = entryBytes(entry);
  expect(Buffer.from(bytes).toString('utf8')).toBe(
    '{"actor":{"kind":"station"},"boot":"B1","data":{"a":null,"b":[1,"é"]},"event":"station.started",' +
      '"monotonicMs":12,"seq":7,"sessionId":null,"wallMs":1778900000000}',
  );
  const shuffled = Object.fromEntries(Object.entries(entry).reverse()) as JournalEntry;
  expect(entryBytes(shuffled)).toEqual(bytes);
  expect(Buffer.from(leafHash(bytes)).toString('hex')).not.toBe(
    Buffer.from(leafHash(Buffer.from('x'))).toString('hex'),
  );
});

test.each([
  ['a hole before zero', { seq: -1 }],
  ['half a number', { seq: 1.5 }],
  ['an unknown actor', { actor: { kind: 'root' } }],
  ['an actor with more than its name', { actor: { kind: 'station', pin: '1' } }],
  ['an event without a feature', { event: 'started' }],
  ['something JSON cannot carry', { data: undefined }],
  ['a member nobody knows', { note: 'x' }],
])('%s is no entry', (_name, change) => {
  expect(JournalEntry.safeParse(entry).success).toBe(true);
  expect(JournalEntry.safeParse({ ...entry, ...change }).success).toBe(false);
});
