import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Stretch, uncoveredStretches } from './uncovered.ts';

const s = (beginMs: number, endMs: number): Stretch => ({ beginMs, endMs });
const exam = s(100, 200);

test.each<[string, Stretch[], { beginMs: number; endMs: number | null }[], Stretch[]]>([
  ['recorded from before to after', [s(90, 210)], [], []],
  ['begun late', [s(130, 200)], [], [s(100, 130)]],
  ['ended early', [s(100, 160)], [], [s(160, 200)]],
  ['a gap on record explains the middle', [s(100, 120), s(150, 200)], [s(120, 150)], []],
  ['an open gap explains the end', [s(100, 120)], [{ beginMs: 120, endMs: null }], []],
  ['only before the exam', [s(10, 50)], [], [exam]],
  ['only after the exam', [s(250, 300)], [], [exam]],
  ['a hole nobody explained', [s(100, 120), s(140, 200)], [], [s(120, 140)]],
])('%s', (_, stored, gaps, expected) => {
  expect(uncoveredStretches(exam, stored, gaps)).toEqual(expected);
});

test('every moment of the exam is covered, explained or listed, and nothing twice', () => {
  const stretch = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 60 })).map(([at, long]) => s(at, at + long));
  fc.assert(
    fc.property(fc.array(stretch), fc.array(stretch), (stored, gaps) => {
      const listed = uncoveredStretches(exam, stored, gaps);
      for (let ms = exam.beginMs; ms < exam.endMs; ms += 1) {
        const within = (list: readonly Stretch[]) => list.filter((x) => x.beginMs <= ms && ms < x.endMs).length;
        expect(within(listed)).toBe(within(stored) + within(gaps) > 0 ? 0 : 1);
      }
    }),
  );
});
