import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barMs, barParts, withStored } from './stored-bar.ts';

const now = 1_000_000;
const ago = (seconds: number) => now - seconds * 1000;
const shown = (stored: { beginMs: number; endMs: number }[], sinceMs: number | null) =>
  barParts(stored, now, sinceMs, 5_000).map((p) => [p.kind, Math.round(p.from * 60), Math.round(p.to * 60)]);

test('grey before the start, green what is stored, a hole hatched, the youngest seconds open', () => {
  const stored = [
    { beginMs: ago(50), endMs: ago(30) },
    { beginMs: ago(20), endMs: ago(2) },
  ];
  expect(shown(stored, ago(50))).toEqual([
    ['before', 0, 10],
    ['stored', 10, 30],
    ['missing', 30, 40],
    ['stored', 40, 58],
    ['pending', 58, 60],
  ]);
});
test('a camera that fell silent shows the hole growing', () => {
  expect(shown([{ beginMs: ago(90), endMs: ago(30) }], ago(90))).toEqual([
    ['stored', 0, 30],
    ['missing', 30, 55],
    ['pending', 55, 60],
  ]);
});
test('nothing recorded: nothing owed', () => {
  expect(shown([], null)).toEqual([['before', 0, 60]]);
});
test('the parts fill the bar exactly, in order, whatever is stored', () => {
  const interval = fc
    .tuple(fc.integer({ min: -90_000, max: 9_000 }), fc.integer({ min: 0, max: 40_000 }))
    .map(([from, length]) => ({ beginMs: now + from, endMs: now + from + length }));
  fc.assert(
    fc.property(
      fc.array(interval, { maxLength: 12 }),
      fc.option(fc.integer({ min: -90_000, max: 0 })),
      (stored, since) => {
        const parts = barParts(stored, now, since === null ? null : now + since, 5_000);
        expect(parts[0]?.from).toBeCloseTo(0, 9);
        expect(parts.at(-1)?.to).toBeCloseTo(1, 9);
        for (const [i, p] of parts.slice(1).entries()) expect(p.from).toBeCloseTo(parts[i]!.to, 9);
      },
    ),
  );
});
test('what the station confirms grows one stretch, and old ones are forgotten', () => {
  let stored = withStored([], { beginMs: 0, endMs: 2_000 });
  stored = withStored(stored, { beginMs: 2_010, endMs: 4_000 });
  expect(stored).toEqual([{ beginMs: 0, endMs: 4_000 }]);
  expect(withStored(stored, { beginMs: 3 * barMs, endMs: 3 * barMs + 2_000 })).toHaveLength(1);
});
