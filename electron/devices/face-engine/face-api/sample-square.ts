import type { Picture } from '../chain/picture.ts';
import type { Placement } from '../chain/placement.ts';
import { samplePicture } from '../chain/sample.ts';
import type { SquareInput } from './networks.ts';

/** The square of a picture under a placement, pixel by pixel as the library wants it; black where the picture ends. */
export function sampleSquare(picture: Picture, placement: Placement, size: number): SquareInput {
  const planes = samplePicture(picture, placement, size, size, { mean: 0, scale: 1, beyond: 'black' });
  const plane = size * size;
  const values = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i += 1) {
    for (let colour = 0; colour < 3; colour += 1) values[3 * i + colour] = planes[colour * plane + i]!;
  }
  return { values, size };
}

/** The same picture seen in a mirror. */
export function mirrored({ values, size }: SquareInput): SquareInput {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const to = 3 * (row * size + column);
      const from = 3 * (row * size + size - 1 - column);
      turned.set(values.subarray(from, from + 3), to);
    }
  }
  return { values: turned, size };
}
