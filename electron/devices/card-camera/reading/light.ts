import type { Picture } from '../../face-engine/chain/picture.ts';
import { lumaOf, percentileOf } from './patch.ts';

/** Ink and paper are brought here; the networks were trained on scans and photographs in good light. */
const DARK = 20;
const BRIGHT = 235;
/** Less than this between ink and paper is noise: it is not stretched further. */
const LEAST_CONTRAST = 24;

/** Brings the darkest and the brightest to where they are in good light; the picture is changed in place. */
export function stretchLight(picture: Picture): Picture {
  const luma = lumaOf(picture);
  const low = percentileOf(luma, 0.01);
  const high = Math.max(percentileOf(luma, 0.97), low + LEAST_CONTRAST);
  const table = Uint8ClampedArray.from({ length: 256 }, (_, v) => DARK + ((v - low) * (BRIGHT - DARK)) / (high - low));
  for (let i = 0; i < picture.data.length; i += 1) picture.data[i] = table[picture.data[i]!]!;
  return picture;
}

/**
 * The same for a line of writing, column by column as its neighbourhood asks: under a lamp's reflection ink is lighter than
 * paper is elsewhere. Changed in place.
 */
export function levelLight(picture: Picture): Picture {
  const { data, width, height } = picture;
  const luma = lumaOf(picture);
  const overall = Math.max(LEAST_CONTRAST, percentileOf(luma, 0.97) - percentileOf(luma, 0.01));
  // A column's neighbourhood is one line height to either side: two or three characters, so there is ink in it.
  const lows = new Float32Array(width);
  const highs = new Float32Array(width);
  for (let x = 0; x < width; x += 4) {
    const from = Math.max(0, x - height);
    const to = Math.min(width, x + height);
    const near = new Uint8Array((to - from) * height);
    for (let y = 0; y < height; y += 1) near.set(luma.subarray(y * width + from, y * width + to), y * (to - from));
    const high = percentileOf(near, 0.9);
    const low = Math.min(percentileOf(near, 0.03), high - 0.3 * overall);
    lows.fill(low, x, x + 4);
    highs.fill(high, x, x + 4);
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 3 * (y * width + x);
      const factor = (BRIGHT - DARK) / (highs[x]! - lows[x]!);
      for (let k = at; k < at + 3; k += 1) {
        data[k] = Math.min(255, Math.max(0, DARK + (data[k]! - lows[x]!) * factor));
      }
    }
  }
  return picture;
}
