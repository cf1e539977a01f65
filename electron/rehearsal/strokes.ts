import type { Strokes } from '../features/scoring/contract.ts';

/** A specimen of handwriting: a few loops, a different one for each seed. x, y in thousandths, t in ms. */
export function specimenStrokes(seed: number): Strokes {
  const stroke = (from: number): [number, number, number][] =>
    Array.from({ length: 24 }, (_, i) => [
      Math.round(from + i * 12),
      Math.round(500 + 180 * Math.sin((i * (seed + 2)) / 5)),
      from * 3 + i * 16,
    ]);
  return [stroke(120), stroke(480)];
}
