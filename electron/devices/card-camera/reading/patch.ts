import type { Picture } from '../../face-engine/chain/picture.ts';
import { type Projection, project } from './projection.ts';

/** More samples across one pixel than this add nothing that a network sees. */
const MAX_SAMPLES_ACROSS = 4;

/**
 * The part of a picture under a projection whose (u, v) are the pixels' corners of the result, 0 to `width` and 0 to
 * `height`. Between pixels it interpolates, shrinking it averages; beyond the picture the edge is repeated.
 */
export function samplePatch(picture: Picture, projection: Projection, width: number, height: number): Picture {
  const across = samplesAcross(projection, width, height);
  const data = new Uint8Array(width * height * 3);
  const [a, b, c, d, e, f, g, h, i] = projection;
  const { data: from, width: wide, height: high } = picture;
  const share = 1 / (across * across);
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let red = 0.5;
      let green = 0.5;
      let blue = 0.5;
      for (let k = 0; k < across * across; k += 1) {
        const u = column + ((k % across) + 0.5) / across;
        const v = row + (Math.floor(k / across) + 0.5) / across;
        const w = 1 / (g * u + h * v + i);
        // project() written out: an object for every sample would cost more than the sample.
        const x = Math.min(wide - 1, Math.max(0, (a * u + b * v + c) * w - 0.5));
        const y = Math.min(high - 1, Math.max(0, (d * u + e * v + f) * w - 0.5));
        if (across > 1) {
          // The nearest of several is as good as interpolating each, and takes a third of the time.
          const near = 3 * (((y + 0.5) | 0) * wide + ((x + 0.5) | 0));
          red += share * from[near]!;
          green += share * from[near + 1]!;
          blue += share * from[near + 2]!;
          continue;
        }
        const left = Math.min(wide - 2, x | 0);
        const top = Math.min(high - 2, y | 0);
        const right = x - left;
        const down = y - top;
        const p = 3 * (top * wide + left);
        const q = p + 3 * wide;
        const nw = (1 - right) * (1 - down);
        const ne = right * (1 - down);
        const sw = (1 - right) * down;
        const se = right * down;
        red += nw * from[p]! + ne * from[p + 3]! + sw * from[q]! + se * from[q + 3]!;
        green += nw * from[p + 1]! + ne * from[p + 4]! + sw * from[q + 1]! + se * from[q + 4]!;
        blue += nw * from[p + 2]! + ne * from[p + 5]! + sw * from[q + 2]! + se * from[q + 5]!;
      }
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      at += 3;
    }
  }
  return { data, width, height };
}

function samplesAcross(projection: Projection, width: number, height: number): number {
  const [x, y] = project(projection, width / 2, height / 2);
  const [right, down] = [
    project(projection, width / 2 + 1, height / 2),
    project(projection, width / 2, height / 2 + 1),
  ];
  const scale = Math.max(Math.hypot(right[0] - x, right[1] - y), Math.hypot(down[0] - x, down[1] - y));
  return Math.min(MAX_SAMPLES_ACROSS, Math.max(1, Math.round(scale)));
}

/** Brightness of each pixel, 0-255 (Rec. 601, in whole numbers). */
export function lumaOf({ data, width, height }: Picture): Uint8Array {
  const luma = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < luma.length; i += 1, p += 3) {
    luma[i] = (77 * data[p]! + 150 * data[p + 1]! + 29 * data[p + 2]!) >> 8;
  }
  return luma;
}

/** The value below which `share` of the bytes lie. */
export function percentileOf(values: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]! += 1;
  let left = share * values.length;
  for (let value = 0; value < 256; value += 1) {
    left -= counts[value]!;
    if (left < 0) return value;
  }
  return 255;
}
