import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presenceOf } from './presence-of.ts';
import { coverageOfAll, type PersonPresent } from './rules.ts';
import { seenBy } from './seen-by.ts';
import type { CameraRecord } from './usable-picture.ts';

const S = 1_000;
const at = (beginS: number, endS: number) => ({ beginMs: beginS * S, endMs: endS * S });
const gap = (beginS: number, endS: number | null, reason: string) => ({
  beginMs: beginS * S,
  endMs: endS === null ? null : endS * S,
  reason,
});
const LIMITS = { gapLimitMs: 10 * S, leastPercent: 95 };
const of = (present: PersonPresent['present'], cameras: CameraRecord[], seen = cameras.map((c) => c.cameraId)) =>
  coverageOfAll([{ present, seenBy: seen }], cameras, LIMITS)[0]!;

test('a whole day of one camera covers whoever was there, breaks left out', () => {
  const camera = { cameraId: 'A', stored: [at(0, 3600)], gaps: [] };
  expect(of([at(100, 700), at(900, 1900)], [camera])).toEqual({
    presentMs: 1600 * S,
    leastMs: 1600 * S,
    mostMs: 1600 * S,
    gaps: [],
    verdict: 'covered',
  });
});

test('a gap over the limit is named with its cause, one at the limit is not', () => {
  const camera = {
    cameraId: 'A',
    stored: [at(0, 500), at(510, 1000), at(1134, 6000)],
    gaps: [gap(500, 510, 'stalled'), gap(1000, 1134, 'unplugged'), gap(3000, 3000, 'no-segments')],
  };
  expect(of([at(0, 6000)], [camera])).toEqual({
    presentMs: 6000 * S,
    leastMs: 5856 * S,
    mostMs: 5856 * S,
    gaps: [{ ...at(1000, 1134), causes: [{ cameraId: 'A', reason: 'unplugged' }] }],
    verdict: 'short',
  });
});

test('what one camera misses another shows; where both miss, each says why', () => {
  const a = { cameraId: 'A', stored: [at(0, 100), at(200, 1000)], gaps: [gap(100, 200, 'frozen')] };
  const b = { cameraId: 'B', stored: [at(50, 150)], gaps: [gap(150, null, 'no-segments')] };
  const c = { cameraId: 'C', stored: [], gaps: [] };
  const missing = {
    ...at(150, 200),
    causes: [
      { cameraId: 'A', reason: 'frozen' },
      { cameraId: 'B', reason: 'no-segments' },
    ],
  };
  expect(of([at(0, 1000)], [a, b]).gaps).toEqual([missing]);
  expect(of([at(0, 1000)], [a, b, c]).gaps).toEqual([
    { ...missing, causes: [...missing.causes, { cameraId: 'C', reason: 'no-entry' }] },
  ]);
});

test('frames of a black or frozen picture are stored and cover nobody', () => {
  const camera = { cameraId: 'A', stored: [at(0, 1000)], gaps: [gap(100, 160, 'black'), gap(980, null, 'frozen')] };
  expect(of([at(0, 1000)], [camera])).toMatchObject({
    mostMs: 920 * S,
    gaps: [
      { ...at(100, 160), causes: [{ cameraId: 'A', reason: 'black' }] },
      { ...at(980, 1000), causes: [{ cameraId: 'A', reason: 'frozen' }] },
    ],
  });
});

test('late frames between segments make a range, and only the larger figure decides', () => {
  const stored = Array.from({ length: 100 }, (_, i) => ({ beginMs: i * 2000, endMs: i * 2000 + 1800 }));
  expect(of([at(0, 199)], [{ cameraId: 'A', stored, gaps: [] }])).toEqual({
    presentMs: 199_000,
    leastMs: 179_200,
    mostMs: 199_000,
    gaps: [],
    verdict: 'covered',
  });
});

test('many gaps under the limit are short by the share', () => {
  const stored = Array.from({ length: 100 }, (_, i) => at(i * 60, i * 60 + 51));
  expect(of([at(0, 6000)], [{ cameraId: 'A', stored, gaps: [] }])).toMatchObject({ gaps: [], verdict: 'short' });
});

test('nobody sees a place without cameras; who was never in the room lacks nothing', () => {
  expect(of([at(0, 60)], [], ['A'])).toMatchObject({
    mostMs: 0,
    gaps: [{ ...at(0, 60), causes: [{ cameraId: 'A', reason: 'no-entry' }] }],
    verdict: 'short',
  });
  expect(of([], [])).toEqual({ presentMs: 0, leastMs: 0, mostMs: 0, gaps: [], verdict: 'covered' });
});

test('coverage agrees with a count of every single millisecond', () => {
  const interval = fc
    .tuple(fc.nat({ max: 60 }), fc.nat({ max: 25 }))
    .map(([beginMs, length]) => ({ beginMs, endMs: beginMs + length }));
  const camera = fc.record({
    stored: fc.array(interval, { maxLength: 6 }),
    gaps: fc.array(
      fc
        .record({ at: interval, open: fc.boolean(), reason: fc.constantFrom('black', 'frozen', 'stalled') })
        .map((g) => ({
          beginMs: g.at.beginMs,
          endMs: g.open ? null : g.at.endMs,
          reason: g.reason,
        })),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(
      fc.array(camera, { minLength: 1, maxLength: 3 }),
      fc.array(interval, { maxLength: 3 }),
      fc.nat({ max: 12 }),
      fc.nat({ max: 100 }),
      (drafts, stays, gapLimitMs, leastPercent) => {
        // Real seams are a second; here every moment is looked at, so intervals are put a second apart.
        const scale = (i: { beginMs: number; endMs: number }) => ({ beginMs: i.beginMs * S, endMs: i.endMs * S });
        const cameras = drafts.map((c, i) => ({
          cameraId: `C${i}`,
          stored: c.stored.map(scale),
          gaps: c.gaps.map((g) => ({ ...g, beginMs: g.beginMs * S, endMs: g.endMs === null ? null : g.endMs * S })),
        }));
        const present = presenceOf(0, [], 0).concat(
          stays
            .filter((s) => s.endMs > s.beginMs)
            .map(scale)
            .sort((a, b) => a.beginMs - b.beginMs),
        );
        const apart = present.filter((s, i) => present.slice(0, i).every((o) => o.endMs <= s.beginMs));
        const limits = { gapLimitMs: gapLimitMs * S, leastPercent };
        const [found] = coverageOfAll([{ present: apart, seenBy: cameras.map((c) => c.cameraId) }], cameras, limits);

        const within = (ms: number, i: { beginMs: number; endMs: number | null }) =>
          ms >= i.beginMs && ms < (i.endMs ?? Number.POSITIVE_INFINITY);
        const shown = (ms: number) =>
          cameras.some(
            (c) => c.stored.some((i) => within(ms, i)) && !c.gaps.some((g) => g.reason !== 'stalled' && within(ms, g)),
          );
        let [inRoom, covered] = [0, 0];
        const holes: [number, number][] = [];
        for (const stay of apart) {
          let hole: [number, number] | null = null;
          for (let ms = stay.beginMs; ms < stay.endMs; ms += S) {
            inRoom += S;
            if (shown(ms)) {
              covered += S;
              hole = null;
            } else if (hole === null) {
              hole = [ms, ms + S];
              holes.push(hole);
            } else hole[1] = ms + S;
          }
        }
        const long = holes.filter(([from, to]) => to - from > limits.gapLimitMs);
        expect({ ...found, gaps: found!.gaps.map((g) => [g.beginMs, g.endMs]) }).toEqual({
          presentMs: inRoom,
          leastMs: covered,
          mostMs: covered,
          gaps: long,
          verdict: long.length === 0 && covered * 100 >= inRoom * leastPercent ? 'covered' : 'short',
        });
      },
    ),
  );
});

const moves = (...list: [Parameters<typeof presenceOf>[1][number]['kind'], number][]) =>
  list.map(([kind, s]) => ({ kind, atMs: s * S }));

test.each<[string, ReturnType<typeof moves>, { beginMs: number; endMs: number }[]]>([
  ['still inside', moves(), [at(10, 500)]],
  ['a break', moves(['break', 100], ['in', 160]), [at(10, 100), at(160, 500)]],
  ['out for good', moves(['finished', 300]), [at(10, 300)]],
  ['signed out by mistake', moves(['finished', 300], ['undone', 320]), [at(10, 500)]],
  ['break, back, mistake', moves(['break', 50], ['in', 60], ['break', 70], ['undone', 90]), [at(10, 50), at(60, 500)]],
  ['ended inside', moves(['ended-inside', 400]), [at(10, 400)]],
  ['ended on a break', moves(['break', 200], ['ended-on-break', 400]), [at(10, 200)]],
  ['clock set back during a break', moves(['break', 100], ['in', 40]), [at(10, 100), at(100, 500)]],
])('present: %s', (_, movements, stays) => {
  expect(presenceOf(10 * S, movements, 500 * S)).toEqual(stays);
});

test('a camera bound to workstations sees these, one that is not sees the room', () => {
  const cameras = [{ cameraId: 'A' }, { cameraId: 'B', sees: ['W1', 'W2'] }, { cameraId: 'C', sees: ['W2'] }];
  expect(['W1', 'W2', 'W3', null].map((w) => seenBy(cameras, w))).toEqual([
    ['A', 'B'],
    ['A', 'B', 'C'],
    ['A'],
    ['A', 'B', 'C'],
  ]);
});
