import type { Migration, ReadDb } from '../../db/database.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import type { Interval } from './rules.ts';

/** Segments are looked up by time: a session has thousands, and a person drags through them. */
export const segmentsByTimeMigration: Migration = {
  id: 301,
  name: 'recording-segments-by-time',
  sql: 'CREATE INDEX recording_segments_by_time ON recording_segments (recording_id, end_ms);',
};

export interface FoundSegment extends Interval {
  readonly recordingId: string;
  readonly evidenceId: EvidenceId;
  readonly frames: number;
}

const SEGMENT = `SELECT recording_id AS recordingId, begin_ms AS beginMs, end_ms AS endMs, evidence_id AS evidenceId,
    frames
  FROM recording_segments`;

const runsOf = (db: ReadDb, sessionId: string, cameraId: string): string[] =>
  (
    db
      .prepare('SELECT recording_id AS id FROM recordings WHERE session_id = ? AND camera_id = ?')
      .all(sessionId, cameraId) as { id: string }[]
  ).map((r) => r.id);

/** The segment of a camera that holds this moment, or the first one after it; null after the last. */
export function segmentFrom(db: ReadDb, sessionId: string, cameraId: string, atMs: number): FoundSegment | null {
  const first = db.prepare(`${SEGMENT} WHERE recording_id = ? AND end_ms > ? ORDER BY end_ms LIMIT 1`);
  const found = runsOf(db, sessionId, cameraId).flatMap(
    (run) => (first.get(run, atMs) as FoundSegment | undefined) ?? [],
  );
  return found.sort((a, b) => a.beginMs - b.beginMs)[0] ?? null;
}

/** Segments of a camera that share a moment with a stretch, oldest first. */
export function segmentsWithin(db: ReadDb, sessionId: string, cameraId: string, stretch: Interval): FoundSegment[] {
  const all = db.prepare(`${SEGMENT} WHERE recording_id = ? AND end_ms > ? AND begin_ms < ? ORDER BY end_ms`);
  return runsOf(db, sessionId, cameraId)
    .flatMap((run) => all.all(run, stretch.beginMs, stretch.endMs) as FoundSegment[])
    .sort((a, b) => a.beginMs - b.beginMs);
}
