import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayWrite, neededForSession, reservedBytes, stepBytes } from './disk.ts';

const running = [
  { recordingId: 'second', startedMs: 20 },
  { recordingId: 'first', startedMs: 10 },
  { recordingId: 'third', startedMs: 20.5 },
];

test.each<[string, number, string[]]>([
  ['room for all', reservedBytes + 3 * stepBytes, ['first', 'second', 'third']],
  ['less than two steps', reservedBytes + 2 * stepBytes - 1, ['first', 'second']],
  ['less than one step', reservedBytes + stepBytes - 1, ['first']],
  ['the reserve and no more', reservedBytes, []],
])('%s: %i bytes free', (_name, free, write) => {
  expect(
    running
      .map((r) => r.recordingId)
      .filter((recordingId) => mayWrite(free, 1, { recordingId }, running))
      .toSorted(),
  ).toEqual(write);
});

test('whatever is free, no camera writes that began after one that may not, and the reserve stays', () => {
  const cameras = fc.uniqueArray(fc.record({ recordingId: fc.string(), startedMs: fc.nat(1_000) }), {
    selector: (r) => r.recordingId,
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(cameras, fc.nat(reservedBytes * 2), fc.nat(1_000_000), (all, free, size) => {
      const may = (r: (typeof all)[number]) => mayWrite(free, size, r, all);
      for (const a of all) {
        if (may(a)) expect(free - size).toBeGreaterThanOrEqual(reservedBytes);
        for (const b of all) if (a.startedMs < b.startedMs && may(b)) expect(may(a)).toBe(true);
      }
    }),
  );
});

test('a session needs its cameras for its length and an hour more, and never the reserve', () => {
  expect([neededForSession(0, 2), neededForSession(4, 3)]).toEqual([
    reservedBytes,
    reservedBytes + 4 * 4 * 540_000_000,
  ]);
});
