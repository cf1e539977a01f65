import type { SessionState } from '../session/contract.ts';
import { type GapReason, type IntervalFault, maxSegmentBytes } from './contract.ts';

/** A stretch of station wall-clock time, end not included. */
export interface Interval {
  beginMs: number;
  endMs: number;
}

/** A segment is 4 s of fragments of 1 s; more than this is a stalled clock or a stranger. */
export const longestSegmentMs = 30_000;

/** How far ahead of the station's clock a segment may end: two clocks read over a busy network, no more. */
export const clockToleranceMs = 5_000;

/** How far a fragment's length by the wall clock may be from its length by the monotonic one: frames wait when a desk is busy. */
export const clocksDifferMs = 2_000;

/** Two fragments overlap by no more than a few frames when a desk's clock is slewed between them. */
export const overlapToleranceMs = 250;

/** Less than this between two segments is a late frame, not a gap: at 15 frames a second some fourteen of them. */
export const seamMs = 1_000;

/**
 * A camera from which nothing has been stored for this long is silent: a fragment of 1 s being filled, its way to the
 * disk, and more than a second for a busy computer. Looked at twice a second, so the alarm is there within 3 s. A desk that
 * sees the fault itself reports it sooner.
 */
export const silentAfterMs = 2_500;

/**
 * Joins stored intervals that touch or lie within `seam` of each other.
 *
 * @param intervals  in any order, overlapping or not; empty ones vanish
 * @returns oldest first, at least `seam` apart
 */
export function joinIntervals(intervals: readonly Interval[], seam = seamMs): Interval[] {
  const joined: Interval[] = [];
  for (const next of intervals.filter((i) => i.endMs > i.beginMs).sort((a, b) => a.beginMs - b.beginMs)) {
    const last = joined.at(-1);
    if (last !== undefined && next.beginMs - last.endMs < seam) last.endMs = Math.max(last.endMs, next.endMs);
    else joined.push({ beginMs: next.beginMs, endMs: next.endMs });
  }
  return joined;
}

/**
 * The parts of `span` that no interval covers and that are longer than `limitMs`.
 *
 * @param limitMs  rule pack, clause recording.gap-limit-seconds
 */
export function uncovered(span: Interval, stored: readonly Interval[], limitMs: number): Interval[] {
  const gaps: Interval[] = [];
  let from = span.beginMs;
  for (const { beginMs, endMs } of joinIntervals(stored, 1)) {
    if (beginMs >= span.endMs) break;
    if (beginMs > from) gaps.push({ beginMs: from, endMs: beginMs });
    from = Math.max(from, endMs);
  }
  if (from < span.endMs) gaps.push({ beginMs: from, endMs: span.endMs });
  return gaps.filter((g) => g.endMs - g.beginMs > limitMs);
}

/**
 * Why a fragment's interval is not to be believed, or null.
 *
 * @param previousEndMs  end of the newest fragment of the same recording, null before the first. Only the same
 *   recording counts: after a clock was set back, a new recording may lawfully cover hours that are stored already
 */
export function intervalFault(
  fragment: Interval & { firstMonoMs: number; lastMonoMs: number },
  previousEndMs: number | null,
  nowMs: number,
): IntervalFault | null {
  const lengthMs = fragment.endMs - fragment.beginMs;
  const monoMs = fragment.lastMonoMs - fragment.firstMonoMs;
  // Written so that NaN fails too.
  if (!(lengthMs > 0)) return 'empty';
  if (!(lengthMs <= longestSegmentMs)) return 'too-long';
  if (!(fragment.endMs <= nowMs + clockToleranceMs)) return 'in-future';
  if (!(monoMs >= 0 && Math.abs(lengthMs - monoMs) <= clocksDifferMs)) return 'clocks-disagree';
  if (previousEndMs !== null && fragment.beginMs < previousEndMs - overlapToleranceMs) return 'overlaps';
  return null;
}

/** Whether a fragment goes on where the open segment ends, and the segment is not yet as long as one may be. */
export function continuesSegment(
  open: readonly (Interval & { sequence: number; bytes: { length: number } })[],
  next: Interval & { sequence: number; bytes: { length: number } },
): boolean {
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return false;
  const sizeBytes = open.reduce((sum, f) => sum + f.bytes.length, next.bytes.length);
  return (
    next.sequence === last.sequence + 1 &&
    !leavesGap(last.endMs, next.beginMs) &&
    next.endMs - first.beginMs <= longestSegmentMs &&
    sizeBytes <= maxSegmentBytes
  );
}

/** Whether nothing has come for too long. `storedUntilMs`: end of the newest stored segment, or the recording's start. */
export function isSilent(storedUntilMs: number, nowMs: number): boolean {
  return nowMs - storedUntilMs > silentAfterMs;
}

/** Whether frames are missing at all between what is stored and the next segment. */
export function leavesGap(storedUntilMs: number, nextBeginMs: number): boolean {
  return nextBeginMs - storedUntilMs >= seamMs;
}

/** Whether frames go on coming during a gap of this reason, so that only the desk can say when it ended. */
export function isPictureFault(reason: GapReason): boolean {
  return pictureFaults.has(reason);
}

const pictureFaults: ReadonlySet<GapReason> = new Set([
  'black',
  'covered',
  'frozen',
  'low-resolution',
  'slow-encoder',
] as const);

/** Whether a gap of this reason means that nothing usable was filmed: what is only weak shows the room all the same. */
export function isMissing(reason: GapReason): boolean {
  return reason !== 'low-resolution' && reason !== 'slow-encoder';
}

/**
 * The workstations that one camera alone sees, as people call them, by camera. A camera that is not said to see something
 * in particular sees the whole room.
 */
export function seenAlone(
  cameras: readonly { cameraId: string; sees?: readonly string[] | undefined }[],
  seats: readonly { workstationId: string; label: string }[],
): Record<string, string[]> {
  const alone: Record<string, string[]> = {};
  for (const { workstationId, label } of seats) {
    const seenBy = cameras.filter((c) => c.sees === undefined || c.sees.includes(workstationId));
    const [only] = seenBy;
    if (only === undefined || seenBy.length > 1 || cameras.length === 1) continue;
    alone[only.cameraId] = [...(alone[only.cameraId] ?? []), label];
  }
  return alone;
}

/** Cameras may be started while people may come in or sit; what was filmed before the end may still arrive after it. */
export function mayStartRecording(state: SessionState): boolean {
  return state === 'open' || state === 'running';
}

/**
 * Whether these bytes can be a fragment of an MP4 file (ISO/IEC 14496-12, 4.3 and 8.8): one that opens a segment begins
 * with a whole `ftyp` box, so that the segment plays alone; any other with a `moof`. The station does not parse further;
 * what it stores is what the desk made.
 */
export function looksLikeFragment(bytes: Uint8Array, opens: boolean): boolean {
  if (bytes.byteLength < 16) return false;
  const boxSize = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const box = String.fromCharCode(...bytes.subarray(4, 8));
  const mostBytes = Math.min(bytes.byteLength, opens ? 256 : 1024 * 1024);
  return box === (opens ? 'ftyp' : 'moof') && boxSize >= 16 && boxSize <= mostBytes;
}
