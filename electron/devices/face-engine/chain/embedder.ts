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
  const vectors: Float32Array[] = [];
  for (let first = 0; first < views.length; first += VIEWS_AT_ONCE) {
    const some = views.slice(first, first + VIEWS_AT_ONCE);
    const input = new Float32Array(some.length * VALUES);
    for (const [i, view] of some.entries()) writeView(input.subarray(i * VALUES, (i + 1) * VALUES), view, how);
    const { embedding } = await network(input, some.length);
    const length = embedding!.length / some.length;
    for (const i of some.keys()) vectors.push(unitVector(embedding!.subarray(i * length, (i + 1) * length)));
  }
  const sum = new Float32Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i += 1) sum[i]! += vector[i]!;
  return unitVector(sum);
}

/** As many as a frame has: the runtime keeps the memory of its largest batch, and a larger one is no faster on one thread. */
const VIEWS_AT_ONCE = 2;

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
