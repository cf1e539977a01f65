import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { CameraId, EvidenceId, SessionId } from '../../lib/ids.ts';
import type { GapReason } from './contract.ts';
import type { Interval } from './rules.ts';

export const recordingMigration: Migration = {
  id: 80,
  name: 'recording',
  sql: `
    -- One run of one desk's encoder on one camera. The newest row of a camera is the one that counts.
    CREATE TABLE recordings (
      recording_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, camera_id TEXT NOT NULL, desk_run TEXT NOT NULL,
      width INTEGER NOT NULL, height INTEGER NOT NULL, codec TEXT NOT NULL, device_label TEXT NOT NULL,
      started_ms INTEGER NOT NULL, UNIQUE (session_id, camera_id, desk_run)
    ) STRICT;
    CREATE TABLE recording_stops (
      recording_id TEXT PRIMARY KEY REFERENCES recordings, stopped_ms INTEGER NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE recording_segments (
      recording_id TEXT NOT NULL REFERENCES recordings, sequence INTEGER NOT NULL,
      begin_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, frames INTEGER NOT NULL,
      evidence_id TEXT NOT NULL UNIQUE REFERENCES evidence, stored_ms INTEGER NOT NULL,
      PRIMARY KEY (recording_id, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE recording_gap_begins (
      gap_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, camera_id TEXT NOT NULL, begin_ms INTEGER NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX recording_gaps_by_camera ON recording_gap_begins (session_id, camera_id);
    CREATE TABLE recording_gap_ends (
      gap_id TEXT PRIMARY KEY REFERENCES recording_gap_begins, end_ms INTEGER NOT NULL
    ) STRICT;
    ${['recordings', 'recording_stops', 'recording_segments', 'recording_gap_begins', 'recording_gap_ends'].map(neverEdited).join('')}
  `,
};

/** What a segment is made of, and its place in the running digest. Rows from before have none of it. */
export const segmentFactsMigration: Migration = {
  id: 280,
  name: 'recording-segment-facts',
  sql: `
    ALTER TABLE recording_segments ADD COLUMN last_fragment INTEGER;
    ALTER TABLE recording_segments ADD COLUMN fragment_hashes TEXT;
    ALTER TABLE recording_segments ADD COLUMN first_mono_ms REAL;
    ALTER TABLE recording_segments ADD COLUMN last_mono_ms REAL;
    ALTER TABLE recording_segments ADD COLUMN ordinal INTEGER;
    ALTER TABLE recording_segments ADD COLUMN digest TEXT;
    ALTER TABLE recording_segments ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;
    CREATE UNIQUE INDEX recording_segments_in_order ON recording_segments (recording_id, ordinal);
  `,
};

/** What the station could only call `no-segments` is explained once a desk says why. */
export const gapReasonsMigration: Migration = {
  id: 281,
  name: 'recording-gap-reasons',
  sql: `
    CREATE TABLE recording_gap_reasons (
      gap_id TEXT PRIMARY KEY REFERENCES recording_gap_begins, reason TEXT NOT NULL
    ) STRICT;
    ${neverEdited('recording_gap_reasons')}
  `,
};

export interface Recording {
  readonly recordingId: string;
  readonly sessionId: SessionId;
  readonly cameraId: CameraId;
  readonly deskRun: string;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
  readonly deviceLabel: string;
  readonly startedMs: number;
  readonly stoppedMs: number | null;
}

const RECORDING = `SELECT r.recording_id AS recordingId, r.session_id AS sessionId, r.camera_id AS cameraId,
    r.desk_run AS deskRun, r.width, r.height, r.codec, r.device_label AS deviceLabel, r.started_ms AS startedMs,
    s.stopped_ms AS stoppedMs
  FROM recordings r LEFT JOIN recording_stops s USING (recording_id)`;

export const findRecording = (db: ReadDb, recordingId: string): Recording | null =>
  (db.prepare(`${RECORDING} WHERE r.recording_id = ?`).get(recordingId) as Recording | undefined) ?? null;

/** All runs on a camera in a session, oldest first. */
export const recordingsOf = (db: ReadDb, sessionId: string, cameraId: string): Recording[] =>
  db
    .prepare(`${RECORDING} WHERE r.session_id = ? AND r.camera_id = ? ORDER BY r.rowid`)
    .all(sessionId, cameraId) as Recording[];

/** The run after this one on the same camera, or null: whoever holds an earlier one has been taken over. */
export function laterRecording(db: ReadDb, of: Recording): Recording | null {
  const runs = recordingsOf(db, of.sessionId, of.cameraId);
  return runs[runs.findIndex((r) => r.recordingId === of.recordingId) + 1] ?? null;
}

/** The newest run of every camera that has one and whose run is not stopped. */
export const activeRecordings = (db: ReadDb): Recording[] =>
  db
    .prepare(
      `${RECORDING} WHERE s.recording_id IS NULL
         AND r.rowid = (SELECT max(rowid) FROM recordings WHERE session_id = r.session_id AND camera_id = r.camera_id)`,
    )
    .all() as Recording[];

export function insertRecording(w: WriteDb, r: Omit<Recording, 'stoppedMs'>): void {
  w.prepare(
    `INSERT INTO recordings (recording_id, session_id, camera_id, desk_run, width, height, codec, device_label, started_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(r.recordingId, r.sessionId, r.cameraId, r.deskRun, r.width, r.height, r.codec, r.deviceLabel, r.startedMs);
}

export function insertStop(w: WriteDb, recordingId: string, atMs: number, reason: string): void {
  w.prepare('INSERT INTO recording_stops (recording_id, stopped_ms, reason) VALUES (?, ?, ?)').run(
    recordingId,
    atMs,
    reason,
  );
}

export interface StoredSegment extends Interval {
  readonly recordingId: string;
  /** Number of its first fragment: segments of a recording are in order by it, and skip. */
  readonly sequence: number;
  readonly lastFragment: number;
  /** SHA-256 of each fragment, in order. */
  readonly fragmentHashes: readonly string[];
  /** When its first and last frame came, by the desk's monotonic clock. */
  readonly firstMonoMs: number | null;
  readonly lastMonoMs: number | null;
  readonly frames: number;
  readonly evidenceId: EvidenceId;
  readonly storedMs: number;
  /** Which of its recording's segments it is in the order of the journal, from 0: the order of the running digest. */
  readonly ordinal: number;
  readonly digest: string;
  /** Closed by the station from what a crash had left. */
  readonly recovered: boolean;
}

const SEGMENT = `SELECT recording_id AS recordingId, sequence, coalesce(last_fragment, sequence) AS lastFragment,
    coalesce(fragment_hashes, '') AS fragmentHashes, first_mono_ms AS firstMonoMs, last_mono_ms AS lastMonoMs,
    begin_ms AS beginMs, end_ms AS endMs, frames, evidence_id AS evidenceId, stored_ms AS storedMs,
    coalesce(ordinal, -1) AS ordinal, coalesce(digest, '') AS digest, recovered
  FROM recording_segments`;

type SegmentRow = Omit<StoredSegment, 'fragmentHashes' | 'recovered'> & { fragmentHashes: string; recovered: number };

const segmentOf = (row: unknown): StoredSegment | null => {
  if (row === undefined) return null;
  const { fragmentHashes, recovered, ...rest } = row as SegmentRow;
  return { ...rest, fragmentHashes: fragmentHashes.split(' ').filter(Boolean), recovered: recovered === 1 };
};

/** The segment that holds this fragment, or null. */
export const segmentWith = (db: ReadDb, recordingId: string, fragment: number): StoredSegment | null => {
  const row = db.prepare(`${SEGMENT} WHERE recording_id = ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1`);
  const found = segmentOf(row.get(recordingId, fragment));
  return found !== null && fragment <= found.lastFragment ? found : null;
};

/** The segment furthest on in time. */
export const lastSegment = (db: ReadDb, recordingId: string): StoredSegment | null =>
  segmentOf(db.prepare(`${SEGMENT} WHERE recording_id = ? ORDER BY sequence DESC LIMIT 1`).get(recordingId));

/** The segment put on record last: after a late recovery that is not the furthest on. */
export const newestInJournal = (db: ReadDb, recordingId: string): StoredSegment | null =>
  segmentOf(db.prepare(`${SEGMENT} WHERE recording_id = ? ORDER BY ordinal DESC LIMIT 1`).get(recordingId));

/** All segments of a recording, in order of time. */
export const segmentsOf = (db: ReadDb, recordingId: string): StoredSegment[] =>
  db
    .prepare(`${SEGMENT} WHERE recording_id = ? ORDER BY sequence`)
    .all(recordingId)
    .map((row) => segmentOf(row)!);

export function insertSegment(w: WriteDb, s: StoredSegment): void {
  w.prepare(
    `INSERT INTO recording_segments (recording_id, sequence, last_fragment, fragment_hashes, begin_ms, end_ms,
       first_mono_ms, last_mono_ms, frames, evidence_id, stored_ms, ordinal, digest, recovered)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    s.recordingId,
    s.sequence,
    s.lastFragment,
    s.fragmentHashes.join(' '),
    s.beginMs,
    s.endMs,
    s.firstMonoMs,
    s.lastMonoMs,
    s.frames,
    s.evidenceId,
    s.storedMs,
    s.ordinal,
    s.digest,
    Number(s.recovered),
  );
}

/** Intervals of one camera in a session with the plain bytes behind each, in the order they were stored. */
export const storedIntervals = (db: ReadDb, sessionId: string, cameraId: string): (Interval & { bytes: number })[] =>
  db
    .prepare(
      `SELECT g.begin_ms AS beginMs, g.end_ms AS endMs, e.size_bytes AS bytes
       FROM recording_segments g JOIN recordings r USING (recording_id) JOIN evidence e USING (evidence_id)
       WHERE r.session_id = ? AND r.camera_id = ? ORDER BY g.stored_ms, g.sequence`,
    )
    .all(sessionId, cameraId) as (Interval & { bytes: number })[];

export interface Gap {
  readonly gapId: string;
  readonly beginMs: number;
  readonly endMs: number | null;
  readonly reason: GapReason;
}

/** Every gap on record, oldest first, those that turned out to be filled (end = begin) among them. */
export const gapsOf = (db: ReadDb, sessionId: string, cameraId: string): Gap[] =>
  db
    .prepare(
      `SELECT b.gap_id AS gapId, b.begin_ms AS beginMs, e.end_ms AS endMs, coalesce(r.reason, b.reason) AS reason
       FROM recording_gap_begins b LEFT JOIN recording_gap_ends e USING (gap_id)
         LEFT JOIN recording_gap_reasons r USING (gap_id)
       WHERE b.session_id = ? AND b.camera_id = ? ORDER BY b.begin_ms, b.rowid`,
    )
    .all(sessionId, cameraId) as Gap[];

export const openGap = (db: ReadDb, sessionId: string, cameraId: string): Gap | null =>
  gapsOf(db, sessionId, cameraId).find((g) => g.endMs === null) ?? null;

export function insertGapBegin(w: WriteDb, at: { sessionId: string; cameraId: string }, gap: Gap): void {
  w.prepare(
    'INSERT INTO recording_gap_begins (gap_id, session_id, camera_id, begin_ms, reason) VALUES (?, ?, ?, ?, ?)',
  ).run(gap.gapId, at.sessionId, at.cameraId, gap.beginMs, gap.reason);
}

export function insertGapReason(w: WriteDb, gapId: string, reason: GapReason): void {
  w.prepare('INSERT INTO recording_gap_reasons (gap_id, reason) VALUES (?, ?)').run(gapId, reason);
}

export function insertGapEnd(w: WriteDb, gapId: string, endMs: number): void {
  w.prepare('INSERT INTO recording_gap_ends (gap_id, end_ms) VALUES (?, ?)').run(gapId, endMs);
}
