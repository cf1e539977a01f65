import { centreOf, type Picture } from '../chain/picture.ts';
import { place, placeSquare, type Square } from '../chain/placement.ts';
import type { FaceBox } from '../port.ts';
import type { FaceApiNetworks } from './networks.ts';
import { sampleSquare } from './sample-square.ts';

export type LocatedFace = { score: number; box: FaceBox };

/** Pixels across the picture as the detector gets it. Smaller is faster and misses more. */
const STILL_INPUT = 416;
/**
 * Sides of the square that is searched, as multiples of the picture's longer side: the whole, then wider for a face that fills
 * the picture, tighter for one far away.
 */
const STILL_SIDES = [1, 1.5, 0.7, 2.2];
/** Every search takes a tenth of a second: frames of a video are not searched for faces in the distance. */
export const FRAME_SIDES = [1, 1.5];

/** Faces of the first search that finds any, the one meant first: nearest to the picture's middle in its own widths. */
export async function detectFaces(
  networks: FaceApiNetworks,
  picture: Picture,
  sides: readonly number[] = STILL_SIDES,
): Promise<LocatedFace[]> {
  const longer = Math.max(picture.width, picture.height);
  for (const factor of sides) {
    const square = { centre: centreOf(picture), side: longer * factor, angle: 0 };
    const faces = await searchSquare(networks, picture, square, STILL_INPUT);
    if (faces.length > 0)
      return faces.sort((p, q) => distanceInWidths(p.box, picture) - distanceInWidths(q.box, picture));
  }
  return [];
}

/** @param input  a multiple of 32 */
export async function searchSquare(
  networks: FaceApiNetworks,
  picture: Picture,
  square: Square,
  input: number,
): Promise<LocatedFace[]> {
  const placement = placeSquare(square, input);
  const found = await networks.locate(sampleSquare(picture, placement, input));
  const scale = square.side / input;
  return found.map(({ score, left, top, width, height }) => {
    const [x, y] = place(placement, left - 0.5, top - 0.5);
    return { score, box: { left: x, top: y, width: width * scale, height: height * scale } };
  });
}

function distanceInWidths(box: FaceBox, picture: Picture): number {
  const x = box.left + box.width / 2 - picture.width / 2;
  const y = box.top + box.height / 2 - picture.height / 2;
  return Math.hypot(x, y) / box.width;
}
