import { unitVector } from '../similarity.ts';
import { ALIGNED_SIZE } from './alignment.ts';
import type { Network } from './network.ts';

const PIXELS = ALIGNED_SIZE * ALIGNED_SIZE;
const VALUES = 3 * PIXELS;

/** How an embedder wants its picture: (value - mean) / scale, planes in this order. */
export type EmbedderInput = { colourOrder: 'rgb' | 'bgr'; mean: number; scale: number };

/** One look at a face: three planes of 112 x 112, red, green, blue, 0-255, as they are or left and right exchanged. */
export type FaceView = { aligned: Float32Array; mirrored: boolean };

/**
 * The vector of a face, of unit length: the mean direction over all views of it. A face and its mirror image are the same
 * person, and so is the face laid a little otherwise; the mean is steadier than one.
 */
export async function embedFace(
  network: Network,
  views: readonly FaceView[],
  how: EmbedderInput,
): Promise<Float32Array> {
  const input = new Float32Array(views.length * VALUES);
  for (const [i, view] of views.entries()) writeView(input.subarray(i * VALUES, (i + 1) * VALUES), view, how);
  const { embedding } = await network(input, views.length);
  const length = embedding!.length / views.length;
  const sum = new Float32Array(length);
  for (let from = 0; from < embedding!.length; from += length) {
    const vector = unitVector(embedding!.subarray(from, from + length));
    for (let i = 0; i < length; i += 1) sum[i]! += vector[i]!;
  }
  return unitVector(sum);
}

function writeView(target: Float32Array, { aligned, mirrored }: FaceView, how: EmbedderInput): void {
  for (let plane = 0; plane < 3; plane += 1) {
    const from = (how.colourOrder === 'rgb' ? plane : 2 - plane) * PIXELS;
    for (let i = 0; i < PIXELS; i += 1) {
      const column = i % ALIGNED_SIZE;
      const source = mirrored ? i - column + (ALIGNED_SIZE - 1 - column) : i;
      target[plane * PIXELS + i] = (aligned[from + source]! - how.mean) / how.scale;
    }
  }
}
