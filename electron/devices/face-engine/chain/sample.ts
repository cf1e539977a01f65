import type { Picture } from './picture.ts';
import { type Placement, place, scaleOf } from './placement.ts';

export type Sampling = {
  /** Each colour becomes (value - mean) / scale. */
  mean: number;
  scale: number;
  /** Beyond the picture: black before normalising, or the pixels of the edge repeated. */
  beyond: 'black' | 'edge';
  /** Half as many samples each way when the picture is shrunk: a quarter of the time, for networks that do not mind. */
  sparse?: boolean;
};

/**
 * At this many picture pixels per input pixel the nearest of several samples is as good as interpolating each, and
 * much faster on a large photograph.
 */
const NEAREST_FROM_SCALE = 2.5;
/** At most so many samples across one input pixel, so that the work does not grow with the picture. */
const MAX_SAMPLES_ACROSS = 5;

/** What is sampled: `across` x `across` samples for each of `width` x `height` input pixels. */
type Grid = { picture: Picture; placement: Placement; width: number; height: number; across: number };

/**
 * The part of a picture under a placement, as a model takes it: three planes (red, green, blue) of height x width.
 * Bilinear; when the picture is shrunk, several samples are averaged so that fine detail does not alias.
 */
export function samplePicture(
  picture: Picture,
  placement: Placement,
  width: number,
  height: number,
  { mean, scale, beyond, sparse = false }: Sampling,
): Float32Array {
  const shrink = scaleOf(placement) / (sparse ? 2 : 1);
  const across = Math.min(MAX_SAMPLES_ACROSS, Math.max(1, Math.round(shrink)));
  const grid = { picture, placement, width, height, across };
  const planes = new Float32Array(3 * width * height);
  if (shrink >= NEAREST_FROM_SCALE) addNearest(planes, grid, beyond === 'black');
  else if (picture.width > 1 && picture.height > 1 && (beyond === 'edge' || liesInside(grid))) addWithin(planes, grid);
  else addUpToEdge(planes, grid, beyond);
  const share = 1 / (across * across);
  for (let i = 0; i < planes.length; i += 1) planes[i] = (planes[i]! * share - mean) / scale;
  return planes;
}

/** Whether every sample has four pixels around it: the samples' outermost corners do, and the picture is convex. */
function liesInside({ picture, placement, width, height }: Grid): boolean {
  return [-0.5, width - 0.5].every((u) =>
    [-0.5, height - 0.5].every((v) => {
      const [x, y] = place(placement, u, v);
      return x >= 0 && y >= 0 && x < picture.width - 1 && y < picture.height - 1;
    }),
  );
}

// The three below add up the samples of every input pixel. place() and the colours are written out in each: a call or an
// object for every sample would cost more than the sample, and these loops are most of what is not a network.

/** Bilinear, every sample brought within the picture first: nothing is asked about the four pixels around it. */
function addWithin(planes: Float32Array, { picture, placement: { a, b, x0, y0 }, width, height, across }: Grid): void {
  const { data } = picture;
  const stride = picture.width * 3;
  const maxX = picture.width - 1;
  const maxY = picture.height - 1;
  const plane = width * height;
  const step = 1 / across;
  const first = 0.5 / across - 0.5;
  for (let at = 0; at < plane; at += 1) {
    const column = at % width;
    const row = (at - column) / width;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let j = 0; j < across; j += 1) {
      const v = row + first + j * step;
      for (let i = 0; i < across; i += 1) {
        const u = column + first + i * step;
        const x = within(a * u - b * v + x0, maxX);
        const y = within(b * u + a * v + y0, maxY);
        const left = Math.min(x | 0, maxX - 1);
        const top = Math.min(y | 0, maxY - 1);
        const right = x - left;
        const down = y - top;
        const rightDown = right * down;
        const onlyRight = right - rightDown;
        const onlyDown = down - rightDown;
        const neither = 1 - right - onlyDown;
        const p = top * stride + left * 3;
        const q = p + stride;
        red += neither * data[p]! + onlyRight * data[p + 3]! + onlyDown * data[q]! + rightDown * data[q + 3]!;
        green += neither * data[p + 1]! + onlyRight * data[p + 4]! + onlyDown * data[q + 1]! + rightDown * data[q + 4]!;
        blue += neither * data[p + 2]! + onlyRight * data[p + 5]! + onlyDown * data[q + 2]! + rightDown * data[q + 5]!;
      }
    }
    planes[at] = red;
    planes[plane + at] = green;
    planes[2 * plane + at] = blue;
  }
}

/** The nearest pixel of every sample; for pictures that are shrunk far. */
function addNearest(planes: Float32Array, { picture, placement, width, height, across }: Grid, black: boolean): void {
  const { a, b, x0, y0 } = placement;
  const { data } = picture;
  const maxX = picture.width - 1;
  const maxY = picture.height - 1;
  const plane = width * height;
  const step = 1 / across;
  const first = 0.5 / across - 0.5;
  for (let at = 0; at < plane; at += 1) {
    const column = at % width;
    const row = (at - column) / width;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let j = 0; j < across; j += 1) {
      const v = row + first + j * step;
      for (let i = 0; i < across; i += 1) {
        const u = column + first + i * step;
        const x = a * u - b * v + x0;
        const y = b * u + a * v + y0;
        if (black && (x <= -1 || y <= -1 || x >= maxX + 1 || y >= maxY + 1)) continue;
        const p = (((within(y, maxY) + 0.5) | 0) * picture.width + ((within(x, maxX) + 0.5) | 0)) * 3;
        red += data[p]!;
        green += data[p + 1]!;
        blue += data[p + 2]!;
      }
    }
    planes[at] = red;
    planes[plane + at] = green;
    planes[2 * plane + at] = blue;
  }
}

/** Bilinear where samples may lie on the picture's edge or beyond it. */
function addUpToEdge(planes: Float32Array, grid: Grid, beyond: Sampling['beyond']): void {
  const { picture, placement, width, height, across } = grid;
  const plane = width * height;
  for (let row = 0; row < height; row += 1) {
    for (let sample = 0; sample < width * across * across; sample += 1) {
      const i = sample % (width * across);
      const j = (sample - i) / (width * across);
      const column = Math.floor(i / across);
      let [x, y] = place(placement, (i + 0.5) / across - 0.5, row + (j + 0.5) / across - 0.5);
      if (beyond === 'edge') {
        x = within(x, picture.width - 1);
        y = within(y, picture.height - 1);
      } else if (x <= -1 || y <= -1 || x >= picture.width || y >= picture.height) continue;
      addAround(planes, plane, row * width + column, picture, x, y);
    }
  }
}

/** Adds the four pixels around a point by their nearness; nothing for those outside the picture. */
function addAround(planes: Float32Array, plane: number, at: number, picture: Picture, x: number, y: number): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  for (let corner = 0; corner < 4; corner += 1) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    if (column < 0 || row < 0 || column >= picture.width || row >= picture.height) continue;
    const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
    const p = (row * picture.width + column) * 3;
    planes[at]! += weight * picture.data[p]!;
    planes[plane + at]! += weight * picture.data[p + 1]!;
    planes[2 * plane + at]! += weight * picture.data[p + 2]!;
  }
}

const within = (value: number, max: number): number => (value < 0 ? 0 : value > max ? max : value);
