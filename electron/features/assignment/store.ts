import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { ExaminerId, RoomId, SessionId } from '../../lib/ids.ts';

export const assignmentMigration: Migration = {
  id: 220,
  name: 'assignment',
  sql: `
    -- Each change of a room's panel gives the whole panel anew; the last one is in force, before the first the plan's.
    CREATE TABLE assignment_changes (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, version INTEGER NOT NULL, plan_digest TEXT NOT NULL,
      panel TEXT NOT NULL, act TEXT NOT NULL, reason TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL,
      seq INTEGER NOT NULL, PRIMARY KEY (session_id, room_id, version)
    ) STRICT;
    -- What the rules said about a panel, with every fact they were asked about.
    CREATE TABLE panel_evaluations (
      evaluation_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, room_id TEXT NOT NULL, stage TEXT NOT NULL,
      version INTEGER NOT NULL, examiner_id TEXT, facts TEXT NOT NULL, facts_sha256 TEXT NOT NULL,
      pack_sha256 TEXT NOT NULL, findings TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX panel_evaluations_by_room ON panel_evaluations (session_id, room_id);
    CREATE TABLE evaluation_decisions (
      evaluation_id TEXT NOT NULL REFERENCES panel_evaluations, finding INTEGER NOT NULL, decision TEXT NOT NULL,
      reason TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (evaluation_id, finding)
    ) STRICT;
    -- Who is off a session: by their own word, or at the lead's demand.
    CREATE TABLE recusals (
      session_id TEXT NOT NULL, examiner_id TEXT NOT NULL, room_id TEXT NOT NULL, by TEXT NOT NULL, ground TEXT NOT NULL,
      note TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (session_id, examiner_id)
    ) STRICT;
    -- The lead hands the whole assignment in; versions of the rooms' panels as they were then.
    CREATE TABLE assignment_submissions (
      session_id TEXT NOT NULL, versions TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    -- The only institution far and wide may train and assess: the approval, and the official who watches on the day.
    CREATE TABLE sole_provider_approvals (
      session_id TEXT NOT NULL, number TEXT NOT NULL, official_staff TEXT NOT NULL, official_name TEXT NOT NULL,
      file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL, evidence_id TEXT NOT NULL REFERENCES evidence,
      by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE official_sign_ons (
      session_id TEXT NOT NULL, staff_id TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (session_id, staff_id)
    ) STRICT;
    ${[
      'assignment_changes',
      'panel_evaluations',
      'evaluation_decisions',
      'recusals',
      'assignment_submissions',
      'sole_provider_approvals',
      'official_sign_ons',
    ]
      .map(neverEdited)
      .join('')}
  `,
};

/** Somebody's place in a panel that marks: reserves and supervisors are not among them. */
export interface AssignedSeat {
  examinerId: ExaminerId;
  duty: 'lead' | 'member';
}

/**
 * What was done to a panel. `planned`: the plan's panel taken as it is; `drawn`: as it came out of the draw; `recused`: the
 * examiner took themselves off; `demanded`: the lead took them off on the day.
 */
export type AssignmentAct = 'planned' | 'drawn' | 'set' | 'replaced' | 'removed' | 'recused' | 'demanded';

export interface AssignmentChange {
  sessionId: string;
  roomId: string;
  /** From 1, each one more than the last of this room. */
  version: number;
  /** The plan it was made under: with another plan the panels begin anew from what that one plans. */
  planDigest: string;
  /** The whole panel after it, lead first. */
  panel: AssignedSeat[];
  act: AssignmentAct;
  reason: string;
  byStaffId: string;
  atMs: number;
  /** The journal entry that reports it. */
  seq: number;
}

const CHANGE = `SELECT session_id AS sessionId, room_id AS roomId, version, plan_digest AS planDigest, panel, act,
  reason, by_staff AS byStaffId, at_ms AS atMs, seq FROM assignment_changes`;
type ChangeRow = Omit<AssignmentChange, 'panel'> & { panel: string };
const changeOf = (row: ChangeRow): AssignmentChange => ({ ...row, panel: JSON.parse(row.panel) as AssignedSeat[] });

/** Changes of a session's panels, in the order they were made. */
export const changesIn = (db: ReadDb, sessionId: string): AssignmentChange[] =>
  (db.prepare(`${CHANGE} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as ChangeRow[]).map(changeOf);

/** How often a room's panel has been changed, under whatever plan: what a desk says it has seen. */
export const versionOf = (db: ReadDb, sessionId: string, roomId: string): number =>
  (
    db
      .prepare('SELECT coalesce(max(version), 0) AS n FROM assignment_changes WHERE session_id = ? AND room_id = ?')
      .get(sessionId, roomId) as { n: number }
  ).n;

/** The last change of a room's panel under a plan; null while the plan's own panel is in force. */
export function lastChange(db: ReadDb, planDigest: string, sessionId: string, roomId: string): AssignmentChange | null {
  const row = db
    .prepare(`${CHANGE} WHERE session_id = ? AND room_id = ? AND plan_digest = ? ORDER BY version DESC LIMIT 1`)
    .get(sessionId, roomId, planDigest) as ChangeRow | undefined;
  return row ? changeOf(row) : null;
}

/** The panel assigned to a room, lead first; null while the plan's is in force. */
export const assignedPanel = (
  db: ReadDb,
  planDigest: string,
  sessionId: string,
  roomId: string,
): (AssignedSeat & { sessionId: SessionId; roomId: RoomId })[] | null =>
  lastChange(db, planDigest, sessionId, roomId)?.panel.map((seat) => ({
    sessionId: sessionId as SessionId,
    roomId: roomId as RoomId,
    ...seat,
  })) ?? null;

export function insertChange(w: WriteDb, c: AssignmentChange): void {
  w.prepare(
    `INSERT INTO assignment_changes (session_id, room_id, version, plan_digest, panel, act, reason, by_staff, at_ms, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    c.sessionId,
    c.roomId,
    c.version,
    c.planDigest,
    JSON.stringify(c.panel),
    c.act,
    c.reason,
    c.byStaffId,
    c.atMs,
    c.seq,
  );
}

export interface Submission {
  /** Version of each room's panel as it was handed in. */
  versions: Record<string, number>;
  byStaffId: string;
  atMs: number;
  seq: number;
}

export const submissionsIn = (db: ReadDb, sessionId: string): Submission[] =>
  (
    db
      .prepare(
        `SELECT versions, by_staff AS byStaffId, at_ms AS atMs, seq FROM assignment_submissions
         WHERE session_id = ? ORDER BY rowid`,
      )
      .all(sessionId) as (Omit<Submission, 'versions'> & { versions: string })[]
  ).map((row) => ({ ...row, versions: JSON.parse(row.versions) as Record<string, number> }));

export function insertSubmission(w: WriteDb, sessionId: string, s: Submission): void {
  w.prepare(
    'INSERT INTO assignment_submissions (session_id, versions, by_staff, at_ms, seq) VALUES (?, ?, ?, ?, ?)',
  ).run(sessionId, JSON.stringify(s.versions), s.byStaffId, s.atMs, s.seq);
}

export { evaluationsOf, type RecordedEvaluation } from './evaluation-store.ts';
