import type { Picture, Point } from '../../face-engine/chain/picture.ts';

/** A run of writing: its middle, the direction it runs in (of unit length; which end comes first is not known), its size. */
export type TextLine = { centre: Point; along: Point; length: number; height: number; score: number };

/** From a picture (sides in multiples of 32) to the probability that a pixel lies in writing, row by row. */
export type TextDetector = (picture: Picture) => Promise<Float32Array>;

/** The values of PP-OCR's own postprocessing, except the least score, which is lower: what is no line is not read as one. */
const PIXEL_THRESHOLD = 0.3;
const LEAST_SCORE = 0.45;
/** The network marks the core of a line; the line is wider by this share of area to perimeter on each side. */
const UNCLIP = 1.6;
const LEAST_PIXELS = 12;
/** A picture full of patterns must not cost minutes. */
const MOST_LINES = 200;

/** Lines of writing, the longest first, in pixels of the picture. */
export async function findTextLines(detect: TextDetector, picture: Picture): Promise<TextLine[]> {
  const probability = await detect(picture);
  const lines: TextLine[] = [];
  for (const pixels of components(probability, picture.width, picture.height)) {
    const line = lineOf(pixels, probability, picture.width);
    if (line && line.score >= LEAST_SCORE) lines.push(line);
    if (lines.length === MOST_LINES) break;
  }
  return lines.sort((p, q) => q.length - p.length);
}

/** Pixels above the threshold that touch, corners included. */
function* components(probability: Float32Array, width: number, height: number): Generator<number[]> {
  const seen = new Uint8Array(probability.length);
  for (let start = 0; start < probability.length; start += 1) {
    if (seen[start] || probability[start]! < PIXEL_THRESHOLD) continue;
    seen[start] = 1;
    const pixels = [start];
    for (let next = 0; next < pixels.length; next += 1) {
      const x = pixels[next]! % width;
      const y = (pixels[next]! - x) / width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
          const at = ny * width + nx;
          if (seen[at] || probability[at]! < PIXEL_THRESHOLD) continue;
          seen[at] = 1;
          pixels.push(at);
        }
      }
    }
    if (pixels.length >= LEAST_PIXELS) yield pixels;
  }
}

/** The line through a component by its moments: its long axis is the direction of writing. */
function lineOf(pixels: readonly number[], probability: Float32Array, width: number): TextLine | null {
  let sumX = 0;
  let sumY = 0;
  let score = 0;
  for (const at of pixels) {
    sumX += at % width;
    sumY += Math.floor(at / width);
    score += probability[at]!;
  }
  const n = pixels.length;
  const [meanX, meanY] = [sumX / n, sumY / n];
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const at of pixels) {
    const dx = (at % width) - meanX;
    const dy = Math.floor(at / width) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const along: Point = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (const at of pixels) {
    const dx = (at % width) - meanX;
    const dy = Math.floor(at / width) - meanY;
    const u = dx * along[0] + dy * along[1];
    const v = dy * along[0] - dx * along[1];
    if (u < left) left = u;
    if (u > right) right = u;
    if (v < top) top = v;
    if (v > bottom) bottom = v;
  }
  const length = right - left + 1;
  // A thin line's extent across is ragged at its ends: its area says better how high it is.
  const height = Math.min(bottom - top + 1, (1.15 * n) / length);
  const wider = (length * height * UNCLIP) / (2 * (length + height));
  const u = (left + right) / 2;
  const v = (top + bottom) / 2;
  const centre: Point = [meanX + u * along[0] - v * along[1] + 0.5, meanY + u * along[1] + v * along[0] + 0.5];
  return { centre, along, length: length + 2 * wider, height: height + 2 * wider, score: score / n };
}
