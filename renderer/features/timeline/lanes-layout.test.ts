import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barOf, flags, following, ticks, zoomed } from './lanes-layout.ts';

const H = 3_600_000;
const whole = { beginMs: 0, endMs: 4 * H };

test('a stretch inside, across and outside the range', () => {
  const range = { beginMs: 100, endMs: 200 };
  expect(barOf(range, { beginMs: 120, endMs: 140 })).toEqual({ left: 20, width: 20 });
  expect(barOf(range, { beginMs: 0, endMs: 150 })).toEqual({ left: 0, width: 50 });
  expect(barOf(range, { beginMs: 200, endMs: 250 })).toBeNull();
});

test('the axis has round times of the zone', () => {
  const eight = 8 * H;
  expect(ticks({ beginMs: 10 * 60_000, endMs: 4 * H }, 10, eight)).toEqual(
    Array.from({ length: 8 }, (_, i) => (i + 1) * H * 0.5),
  );
  expect(ticks({ beginMs: 100, endMs: 10_100 }, 10, eight).length).toBe(10);
});

test('zooming keeps the moment under the hand and stays inside', () => {
  const range = zoomed(whole, whole, H, 0.5);
  expect(range).toEqual({ beginMs: 0.5 * H, endMs: 2.5 * H });
  expect(zoomed(whole, range, H, 100)).toEqual(whole);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 4 * H, noNaN: true }),
      fc.double({ min: 0.01, max: 9, noNaN: true }),
      (ms, f) => {
        const next = zoomed(whole, whole, ms, f);
        expect(next.beginMs).toBeGreaterThanOrEqual(0);
        expect(next.endMs).toBeLessThanOrEqual(whole.endMs + 1);
        expect(next.endMs - next.beginMs).toBeGreaterThanOrEqual(10_000);
      },
    ),
  );
});

test('the range follows what plays out of it', () => {
  const range = { beginMs: H, endMs: 2 * H };
  expect(following(whole, range, 1.5 * H)).toBeNull();
  expect(following(whole, range, 2.1 * H)).toEqual({ beginMs: 2 * H, endMs: 3 * H });
});

test('flags that would cover each other are one', () => {
  const items = [0, 10, 12, 50].map((atMs) => ({ atMs }));
  expect(flags({ beginMs: 0, endMs: 100 }, items, () => 15).map((f) => [f.left, f.items.length])).toEqual([
    [0, 3],
    [50, 1],
  ]);
});
