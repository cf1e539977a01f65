import type { FaceBox } from '../../devices/face-engine/port.ts';
import type { SeenFrame } from './facts.ts';
import type { LivenessFailure } from './verdict.ts';

/** Whether all frames show one face that nobody exchanged. */
export type Continuity = {
  lastFrameMs: number | null;
  lastFace: { atMs: number; box: FaceBox } | null;
  /** A frame without the one face has come since the last that showed it. */
  outOfView: boolean;
  crowdedInARow: number;
};

export type Break = Extract<LivenessFailure['code'], 'several-faces' | 'face-lost' | 'face-jumped' | 'frame-times'>;

/**
 * Time to hold another picture before the camera would need more than one look away. It counts from the last frame with the face
 * only where a frame without it came in between: a slow machine's frames lie as far apart, with the face in every one.
 */
const MAX_LOST_MS = 1_000;
const MAX_GAP_MS = 1_500;
/** One frame with two faces may be a mistake of the detector; the next is looked at afresh. */
const CROWDED_FRAMES = 2;

/**
 * How far a face may move from one frame to the next, in its own widths, and grow or shrink. Measured at twelve frames a second
 * on 3,450 frames of three clips: at most 0.13 widths and 1.05; a step towards the camera stays below these too.
 */
const MAX_SHIFT_WIDTHS = 0.5;
const MAX_SHIFT_WIDTHS_A_SECOND = 1;
const MAX_GROWTH = 1.3;
const MAX_GROWTH_A_SECOND = 1;

export const newContinuity = (): Continuity => ({
  lastFrameMs: null,
  lastFace: null,
  outOfView: false,
  crowdedInARow: 0,
});

/** Takes one more frame in, and says what broke with it, if anything. */
export function keepTrack(
  before: Continuity,
  atMs: number,
  seen: SeenFrame,
): { after: Continuity; broken: Break | null } {
  const crowdedInARow = seen.kind === 'several-faces' ? before.crowdedInARow + 1 : 0;
  const lastFace = seen.kind === 'face' ? { atMs, box: seen.box } : before.lastFace;
  const outOfView = seen.kind !== 'face';
  return {
    after: { lastFrameMs: atMs, lastFace, outOfView, crowdedInARow },
    broken: breakOf(before, crowdedInARow, atMs, seen),
  };
}

function breakOf(before: Continuity, crowdedInARow: number, atMs: number, seen: SeenFrame): Break | null {
  if (before.lastFrameMs !== null && atMs - before.lastFrameMs > MAX_GAP_MS) return 'frame-times';
  if (crowdedInARow >= CROWDED_FRAMES) return 'several-faces';
  if (!before.lastFace) return null;
  const apartMs = atMs - before.lastFace.atMs;
  if (apartMs > MAX_LOST_MS && (before.outOfView || seen.kind !== 'face')) return 'face-lost';
  return seen.kind === 'face' && jumps(before.lastFace.box, seen.box, apartMs / 1_000) ? 'face-jumped' : null;
}

function jumps(from: FaceBox, to: FaceBox, seconds: number): boolean {
  const x = to.left + to.width / 2 - from.left - from.width / 2;
  const y = to.top + to.height / 2 - from.top - from.height / 2;
  const growth = Math.max(to.width / from.width, from.width / to.width);
  return (
    Math.hypot(x, y) > from.width * (MAX_SHIFT_WIDTHS + MAX_SHIFT_WIDTHS_A_SECOND * seconds) ||
    !(growth <= MAX_GROWTH + MAX_GROWTH_A_SECOND * seconds)
  );
}
