import type { Picture } from './picture.ts';
import { type Placement, scaleOf } from './placement.ts';

export type Sampling = {
  /** Each colour becomes (value - mean) / scale. */
  mean: number;
  scale: number;
  /** Beyond the picture: black before normalising, or the pixels of the edge repeated. */
  beyond: 'black' | 'edge';
};

/**
 * At this many picture pixels per input pixel the nearest of several samples is as good as interpolating each, and
 * much faster on a large photograph.
 */
const NEAREST_FROM_SCALE = 2.5;
/** At most so many samples across one input pixel, so that the work does not grow with the picture. */
const MAX_SAMPLES_ACROSS = 5;

/**
 * The part of a picture under a placement, as a model takes it: three planes (red, green, blue) of height x width.
 * Bilinear; when the picture is shrunk, several samples are averaged so that fine detail does not alias.
 */
export function samplePicture(
  picture: Picture,
  placement: Placement,
  width: number,
  height: number,
  { mean, scale, beyond }: Sampling,
): Float32Array {
  const across = Math.min(MAX_SAMPLES_ACROSS, Math.max(1, Math.round(scaleOf(placement))));
  const share = 1 / (across * across);
  const addSample = scaleOf(placement) >= NEAREST_FROM_SCALE ? addNearest : addBilinear;
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  const sum: Colour = { red: 0, green: 0, blue: 0 };
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      sum.red = 0;
      sum.green = 0;
      sum.blue = 0;
      for (let j = 0; j < across; j += 1) {
        for (let i = 0; i < across; i += 1) {
          const u = column + (i + 0.5) / across - 0.5;
          const v = row + (j + 0.5) / across - 0.5;
          // place() written out: a point object for every sample would cost more than the sample.
          let x = placement.a * u - placement.b * v + placement.x0;
          let y = placement.b * u + placement.a * v + placement.y0;
          if (beyond === 'edge') {
            x = within(x, picture.width - 1);
            y = within(y, picture.height - 1);
          } else if (x <= -1 || y <= -1 || x >= picture.width || y >= picture.height) continue;
          addSample(sum, picture, x, y);
        }
      }
      const at = row * width + column;
      planes[at] = (sum.red * share - mean) / scale;
      planes[plane + at] = (sum.green * share - mean) / scale;
      planes[2 * plane + at] = (sum.blue * share - mean) / scale;
    }
  }
  return planes;
}

type Colour = { red: number; green: number; blue: number };

const within = (value: number, max: number): number => (value < 0 ? 0 : value > max ? max : value);

function addNearest(sum: Colour, picture: Picture, x: number, y: number): void {
  addPixel(sum, picture, within(Math.round(x), picture.width - 1), within(Math.round(y), picture.height - 1), 1);
}

function addBilinear(sum: Colour, picture: Picture, x: number, y: number): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const down = y - top;
  addPixel(sum, picture, left, top, (1 - right) * (1 - down));
  addPixel(sum, picture, left + 1, top, right * (1 - down));
  addPixel(sum, picture, left, top + 1, (1 - right) * down);
  addPixel(sum, picture, left + 1, top + 1, right * down);
}

/** Adds nothing for a pixel outside the picture. */
function addPixel(sum: Colour, { data, width, height }: Picture, x: number, y: number, weight: number): void {
  if (weight === 0 || x < 0 || y < 0 || x >= width || y >= height) return;
  const at = (y * width + x) * 3;
  sum.red += weight * data[at]!;
  sum.green += weight * data[at + 1]!;
  sum.blue += weight * data[at + 2]!;
}
