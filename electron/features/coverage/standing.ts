import type { Covered } from './rules.ts';

/**
 * What the video of a candidate's time in the room means for their score.
 *
 * `not-covered`: it is short, and nobody has accepted that; `accepted`: it is, and two persons wrote down why the score may
 * stand all the same; `not-judged`: nothing asks for video, or the candidate was never admitted.
 */
export type CoverageFact =
  | { kind: 'covered' }
  | { kind: 'not-covered'; missingMs: number }
  | { kind: 'accepted'; missingMs: number; acceptanceId: string }
  | { kind: 'not-judged' };

/**
 * Whether a room's scores need video: every room's do; whether also those of a room to which the plan gives no camera, the
 * rule pack says. Source: rule pack, clauses recording.every-room and recording.cameraless-rooms.
 */
export const videoAsked = (cameras: number, alsoWithoutCameras: boolean): boolean => cameras > 0 || alsoWithoutCameras;

/** @param acceptanceId  of an acceptance that still stands, else null */
export function coverageFact(
  { verdict, presentMs, mostMs }: Pick<Covered, 'verdict' | 'presentMs' | 'mostMs'>,
  acceptanceId: string | null,
  asked: boolean,
): CoverageFact {
  if (!asked) return { kind: 'not-judged' };
  if (verdict === 'covered') return { kind: 'covered' };
  const missingMs = presentMs - mostMs;
  return acceptanceId === null ? { kind: 'not-covered', missingMs } : { kind: 'accepted', missingMs, acceptanceId };
}
