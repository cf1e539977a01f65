import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxSegmentBytes } from './contract.ts';
import {
  clocksDifferMs,
  clockToleranceMs,
  continuesSegment,
  type Interval,
  intervalFault,
  isSilent,
  joinIntervals,
  leavesGap,
  longestSegmentMs,
  looksLikeFragment,
  mayStartRecording,
  overlapToleranceMs,
  seamMs,
  seenAlone,
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
  const mono = { firstMonoMs: 5_000, lastMonoMs: 5_000 + Math.max(0, segment.endMs - segment.beginMs || 0) };
  expect(intervalFault({ ...segment, ...mono }, previousEndMs, 100_000)).toBe(fault);
});

test.each<[string, number, number, ReturnType<typeof intervalFault>]>([
  ['the last frame a frame before the end', 0, 940, null],
  ['frames that came late to a busy desk', 0, 940 + clocksDifferMs, null],
  ['a wall clock that ran away', 0, 1_001 + clocksDifferMs, 'clocks-disagree'],
  ['a monotonic clock that ran backwards', 10, 9, 'clocks-disagree'],
  ['a monotonic clock that is no number', 0, Number.NaN, 'clocks-disagree'],
])('a second by the wall clock, and by the monotonic one: %s', (_name, firstMonoMs, lastMonoMs, fault) => {
  const fragment = { beginMs: 98_000, endMs: 99_000, firstMonoMs, lastMonoMs };
  expect(intervalFault(fragment, null, 100_000)).toBe(fault);
});

describe('the open segment', () => {
  const fragment = (sequence: number, beginMs: number, length = 1_000) => ({
    sequence,
    beginMs,
    endMs: beginMs + 1_000,
    bytes: { length },
  });
  const open = [fragment(4, 0), fragment(5, 1_000)];
  test.each<[string, ReturnType<typeof fragment>, boolean]>([
    ['the next number, where it ended', fragment(6, 2_000), true],
    ['the next number, a late frame after', fragment(6, 2_999), true],
    ['a hole before it', fragment(6, 3_000), false],
    ['a number left out', fragment(7, 2_000), false],
    ['the same number again', fragment(5, 2_000), false],
    ['more bytes than a segment may have', fragment(6, 2_000, maxSegmentBytes), false],
  ])('goes on with %s: %s', (_name, next, does) => {
    expect(continuesSegment(open, next)).toBe(does);
  });
  test('is no longer than the longest', () => {
    const long = Array.from({ length: 30 }, (_, i) => fragment(i, i * 1_000));
    expect(continuesSegment(long.slice(0, 29), long[29]!)).toBe(true);
    expect(continuesSegment(long, fragment(30, 30_000))).toBe(false);
  });
});

test('a camera is silent only after the limit, and a late frame leaves no gap', () => {
  expect([isSilent(0, silentAfterMs), isSilent(0, silentAfterMs + 1)]).toEqual([false, true]);
  expect([leavesGap(0, seamMs - 1), leavesGap(0, seamMs)]).toEqual([false, true]);
});

test('recording begins while people may come in or sit, at no other time', () => {
  const states = ['preparing', 'open', 'running', 'closed', 'sealed'] as const;
  expect(states.filter(mayStartRecording)).toEqual(['open', 'running']);
});

const box = (type: string, size: number, length = 16) => {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(size);
  bytes.write(type, 4, 'latin1');
  return bytes;
};
test.each<[string, Uint8Array, [opening: boolean, going: boolean]]>([
  ['a whole ftyp box', box('ftyp', 16), [true, false]],
  ['a whole moof box', box('moof', 16), [false, true]],
  ['another box first', box('moov', 16), [false, false]],
  ['an ftyp box longer than the file', box('ftyp', 17), [false, false]],
  ['a moof box longer than the file', box('moof', 17), [false, false]],
  ['an ftyp box too short to name a brand', box('ftyp', 8), [false, false]],
  ['a cut file', box('ftyp', 16).subarray(0, 6), [false, false]],
  ['nothing', new Uint8Array(), [false, false]],
])('a fragment that opens, or goes on: %s', (_name, bytes, is) => {
  expect([looksLikeFragment(bytes, true), looksLikeFragment(bytes, false)]).toEqual(is);
});

test('what one camera alone sees: seats that no other has, never those of a camera that sees the whole room with others', () => {
  const seats = ['1', '2', '3'].map((n) => ({ workstationId: n, label: `${n} 号` }));
  const left = { cameraId: 'left', sees: ['1', '2'] };
  const right = { cameraId: 'right', sees: ['2', '3'] };
  expect(seenAlone([left, right], seats)).toEqual({ left: ['1 号'], right: ['3 号'] });
  expect(seenAlone([left, { cameraId: 'all' }], seats)).toEqual({ all: ['3 号'] });
  expect(seenAlone([{ cameraId: 'only' }], seats)).toEqual({});
});
