import type { Point } from '../chain/picture.ts';
import { meanOf } from '../chain/placement.ts';
import type { FollowedFace } from '../port.ts';
import type { Landmarks } from './landmarks.ts';

/**
 * How the head is held, in the scale of the first engine's mesh. These points have no depth: yaw and turn come from one measure,
 * the nose tip between the ears. Fitted on 812 frames of three clips, against the mesh: turn correlates by 0.98 (rest 0.025), yaw
 * by 0.98 (rest 1 degree), pitch by 0.93 (rest 2.3 degrees).
 */
export function headPose(points: Landmarks): Pick<FollowedFace, 'yawDeg' | 'turn' | 'pitchDeg'> {
  const nose = points[30]!;
  const right = distance(nose, points[0]!);
  const left = distance(nose, points[16]!);
  const asymmetry = (right - left) / (right + left || 1);
  return {
    yawDeg: 43.8 * asymmetry,
    turn: Math.max(-1, Math.min(1, 1.157 * asymmetry)),
    pitchDeg: 39.5 - 83.9 * noseDepth(points),
  };
}

/**
 * Eye aspect ratios. These points hardly follow the lids (the ratio falls by a seventh where the mesh's falls by half), so this engine
 * tells no blinks; wide open and open it can tell.
 */
export const eyeOpenness = (points: Landmarks): Pick<FollowedFace, 'eyeOpenLeft' | 'eyeOpenRight'> => ({
  eyeOpenRight: aspectRatio(points.slice(36, 42)),
  eyeOpenLeft: aspectRatio(points.slice(42, 48)),
});

/** Where the nose tip stands on the way from the eyes (0) to the mouth (1): lower when the head is bent. */
function noseDepth(points: Landmarks): number {
  const eyes = meanOf(points.slice(36, 48));
  const mouth = meanOf([points[48]!, points[54]!]);
  const [x, y] = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
  return ((points[30]![0] - eyes[0]) * x + (points[30]![1] - eyes[1]) * y) / (x * x + y * y || 1);
}

/** @param eye  six points: corner, two above, corner, two below */
function aspectRatio(eye: readonly Point[]): number {
  return (distance(eye[1]!, eye[5]!) + distance(eye[2]!, eye[4]!)) / (2 * distance(eye[0]!, eye[3]!) || 1);
}

const distance = (p: Point, q: Point): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
