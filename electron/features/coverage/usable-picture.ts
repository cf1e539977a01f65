import { type Interval, isPictureFault, joinIntervals } from '../recording/rules.ts';

/** A gap as the recording's record has it; an open one (`endMs` null) reaches on. */
export interface RecordedGap {
  beginMs: number;
  endMs: number | null;
  reason: string;
}

/** What one camera stored, and what its record says is missing. */
export interface CameraRecord {
  cameraId: string;
  /** From the first frame to after the last of each segment, in any order. */
  stored: readonly Interval[];
  gaps: readonly RecordedGap[];
}

/**
 * Where a camera has a picture worth having: what is stored, less the stretches in which it was black or frozen.
 *
 * @param seam  segments nearer than this many ms are joined
 * @returns oldest first, apart from each other
 */
export function usablePicture({ stored, gaps }: CameraRecord, seam: number): Interval[] {
  const joined = joinIntervals(stored, seam);
  const spoilt = joinIntervals(
    gaps.flatMap(({ beginMs, endMs, reason }) =>
      isPictureFault(reason as Parameters<typeof isPictureFault>[0])
        ? { beginMs, endMs: endMs ?? Number.POSITIVE_INFINITY }
        : [],
    ),
    1,
  );
  return spoilt.length === 0 ? joined : without(joined, spoilt);
}

/** Both oldest first, each apart from its own neighbours. */
function without(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let next = 0;
  for (const { beginMs, endMs } of intervals) {
    let fromMs = beginMs;
    while (next < taken.length && taken[next]!.endMs <= beginMs) next += 1;
    for (let i = next; i < taken.length && taken[i]!.beginMs < endMs; i += 1) {
      if (taken[i]!.beginMs > fromMs) left.push({ beginMs: fromMs, endMs: taken[i]!.beginMs });
      fromMs = Math.max(fromMs, taken[i]!.endMs);
    }
    if (fromMs < endMs) left.push({ beginMs: fromMs, endMs });
  }
  return left;
}

export const overlapping = (gap: RecordedGap, stretch: Interval): boolean =>
  gap.beginMs < stretch.endMs && (gap.endMs ?? Number.POSITIVE_INFINITY) > stretch.beginMs;
