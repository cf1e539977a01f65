import type { MeshPoint } from './mesh.ts';
import type { Point } from './picture.ts';
import { meanOf, type Placement, placeTemplate } from './placement.ts';

/** Right eye, left eye, nose tip, right and left corner of the mouth (the person's sides). */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

export const ALIGNED_SIZE = 112;

/** Where the five points belong in the 112 x 112 picture that embedders of this kind are trained on: `five-points-112`. */
export const FIVE_POINT_TEMPLATE: FivePoints = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
];

// The rim of each eye, and per mouth corner the outer point twice with the inner once: the mesh's corner lies a little
// further out than the corner that embedders are trained with.
const RIGHT_EYE = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7];
const LEFT_EYE = [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249];
const NOSE_TIP = [4];
const RIGHT_MOUTH = [61, 61, 78];
const LEFT_MOUTH = [291, 291, 308];

export function fivePointsOf(points: readonly MeshPoint[]): FivePoints {
  const mean = (indices: readonly number[]) => meanOf(indices.map((i): Point => [points[i]![0], points[i]![1]]));
  return [mean(RIGHT_EYE), mean(LEFT_EYE), mean(NOSE_TIP), mean(RIGHT_MOUTH), mean(LEFT_MOUTH)];
}

/**
 * Ways to lay the 112 x 112 picture over a face. `five-points` is the usual one. The two others show the embedder a little
 * more around the face, and a face laid by eyes and mouth alone, which a turned head shifts less: a mean over both is
 * steadier than either.
 */
export type Alignment = 'five-points' | 'wider' | 'eyes-and-mouth';

const WIDER_TEMPLATE = FIVE_POINT_TEMPLATE.map(([x, y]): Point => [56 + 0.95 * (x - 56), 71 + 0.95 * (y - 72)]);

export function placeFace(points: readonly MeshPoint[], alignment: Alignment): Placement {
  const found = fivePointsOf(points);
  switch (alignment) {
    case 'five-points':
      return placeTemplate(FIVE_POINT_TEMPLATE, found);
    case 'wider':
      return placeTemplate(WIDER_TEMPLATE, found);
    case 'eyes-and-mouth':
      return placeTemplate(withoutNose(FIVE_POINT_TEMPLATE), withoutNose(found));
  }
}

const withoutNose = ([rightEye, leftEye, , rightMouth, leftMouth]: readonly Point[]): Point[] => [
  rightEye!,
  leftEye!,
  rightMouth!,
  leftMouth!,
];
