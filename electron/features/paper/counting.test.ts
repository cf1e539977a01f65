import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countState, type Entry, isSettled, mayTypeNext } from './counting.ts';

const LINES = ['papers:201', 'volume:1'];
const entry = (round: number, byStaff: string, papers: number, volume?: number): Entry => ({
  round,
  counts: { 'papers:201': papers, ...(volume === undefined ? {} : { 'volume:1': volume }) },
  byStaff,
  byName: byStaff,
  atMs: 0,
});

describe('a count typed twice', () => {
  test.each([
    ['nothing yet', [], 1, LINES, [], []],
    ['one entry', [entry(1, 'A', 3, 4)], 1, LINES, [], []],
    ['both agree', [entry(1, 'A', 3, 4), entry(1, 'B', 3, 4)], 2, [], [], [3, 4]],
    ['one line differs', [entry(1, 'A', 3, 4), entry(1, 'B', 3, 5)], 2, ['volume:1'], [[4, 5]], [3]],
    ['a line is lacking', [entry(1, 'A', 3, 4), entry(1, 'B', 3)], 2, ['volume:1'], [], [3]],
    ['nought and nothing are not the same', [entry(1, 'A', 0), entry(1, 'B', 0)], 2, ['volume:1'], [], [0]],
  ] as const)('%s', (_what, entries, round, open, differs, agreed) => {
    const state = countState(LINES, entries);
    expect([state.round, state.open, [...state.differs.values()], [...state.agreed.values()]]).toEqual([
      round,
      open,
      differs,
      agreed,
    ]);
    expect(isSettled(state)).toBe(open.length === 0);
  });

  test('only what differed is counted again, and only that', () => {
    const state = countState(LINES, [
      entry(1, 'A', 3, 4),
      entry(1, 'B', 3, 5),
      { ...entry(2, 'A', 9, 5) },
      { ...entry(2, 'B', 9, 5) },
    ]);
    expect([...state.agreed]).toEqual([
      ['papers:201', 3],
      ['volume:1', 5],
    ]);
    expect(state.countedBy).toEqual(['A', 'B']);
  });

  test('the second entry is another person’s where the rules say so', () => {
    const state = countState(LINES, [entry(1, 'A', 3, 4)]);
    expect([mayTypeNext(state, 'A', true), mayTypeNext(state, 'B', true), mayTypeNext(state, 'A', false)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(mayTypeNext(countState(LINES, []), 'A', true)).toBe(true);
  });

  test('whatever is typed, no line is counted that was not typed twice alike', () => {
    const typed = fc.record({
      round: fc.integer({ min: 1, max: 4 }),
      p: fc.nat(3),
      v: fc.nat(3),
      by: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(fc.array(typed, { maxLength: 12 }), (list) => {
        const entries = list.map(({ round, p, v, by }) => entry(round, by, p, v));
        for (const [line, pieces] of countState(LINES, entries).agreed) {
          const alike = entries.filter((e) => e.counts[line] === pieces);
          expect(alike.length).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });
});
