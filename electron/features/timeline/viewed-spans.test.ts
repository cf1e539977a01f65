import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ViewedSpans } from './viewed-spans.ts';

const span = (beginS: number, endS: number, cameraId = 'A') => ({
  lookUpId: 'L',
  cameraId,
  beginMs: beginS * 1000,
  endMs: endS * 1000,
});

test('the beginning of a stretch goes on record at once, the rest when it grows long or is over', () => {
  const viewed = new ViewedSpans();
  expect(viewed.given(span(0, 4), 0)).toEqual([span(0, 4)]);
  for (let s = 4; s < 32; s += 4) expect(viewed.given(span(s, s + 4), s * 1000)).toEqual([]);
  expect(viewed.given(span(32, 36), 32_000)).toEqual([span(4, 36)]);
  expect(viewed.given(span(36, 40), 36_000)).toEqual([]);
  expect(viewed.given(span(100, 104), 37_000)).toEqual([span(36, 40), span(100, 104)]);
  expect(viewed.given(span(104, 108), 38_000)).toEqual([]);
  expect(viewed.over(40_000)).toEqual([]);
  expect(viewed.over(43_000)).toEqual([span(104, 108)]);
  expect(viewed.rest()).toEqual([]);
});

test('whatever is watched, in whatever order, is on record in the end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200), fc.constantFrom('A', 'B')), { maxLength: 60 }), (jumps) => {
      const viewed = new ViewedSpans();
      const recorded = jumps.flatMap(([s, camera], i) => viewed.given(span(s, s + 4, camera), i * 1000));
      recorded.push(...viewed.rest());
      for (const [s, camera] of jumps) {
        for (let ms = s * 1000; ms < (s + 4) * 1000; ms += 500) {
          const known = recorded.some((r) => r.cameraId === camera && r.beginMs <= ms && r.endMs > ms);
          expect(known).toBe(true);
        }
      }
    }),
  );
});
