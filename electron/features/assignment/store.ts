import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { ExaminerId, RoomId, SessionId } from '../../lib/ids.ts';
import type { Violation } from '../examiners/violation.ts';

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
    ${['assignment_changes', 'panel_evaluations', 'evaluation_decisions'].map(neverEdited).join('')}
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

/** assignment 委派时, sign-on 考评员签到时, sealing 封存前. */
export type EvaluationStage = 'assignment' | 'sign-on' | 'sealing';

/** What somebody decided about one finding; `finding` is its place in the evaluation's list. */
export interface FindingDecision {
  finding: number;
  /** `accepted`: a warning set aside for a reason. What blocks cannot be set aside; it ends with another panel. */
  decision: 'accepted';
  reason: string;
  byStaffId: string;
  atMs: number;
  seq: number;
}

/** One evaluation of one room's panel, as it was recorded: the proof of a lawful panel stands on these. */
export interface RecordedEvaluation {
  evaluationId: string;
  sessionId: string;
  roomId: string;
  stage: EvaluationStage;
  /** Version of the panel evaluated; 0 for the plan's. */
  version: number;
  /** Who signed on; null at the other stages. */
  examinerId: string | null;
  /** Canonical JSON (RFC 8785) of the `AssignmentFacts` the rules were asked about. */
  facts: string;
  factsSha256: string;
  /** SHA-256 over the canonical JSON of the whole rule pack. */
  packSha256: string;
  /** Every one of them, with the clause's id and how grave the pack says it is; empty means lawful. */
  findings: Violation[];
  atMs: number;
  /** The journal entry that reports it. */
  seq: number;
  decisions: FindingDecision[];
}

type EvaluationRow = Omit<RecordedEvaluation, 'findings' | 'decisions'> & { findings: string };
type DecisionRow = FindingDecision & { evaluationId: string };

/** Every evaluation of a session's panels, in the order they were recorded, with what was decided about each finding. */
export function evaluationsOf(db: ReadDb, sessionId: string): RecordedEvaluation[] {
  const rows = db
    .prepare(
      `SELECT evaluation_id AS evaluationId, session_id AS sessionId, room_id AS roomId, stage, version,
         examiner_id AS examinerId, facts, facts_sha256 AS factsSha256, pack_sha256 AS packSha256, findings,
         at_ms AS atMs, seq
       FROM panel_evaluations WHERE session_id = ? ORDER BY rowid`,
    )
    .all(sessionId) as EvaluationRow[];
  const decisions = db
    .prepare(
      `SELECT d.evaluation_id AS evaluationId, d.finding, d.decision, d.reason, d.by_staff AS byStaffId,
         d.at_ms AS atMs, d.seq
       FROM evaluation_decisions d JOIN panel_evaluations USING (evaluation_id) WHERE session_id = ? ORDER BY d.rowid`,
    )
    .all(sessionId) as DecisionRow[];
  const decided = Map.groupBy(decisions, (d) => d.evaluationId);
  return rows.map((row) => ({
    ...row,
    findings: JSON.parse(row.findings) as Violation[],
    decisions: (decided.get(row.evaluationId) ?? []).map(({ evaluationId: _of, ...decision }) => decision),
  }));
}

export function insertEvaluation(w: WriteDb, e: Omit<RecordedEvaluation, 'decisions'>): void {
  w.prepare(
    `INSERT INTO panel_evaluations (evaluation_id, session_id, room_id, stage, version, examiner_id, facts, facts_sha256,
       pack_sha256, findings, at_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    e.evaluationId,
    e.sessionId,
    e.roomId,
    e.stage,
    e.version,
    e.examinerId,
    e.facts,
    e.factsSha256,
    e.packSha256,
    JSON.stringify(e.findings),
    e.atMs,
    e.seq,
  );
}

export function insertDecision(w: WriteDb, evaluationId: string, d: FindingDecision): void {
  w.prepare(
    `INSERT INTO evaluation_decisions (evaluation_id, finding, decision, reason, by_staff, at_ms, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(evaluationId, d.finding, d.decision, d.reason, d.byStaffId, d.atMs, d.seq);
}
