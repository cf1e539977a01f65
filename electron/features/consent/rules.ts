import type { Strokes } from '../scoring/contract.ts';

/** A tenth of the pad's side: shorter than any written name, longer than a slip of the pen. */
const SHORTEST = 100;

/** Whether the pen was led over the pad, and not only set down: strokes of some length in all. Legible or not is no question. */
export function isHandwriting(strokes: Strokes): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (const [i, [x, y]] of stroke.entries()) {
      const before = stroke[i - 1];
      if (before) length += Math.hypot(x - before[0], y - before[1]);
    }
  }
  return length >= SHORTEST;
}
