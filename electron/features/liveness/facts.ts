import type { FollowedFace, Sketch } from '../../devices/face-engine/port.ts';

/** The candidate's own side. On an unmirrored picture a head turned left points to the picture's right. */
export type Ask = 'left' | 'right';

/** One frame as the face engine followed it; a `Following` is one. */
export type SeenFrame = { sketch: Sketch } & (
  | { kind: 'no-face' }
  | { kind: 'several-faces'; count: number }
  | ({ kind: 'face' } & SeenFace)
);

export type SeenFace = Pick<FollowedFace, 'box' | 'yawDeg' | 'turn' | 'pitchDeg' | 'eyeOpenLeft' | 'eyeOpenRight'>;

/** What a challenge is told, in the order it happened. */
export type LivenessFact =
  /** `atMs`: when the station received the frame. Frames of the camera as it is, not mirrored. */
  | { kind: 'frame'; atMs: number; seen: SeenFrame }
  /** The verdict asked for `take: 'front'`, and the frame just observed gave a template. */
  | { kind: 'front-taken' }
  /**
   * The verdict asked for `take: 'turn'`, and this is how like the frame just observed is to the frontal one; null when it gave
   * no template. `sameFrom` is the engine's threshold for this (see README.md).
   */
  | { kind: 'turn-compared'; likeness: number | null; sameFrom: number };
