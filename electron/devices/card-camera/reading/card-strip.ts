import type { Picture } from '../../face-engine/chain/picture.ts';
import { samplePatch } from './patch.ts';
import { chain, type Projection } from './projection.ts';

/** A strip of the card in its millimetres; `slope` is how far its right end hangs lower, for each millimetre to the right. */
export type Strip = { left: number; right: number; middle: number; height: number; slope?: number };

/** The strip as a picture `heightPx` high, taken from the camera's picture itself so that it is sampled only once. */
export function sampleStrip(
  picture: Picture,
  outline: Projection,
  strip: Strip,
  heightPx: number,
  stretch = 1,
): Picture {
  const across = strip.height / heightPx;
  const width = Math.max(16, Math.round(((strip.right - strip.left) / across) * stretch));
  const along = (strip.right - strip.left) / width;
  const slope = strip.slope ?? 0;
  const top = strip.middle - strip.height / 2 - (slope * (strip.right - strip.left)) / 2;
  return samplePatch(
    picture,
    chain(outline, [along, 0, strip.left, slope * along, across, top, 0, 0, 1]),
    width,
    heightPx,
  );
}
