import type { FaceBox } from '../port.ts';
import { DETECTOR_SIZE } from './anchors.ts';
import { type Candidate, mergeCandidates, readCandidates } from './candidates.ts';
import type { Network } from './network.ts';
import { centreOf, type Picture, type Point } from './picture.ts';
import { type Placement, place, placeSquare, type Square } from './placement.ts';
import { samplePicture } from './sample.ts';

/** A face in picture pixels; eyes are the person's own, so the right eye is on the picture's left. */
export type DetectedFace = { score: number; box: FaceBox; rightEye: Point; leftEye: Point };

/**
 * Sides of the square that is searched, as multiples of the picture's longer side: the whole picture, then wider for a
 * face that fills it, tighter for one far away, and widest for a close-up.
 */
const SEARCH_SIDES = [1, 1.5, 0.75, 0.5, 2.2];

/**
 * All faces of the first search that finds any, the one meant first: nearest to the picture's middle, measured in its
 * own widths, since the person at the desk stands in the middle and close. Empty when no search finds one.
 */
export async function detectFaces(detector: Network, picture: Picture): Promise<DetectedFace[]> {
  const longer = Math.max(picture.width, picture.height);
  for (const factor of SEARCH_SIDES) {
    const faces = await searchSquare(detector, picture, { centre: centreOf(picture), side: longer * factor, angle: 0 });
    if (faces.length > 0) return faces.sort((p, q) => distanceInWidths(p, picture) - distanceInWidths(q, picture));
  }
  return [];
}

async function searchSquare(detector: Network, picture: Picture, square: Square): Promise<DetectedFace[]> {
  const placement = placeSquare(square, DETECTOR_SIZE);
  const sampling = { mean: 127.5, scale: 127.5, beyond: 'black', sparse: true } as const;
  const input = samplePicture(picture, placement, DETECTOR_SIZE, DETECTOR_SIZE, sampling);
  const { regressors, scores } = await detector(input, 1);
  return mergeCandidates(readCandidates(regressors!, scores!))
    .filter(
      (candidate) => candidate.corners[2]! > candidate.corners[0]! && candidate.corners[3]! > candidate.corners[1]!,
    )
    .map((candidate) => inPicture(candidate, placement));
}

function inPicture({ score, corners, keypoints }: Candidate, placement: Placement): DetectedFace {
  // The network counts from the corner of the first pixel, placements from its centre: half a pixel apart.
  const at = (values: readonly number[], i: number) => place(placement, values[i]! - 0.5, values[i + 1]! - 0.5);
  const [left, top] = at(corners, 0);
  const [right, bottom] = at(corners, 2);
  const box = { left, top, width: right - left, height: bottom - top };
  return { score, box, rightEye: at(keypoints, 0), leftEye: at(keypoints, 2) };
}

function distanceInWidths({ box }: DetectedFace, picture: Picture): number {
  const x = box.left + box.width / 2 - picture.width / 2;
  const y = box.top + box.height / 2 - picture.height / 2;
  return Math.hypot(x, y) / box.width;
}
