import type { Db } from '../../db/database.ts';
import { type Interval, joinIntervals, seamMs } from './rules.ts';
import { storedIntervals } from './store.ts';

/** What is stored of one camera in one session. */
export interface Coverage {
  /** Oldest first, joined over seams that are no gap. */
  readonly stored: Interval[];
  /** The same to the frame: joined only where they touch. */
  readonly exact: Interval[];
  readonly segments: number;
  /** Of plain video. */
  readonly bytes: number;
}

/**
 * The joined intervals of each camera, kept in memory because a day has tens of thousands of segments and a desk asks
 * every few seconds. Read from the committed rows at the first question, then added to after each commit.
 */
export interface CoverageCache {
  of(sessionId: string, cameraId: string): Coverage;
  /** Call after the commit that put the segment on record. */
  add(sessionId: string, cameraId: string, segment: Interval & { bytes: number }): void;
}

export function openCoverage(db: Db): CoverageCache {
  const known = new Map<string, Coverage>();
  const keyOf = (sessionId: string, cameraId: string) => `${sessionId}/${cameraId}`;
  const read = (sessionId: string, cameraId: string): Coverage => {
    const rows = storedIntervals(db, sessionId, cameraId);
    return {
      stored: joinIntervals(rows),
      exact: joinIntervals(rows, 1),
      segments: rows.length,
      bytes: rows.reduce((sum, r) => sum + r.bytes, 0),
    };
  };
  return {
    of(sessionId, cameraId) {
      const key = keyOf(sessionId, cameraId);
      let coverage = known.get(key);
      if (coverage === undefined) {
        coverage = read(sessionId, cameraId);
        known.set(key, coverage);
      }
      return coverage;
    },
    add(sessionId, cameraId, segment) {
      const before = known.get(keyOf(sessionId, cameraId));
      if (before === undefined) return;
      known.set(keyOf(sessionId, cameraId), {
        stored: withSegment(before.stored, segment, seamMs),
        exact: withSegment(before.exact, segment, 1),
        segments: before.segments + 1,
        bytes: before.bytes + segment.bytes,
      });
    },
  };
}

/** Nearly every segment continues the last interval; only one that does not is sorted in. */
function withSegment(stored: Interval[], segment: Interval, seam: number): Interval[] {
  const last = stored.at(-1);
  if (last && segment.beginMs >= last.beginMs && segment.beginMs - last.endMs < seam) {
    return [...stored.slice(0, -1), { beginMs: last.beginMs, endMs: Math.max(last.endMs, segment.endMs) }];
  }
  return joinIntervals([...stored, { beginMs: segment.beginMs, endMs: segment.endMs }], seam);
}
