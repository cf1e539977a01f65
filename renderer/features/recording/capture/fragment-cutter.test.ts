import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CutFragment, FragmentCutter, fragmentMs, segmentMs } from './fragment-cutter.ts';

/** Sends frames at these times through a cutter, as the encoder would, and takes what is left at the end. */
function cut(times: readonly number[]): CutFragment[] {
  const cutter = new FragmentCutter();
  const fragments: (CutFragment | null)[] = [];
  for (const wallMs of times) {
    const begins = cutter.frame(wallMs, cutter.isSegmentDue(wallMs));
    const packet = { data: new Uint8Array(), isKey: begins !== null, wallMs, monoMs: wallMs };
    fragments.push(cutter.packet(packet, begins));
  }
  fragments.push(cutter.rest());
  return fragments.filter((f) => f !== null);
}
const steady = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i * 66);

test('every second a fragment begins, every four seconds a segment, with a key frame, where the one before ended', () => {
  const fragments = cut(steady(100));
  expect(fragments.map((f) => f.packets.length)).toEqual([16, 16, 16, 13, 16, 16, 7]);
  expect(fragments.map((f) => [f.index, f.closes])).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, true],
    [0, false],
    [1, false],
    [2, true],
  ]);
  for (const f of fragments) expect(f.packets.map((p) => p.isKey).indexOf(true, 1)).toBe(-1);
  for (const [i, f] of fragments.slice(1).entries()) expect(f.beginMs).toBe(fragments[i]!.endMs);
});

test('a pause ends the segment after its last frame, so that no segment hides a hole', () => {
  const fragments = cut([...steady(5), ...steady(5, 4_000)]);
  expect(fragments.map((f) => [f.beginMs, Math.round(f.endMs), f.index, f.closes])).toEqual([
    [0, 331, 0, true],
    [4_000, 4_331, 0, true],
  ]);
});

test('whatever the camera does: no frame is lost, fragments begin with a key frame, segments open and close in turn', () => {
  const times = fc
    .array(fc.integer({ min: 1, max: 2_500 }), { minLength: 1, maxLength: 120 })
    .map((steps) => steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b, 0)));
  fc.assert(
    fc.property(times, (frames) => {
      const fragments = cut(frames);
      expect(fragments.flatMap((f) => f.packets.map((p) => p.wallMs))).toEqual(frames);
      for (const [i, f] of fragments.entries()) {
        const before = fragments[i - 1];
        expect(f.packets[0]?.isKey).toBe(true);
        expect(f.endMs).toBeGreaterThan(f.packets.at(-1)!.wallMs);
        expect(f.endMs - f.beginMs).toBeLessThan(fragmentMs + 1_000);
        expect(f.index).toBe(before === undefined || before.closes ? 0 : before.index + 1);
        if (before !== undefined) expect(f.beginMs).toBeGreaterThanOrEqual(before.endMs);
        // A fragment that goes on begins exactly where the one before ended.
        if (f.index > 0) expect(f.beginMs).toBe(before!.endMs);
        const opening = fragments.slice(0, i + 1).findLast((g) => g.index === 0)!;
        expect(f.endMs - opening.beginMs).toBeLessThan(segmentMs + 1_000);
      }
      expect(fragments.at(-1)?.closes).toBe(true);
    }),
  );
});
