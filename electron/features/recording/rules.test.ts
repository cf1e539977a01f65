import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockToleranceMs,
  type Interval,
  intervalFault,
  isSilent,
  joinIntervals,
  leavesGap,
  longestSegmentMs,
  looksLikeMp4,
  mayStartRecording,
  overlapToleranceMs,
  seamMs,
  silentAfterMs,
  uncovered,
} from './rules.ts';

const interval = fc
  .record({ beginMs: fc.integer({ min: 0, max: 3_000 }), length: fc.integer({ min: 0, max: 400 }) })
  .map(({ beginMs, length }): Interval => ({ beginMs, endMs: beginMs + length }));
const covers = (intervals: readonly Interval[], ms: number) => intervals.some((i) => i.beginMs <= ms && ms < i.endMs);

describe('joining stored intervals', () => {
  test('joined intervals cover exactly the same time, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 30 }), fc.integer({ min: 0, max: 3_500 }), (intervals, ms) => {
        const joined = joinIntervals(intervals, 1);
        expect(covers(joined, ms)).toBe(covers(intervals, ms));
        for (const [i, next] of joined.slice(1).entries()) expect(next.beginMs).toBeGreaterThan(joined[i]!.endMs);
      }),
    );
  });
  test('the order in which segments were stored does not matter, and joining twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 30 }), (intervals) => {
        const joined = joinIntervals(intervals, 50);
        expect(joinIntervals(intervals.toReversed(), 50)).toEqual(joined);
        expect(joinIntervals(joined, 50)).toEqual(joined);
      }),
    );
  });
  test('a late frame joins, a missing second does not', () => {
    const first = { beginMs: 0, endMs: 2_000 };
    expect(joinIntervals([first, { beginMs: 2_000 + seamMs - 1, endMs: 5_000 }])).toEqual([
      { beginMs: 0, endMs: 5_000 },
    ]);
    expect(joinIntervals([first, { beginMs: 2_000 + seamMs, endMs: 5_000 }])).toHaveLength(2);
  });
});

describe('gaps against the limit', () => {
  test('covered time and gaps together are the whole span, and never both', () => {
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 20 }),
        interval,
        fc.integer({ min: 0, max: 3_500 }),
        (stored, span, ms) => {
          const inSpan = covers([span], ms);
          expect(covers(uncovered(span, stored, 0), ms)).toBe(inSpan && !covers(stored, ms));
        },
      ),
    );
  });
  test.each([
    [10_000, 0],
    [9_999, 1],
  ])('a gap of 10 s against a limit of %i ms is listed %i times', (limitMs, times) => {
    const stored = [
      { beginMs: 0, endMs: 50_000 },
      { beginMs: 60_000, endMs: 100_000 },
    ];
    expect(uncovered({ beginMs: 0, endMs: 100_000 }, stored, limitMs)).toHaveLength(times);
  });
});

test.each<[string, Interval, number | null, ReturnType<typeof intervalFault>]>([
  ['two seconds after the one before', { beginMs: 98_000, endMs: 100_000 }, 98_000, null],
  ['the first of all', { beginMs: 98_000, endMs: 100_000 }, null, null],
  ['no time at all', { beginMs: 98_000, endMs: 98_000 }, null, 'empty'],
  ['backwards', { beginMs: 99_000, endMs: 98_000 }, null, 'empty'],
  ['not a number', { beginMs: Number.NaN, endMs: 98_000 }, null, 'empty'],
  ['infinite', { beginMs: Number.NEGATIVE_INFINITY, endMs: 98_000 }, null, 'too-long'],
  ['exactly the longest', { beginMs: 100_000 - longestSegmentMs, endMs: 100_000 }, null, null],
  ['longer than the longest', { beginMs: 100_000 - longestSegmentMs - 1, endMs: 100_000 }, null, 'too-long'],
  ['as far ahead as two clocks differ', { beginMs: 103_000, endMs: 100_000 + clockToleranceMs }, null, null],
  ['further ahead', { beginMs: 103_000, endMs: 100_001 + clockToleranceMs }, null, 'in-future'],
  ['overlapping by a few frames', { beginMs: 97_000 - overlapToleranceMs, endMs: 99_000 }, 97_000, null],
  ['overlapping more', { beginMs: 96_999 - overlapToleranceMs, endMs: 99_000 }, 97_000, 'overlaps'],
])('an interval %s', (_name, segment, previousEndMs, fault) => {
  expect(intervalFault(segment, previousEndMs, 100_000)).toBe(fault);
});

test('a camera is silent only after the limit, and a late frame leaves no gap', () => {
  expect([isSilent(0, silentAfterMs), isSilent(0, silentAfterMs + 1)]).toEqual([false, true]);
  expect([leavesGap(0, seamMs - 1), leavesGap(0, seamMs)]).toEqual([false, true]);
});

test('recording begins while people may come in or sit, at no other time', () => {
  const states = ['preparing', 'open', 'running', 'closed', 'sealed'] as const;
  expect(states.filter(mayStartRecording)).toEqual(['open', 'running']);
});

test.each<[string, number[], boolean]>([
  ['a whole ftyp box', [0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70, ...Array(8).fill(0)], true],
  ['another box first', [0, 0, 0, 16, 0x6d, 0x6f, 0x6f, 0x76, ...Array(8).fill(0)], false],
  ['an ftyp box longer than the file', [0, 0, 0, 17, 0x66, 0x74, 0x79, 0x70, ...Array(8).fill(0)], false],
  ['an ftyp box too short to name a brand', [0, 0, 0, 8, 0x66, 0x74, 0x79, 0x70, ...Array(8).fill(0)], false],
  ['a cut file', [0, 0, 0, 16, 0x66, 0x74], false],
  ['nothing', [], false],
])('MP4 or not: %s', (_name, bytes, is) => {
  expect(looksLikeMp4(Uint8Array.from(bytes))).toBe(is);
});
