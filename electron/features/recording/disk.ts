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
