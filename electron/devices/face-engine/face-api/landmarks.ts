import type { Picture, Point } from '../chain/picture.ts';
import { meanOf, place, placeSquare } from '../chain/placement.ts';
import { boxAround } from '../chain/tracking/track.ts';
import type { FaceBox } from '../port.ts';
import type { FaceApiNetworks } from './networks.ts';
import { sampleSquare } from './sample-square.ts';

/**
 * The 68 points of a face in picture pixels, in the order of the iBUG 300-W marking: 0-16 jaw from the picture's left ear to the
 * right one, 17-26 brows, 27-35 nose, 36-41 the eye on the picture's left (the person's right), 42-47 the other, 48-67 mouth.
 */
export type Landmarks = readonly Point[];

const INPUT = 112;

export async function fitLandmarks(networks: FaceApiNetworks, picture: Picture, box: FaceBox): Promise<Landmarks> {
  const square = {
    centre: [box.left + box.width / 2 - 0.5, box.top + box.height / 2 - 0.5] as const,
    side: Math.max(box.width, box.height),
    angle: 0,
  };
  const placement = placeSquare(square, INPUT);
  const points = await networks.landmarks(sampleSquare(picture, placement, INPUT));
  return points.map(([x, y]) => place(placement, x - 0.5, y - 0.5));
}

/**
 * The face's box in the size of the first engine's, whose limits of guidance hold for both: a square 1.08 times as wide as the points
 * (the middle of 40 frames). This detector's own boxes are wider by a sixth to a half, and much less steady.
 */
export function faceBoxOf(points: Landmarks): FaceBox {
  const { left, top, width, height } = boxAround(points);
  const side = 1.08 * width;
  return { left: left + (width - side) / 2, top: top + (height - side) / 2, width: side, height: side };
}

/** Person's right eye, left eye, nose tip, right and left mouth corner: the points the aligned picture is laid by. */
export const fivePointsOf = (points: Landmarks): Point[] => [
  meanOf(points.slice(36, 42)),
  meanOf(points.slice(42, 48)),
  points[30]!,
  points[48]!,
  points[54]!,
];

/** In the order of dlib's template: outer and inner corner of the left eye, of the right eye, base of the nose. */
export const dlibPointsOf = (points: Landmarks): Point[] => [45, 42, 36, 39, 33].map((i) => points[i]!);
