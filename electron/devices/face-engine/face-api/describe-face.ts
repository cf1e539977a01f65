import type { Picture, Point } from '../chain/picture.ts';
import { placeTemplate } from '../chain/placement.ts';
import { unitVector } from '../similarity.ts';
import { dlibPointsOf, type Landmarks } from './landmarks.ts';
import type { FaceApiNetworks } from './networks.ts';
import { mirrored, sampleSquare } from './sample-square.ts';

const CHIP = 150;
const PADDING = 0.25;

/**
 * Where dlib lays the corners of the eyes and the base of the nose in the pictures its network was trained on, as shares of the
 * unpadded picture. Source: dlib, image_transforms/interpolation.h, get_face_chip_details for five points (Boost licence).
 */
const TEMPLATE: readonly Point[] = (
  [
    [0.8595674595992, 0.2134981538014],
    [0.6460604764104, 0.2289674387677],
    [0.1205750620789, 0.2137274526848],
    [0.3340850613712, 0.2290642403242],
    [0.4901123135679, 0.6277975316475],
  ] as const
).map(([x, y]) => [inChip(x), inChip(y)]);

function inChip(share: number): number {
  return ((PADDING + share) / (1 + 2 * PADDING)) * CHIP - 0.5;
}

/**
 * The face as 128 numbers of unit length: the mean of the face and its mirror image.
 *
 * dlib compares its vectors by Euclidean distance; they are brought to unit length here and compared by cosine like every other
 * engine's. Measured on 324,290 pairs of strangers and 300 of the same person (LFW): at one false match in a thousand 94 % are
 * recognised so, 91 % by the library's own crop and distance (whose threshold comes out at the 0.54 others report).
 */
export async function describeFace(
  networks: FaceApiNetworks,
  picture: Picture,
  points: Landmarks,
): Promise<Float32Array> {
  const chip = sampleSquare(picture, placeTemplate(TEMPLATE, dlibPointsOf(points)), CHIP);
  const straight = unitVector(await networks.describe(chip));
  const turned = unitVector(await networks.describe(mirrored(chip)));
  return unitVector(straight.map((value, i) => value + turned[i]!));
}
