import type { SessionState } from '../session/contract.ts';
import type { GapReason, IntervalFault } from './contract.ts';

/** A stretch of station wall-clock time, end not included. */
export interface Interval {
  beginMs: number;
  endMs: number;
}

/** A desk sends 2 s at a time; more than this in one segment is a stalled clock or a stranger. */
export const longestSegmentMs = 30_000;

/** How far ahead of the station's clock a segment may end: two clocks read over a busy network, no more. */
export const clockToleranceMs = 5_000;

/** Two segments overlap by no more than a few frames when a desk's clock is slewed between them. */
export const overlapToleranceMs = 250;

/** Less than this between two segments is a late frame, not a gap: at 15 frames a second some fourteen of them. */
export const seamMs = 1_000;

/**
 * A camera from which nothing has been stored for this long is silent: one segment of 2 s being filled, its way to the
 * disk, and the 3 s within which an alarm is due. A desk that sees the fault itself reports it sooner.
 */
export const silentAfterMs = 6_000;

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
    else joined.push({ ...next });
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
 * Why a segment's interval is not to be believed, or null.
 *
 * @param previousEndMs  end of the newest segment of the same recording, null before the first. Only the same
 *   recording counts: after a clock was set back, a new recording may lawfully cover hours that are stored already
 */
export function intervalFault(segment: Interval, previousEndMs: number | null, nowMs: number): IntervalFault | null {
  // Written so that NaN fails too.
  if (!(segment.endMs > segment.beginMs)) return 'empty';
  if (!(segment.endMs - segment.beginMs <= longestSegmentMs)) return 'too-long';
  if (!(segment.endMs <= nowMs + clockToleranceMs)) return 'in-future';
  if (previousEndMs !== null && segment.beginMs < previousEndMs - overlapToleranceMs) return 'overlaps';
  return null;
}

/** Whether nothing has come for too long. `storedUntilMs`: end of the newest stored segment, or the recording's start. */
export function isSilent(storedUntilMs: number, nowMs: number): boolean {
  return nowMs - storedUntilMs > silentAfterMs;
}

/** Whether frames are missing at all between what is stored and the next segment. */
export function leavesGap(storedUntilMs: number, nextBeginMs: number): boolean {
  return nextBeginMs - storedUntilMs >= seamMs;
}

/** Whether segments go on coming during a gap of this reason, so that only the desk can say when it ended. */
export function isPictureFault(reason: GapReason): boolean {
  return reason === 'black' || reason === 'frozen';
}

/** Cameras may be started while people may come in or sit; what was filmed before the end may still arrive after it. */
export function mayStartRecording(state: SessionState): boolean {
  return state === 'open' || state === 'running';
}

/**
 * Whether these bytes can be an MP4 file that plays alone: a whole `ftyp` box first (ISO/IEC 14496-12, 4.3). The
 * station does not parse further; what it stores is what the desk made.
 */
export function looksLikeMp4(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 16) return false;
  const boxSize = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const isFtyp = bytes[4] === 0x66 && bytes[5] === 0x74 && bytes[6] === 0x79 && bytes[7] === 0x70;
  return isFtyp && boxSize >= 16 && boxSize <= Math.min(bytes.byteLength, 256);
}
