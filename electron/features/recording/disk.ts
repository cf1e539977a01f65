import type { Recording } from './store.ts';

/** Kept free for the database and its journal: a full disk must stop video first, and check-in and scoring never. */
export const reservedBytes = 512 * 1024 * 1024;

/** What a camera is taken to need while none of its video is stored: what the desk asks of its encoder at 720p. */
export const plannedBytesPerSecond = 150_000;

/**
 * What has to be free before a session opens: every camera for its whole length and an hour beside, and the reserve.
 *
 * @param hours  of the session
 */
export const neededForSession = (cameras: number, hours: number): number =>
  Math.ceil(cameras * (hours + 1) * 3600 * plannedBytesPerSecond) + reservedBytes;

/** Between the stop of one camera and of the next: some minutes of video of all others. */
export const stepBytes = 64 * 1024 * 1024;

/**
 * Whether there is room for a fragment of this recording. The disk stops video last in, first out: the camera that
 * began last needs the most room beyond the reserve, the one that began first needs none.
 *
 * @param running  the recordings under way, in any order; one that is not among them (it was stopped, and what it filmed
 *   comes late) needs no more than the reserve
 * @param reserve  what video may never touch; the steps shrink with it
 */
export function mayWrite(
  freeBytes: number,
  sizeBytes: number,
  recording: Pick<Recording, 'recordingId'>,
  running: readonly Pick<Recording, 'recordingId' | 'startedMs'>[],
  reserve: number = reservedBytes,
): boolean {
  const order = running.toSorted((a, b) => a.startedMs - b.startedMs || (a.recordingId < b.recordingId ? -1 : 1));
  const rank = Math.max(
    0,
    order.findIndex((r) => r.recordingId === recording.recordingId),
  );
  return freeBytes >= reserve + rank * (stepBytes * (reserve / reservedBytes)) + sizeBytes;
}

/** A session whose video may be taken away, as the purge knows it. */
export interface PurgeableSession {
  readonly sessionId: string;
  readonly sealed: boolean;
  /** When the centre's signed receipt came and the time of keeping is over; null while either is missing. */
  readonly purgeableSinceMs: number | null;
  readonly endedMs: number;
  readonly bytes: number;
}

/**
 * Whose video goes first when room is needed: oldest session first, and only what the centre has signed for and the rule
 * pack no longer keeps; never an unsealed one.
 *
 * @returns as many as give `needBytes`, all of them when they do not
 */
export function purgeOrder(sessions: readonly PurgeableSession[], needBytes: number, nowMs: number): string[] {
  const chosen: string[] = [];
  let freed = 0;
  for (const s of sessions.toSorted((a, b) => a.endedMs - b.endedMs)) {
    if (freed >= needBytes) break;
    if (!s.sealed || s.purgeableSinceMs === null || s.purgeableSinceMs > nowMs) continue;
    chosen.push(s.sessionId);
    freed += s.bytes;
  }
  return chosen;
}
