import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CutSegment, SegmentCutter, segmentMs } from './segment-cutter.ts';

/** Sends frames at these times through a cutter, as the encoder would, and takes what is left at the end. */
function cut(times: readonly number[]): CutSegment[] {
  const cutter = new SegmentCutter();
  const segments: (CutSegment | null)[] = [];
  for (const wallMs of times) {
    const begins = cutter.isDue(wallMs);
    cutter.frame(wallMs, begins);
    segments.push(cutter.packet({ data: new Uint8Array(), isKey: begins, wallMs }, begins));
  }
  segments.push(cutter.rest());
  return segments.filter((s) => s !== null);
}
const steady = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i * 66);

test('every two seconds a segment begins, with a key frame, where the one before ended', () => {
  const segments = cut(steady(100));
  expect(segments.map((s) => s.packets.length)).toEqual([31, 31, 31, 7]);
  for (const s of segments) expect(s.packets.map((p) => p.isKey).indexOf(true, 1)).toBe(-1);
  expect(segments[1]?.beginMs).toBe(segments[0]?.endMs);
});

test('a pause ends the segment after its last frame, so that no segment hides a hole', () => {
  const segments = cut([...steady(5), ...steady(5, 4_000)]);
  expect(segments.map((s) => [s.beginMs, Math.round(s.endMs)])).toEqual([
    [0, 331],
    [4_000, 4_331],
  ]);
});

test('whatever the camera does: no frame is lost, segments begin with a key frame and do not overlap', () => {
  const times = fc
    .array(fc.integer({ min: 1, max: 2_500 }), { minLength: 1, maxLength: 120 })
    .map((steps) => steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b, 0)));
  fc.assert(
    fc.property(times, (frames) => {
      const segments = cut(frames);
      expect(segments.flatMap((s) => s.packets.map((p) => p.wallMs))).toEqual(frames);
      for (const [i, s] of segments.entries()) {
        expect(s.packets[0]?.isKey).toBe(true);
        expect(s.endMs).toBeGreaterThan(s.packets.at(-1)!.wallMs);
        expect(s.endMs - s.beginMs).toBeLessThan(segmentMs + 1_000);
        if (i > 0) expect(s.beginMs).toBeGreaterThanOrEqual(segments[i - 1]!.endMs);
      }
    }),
  );
});
