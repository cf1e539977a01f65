import { ANCHORS, DETECTOR_SIZE } from './anchors.ts';
import { sigmoid } from './network.ts';

/**
 * One box of the detector in pixels of its input. `corners` is left, top, right, bottom; `keypoints` is x, y of right
 * eye, left eye, nose tip, mouth, right ear, left ear (the person's sides).
 */
export type Candidate = { score: number; corners: readonly number[]; keypoints: readonly number[] };

const MIN_SCORE = 0.5;
const VALUES_PER_ANCHOR = 16;

/** The boxes that the network holds for faces, best first. One face gives several overlapping ones. */
export function readCandidates(regressors: Float32Array, scores: Float32Array): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [i, [anchorX, anchorY]] of ANCHORS.entries()) {
    const score = sigmoid(scores[i]!);
    if (!(score >= MIN_SCORE)) continue;
    const values = regressors.subarray(VALUES_PER_ANCHOR * i, VALUES_PER_ANCHOR * (i + 1));
    const x = values[0]! + anchorX * DETECTOR_SIZE;
    const y = values[1]! + anchorY * DETECTOR_SIZE;
    const halfWidth = values[2]! / 2;
    const halfHeight = values[3]! / 2;
    candidates.push({
      score,
      corners: [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight],
      keypoints: Array.from(values.subarray(4), (v, j) => v + (j % 2 === 0 ? anchorX : anchorY) * DETECTOR_SIZE),
    });
  }
  return candidates.sort((p, q) => q.score - p.score);
}

const SAME_FACE_OVERLAP = 0.3;

/**
 * One box per face: the best box is averaged with all that overlap it, weighted by score, and they are set aside; then the
 * best of the rest. Steadier than keeping the best alone. Source: BlazeFace, arXiv 1907.05047, section 3.4.
 *
 * @param candidates  best first
 */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  const faces: Candidate[] = [];
  let rest = candidates;
  while (rest.length > 0) {
    const best = rest[0]!;
    const same = rest.filter((c) => overlapOf(c.corners, best.corners) > SAME_FACE_OVERLAP);
    faces.push(same.length === 0 ? best : averageOf(best.score, same));
    rest = rest.filter((c) => c !== best && !same.includes(c));
  }
  return faces;
}

function averageOf(score: number, same: readonly Candidate[]): Candidate {
  const weight = same.reduce((sum, c) => sum + c.score, 0);
  const average = (pick: (c: Candidate) => readonly number[]) =>
    pick(same[0]!).map((_, i) => same.reduce((sum, c) => sum + c.score * pick(c)[i]!, 0) / weight);
  return { score, corners: average((c) => c.corners), keypoints: average((c) => c.keypoints) };
}

/** Area two boxes share, as a part of the area they cover together. */
function overlapOf(p: readonly number[], q: readonly number[]): number {
  const width = Math.max(0, Math.min(p[2]!, q[2]!) - Math.max(p[0]!, q[0]!));
  const height = Math.max(0, Math.min(p[3]!, q[3]!) - Math.max(p[1]!, q[1]!));
  const shared = width * height;
  return shared / (areaOf(p) + areaOf(q) - shared);
}

const areaOf = (c: readonly number[]): number => (c[2]! - c[0]!) * (c[3]! - c[1]!);
