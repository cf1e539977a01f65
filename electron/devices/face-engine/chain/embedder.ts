import { unitVector } from '../similarity.ts';
import { ALIGNED_SIZE } from './alignment.ts';
import type { Network } from './network.ts';

const PIXELS = ALIGNED_SIZE * ALIGNED_SIZE;
const VALUES = 3 * PIXELS;

/** How an embedder wants its picture: (value - mean) / scale, planes in this order; whether the mirror image is averaged in. */
export type EmbedderInput = { colourOrder: 'rgb' | 'bgr'; mean: number; scale: number; mirrored: boolean };

/**
 * The vector of a face, of unit length. A face and its mirror image are the same person: the mean of both vectors is
 * steadier than one.
 *
 * @param aligned  three planes of 112 x 112, red, green, blue, 0-255
 */
export async function embedFace(network: Network, aligned: Float32Array, how: EmbedderInput): Promise<Float32Array> {
  const batch = how.mirrored ? 2 : 1;
  const input = new Float32Array(batch * VALUES);
  for (let plane = 0; plane < 3; plane += 1) {
    const from = (how.colourOrder === 'rgb' ? plane : 2 - plane) * PIXELS;
    for (let i = 0; i < PIXELS; i += 1) input[plane * PIXELS + i] = (aligned[from + i]! - how.mean) / how.scale;
  }
  if (how.mirrored) mirrorInto(input.subarray(VALUES), input.subarray(0, VALUES));
  const { embedding } = await network(input, batch);
  const length = embedding!.length / batch;
  const vector = unitVector(embedding!.subarray(0, length));
  if (!how.mirrored) return vector;
  const mirror = unitVector(embedding!.subarray(length));
  return unitVector(vector.map((value, i) => value + mirror[i]!));
}

function mirrorInto(target: Float32Array, source: Float32Array): void {
  for (let row = 0; row < source.length; row += ALIGNED_SIZE) {
    for (let x = 0; x < ALIGNED_SIZE; x += 1) target[row + x] = source[row + ALIGNED_SIZE - 1 - x]!;
  }
}
