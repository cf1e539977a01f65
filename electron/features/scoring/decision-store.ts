import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { DecisionBody } from './decisions-contract.ts';

export const decisionsMigration: Migration = {
  id: 242,
  name: 'score-decisions',
  sql: `
    -- What was decided about marks after they were locked: conferences, corrections, codes. Nothing here replaces a row.
    CREATE TABLE score_decisions (
      decision_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, room_id TEXT NOT NULL, number TEXT NOT NULL,
      body TEXT NOT NULL, reason TEXT NOT NULL, check_code TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL,
      by_examiner TEXT, at_ms INTEGER NOT NULL, evidence_id TEXT NOT NULL REFERENCES evidence
    ) STRICT;
    CREATE INDEX score_decisions_by_session ON score_decisions (session_id, room_id);
    CREATE TABLE decision_checks (
      decision_id TEXT PRIMARY KEY REFERENCES score_decisions, agrees INTEGER NOT NULL, note TEXT NOT NULL,
      by_staff TEXT NOT NULL, by_name TEXT NOT NULL, by_examiner TEXT, at_ms INTEGER NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence
    ) STRICT;
    ${neverEdited('score_decisions')}
    ${neverEdited('decision_checks')}
  `,
};

/** One person's act under a decision, and the evidence that holds the strokes. */
export interface DecisionHand {
  staffId: string;
  name: string;
  /** Under the plan in force then; null for who is no examiner. */
  examinerId: string | null;
  atMs: number;
  evidenceId: string;
}

export interface Decision {
  decisionId: string;
  sessionId: string;
  roomId: string;
  /** Anonymous number, or ticket number of a theory session or a code. */
  number: string;
  body: DecisionBody;
  reason: string;
  checkCode: string;
  by: DecisionHand;
  /** In force only where it agrees. */
  check: (DecisionHand & { agrees: boolean; note: string }) | null;
}

interface Row {
  decision_id: string;
  session_id: string;
  room_id: string;
  number: string;
  body: string;
  reason: string;
  check_code: string;
  by_staff: string;
  by_name: string;
  by_examiner: string | null;
  at_ms: number;
  evidence_id: string;
  c_agrees: number | null;
  c_note: string;
  c_staff: string;
  c_name: string;
  c_examiner: string | null;
  c_ms: number;
  c_evidence: string;
}

const DECISION = `SELECT d.*, c.agrees AS c_agrees, c.note AS c_note, c.by_staff AS c_staff, c.by_name AS c_name,
  c.by_examiner AS c_examiner, c.at_ms AS c_ms, c.evidence_id AS c_evidence
  FROM score_decisions d LEFT JOIN decision_checks c USING (decision_id)`;

const decisionOf = (r: Row): Decision => ({
  decisionId: r.decision_id,
  sessionId: r.session_id,
  roomId: r.room_id,
  number: r.number,
  body: JSON.parse(r.body) as DecisionBody,
  reason: r.reason,
  checkCode: r.check_code,
  by: { staffId: r.by_staff, name: r.by_name, examinerId: r.by_examiner, atMs: r.at_ms, evidenceId: r.evidence_id },
  check:
    r.c_agrees === null
      ? null
      : {
          staffId: r.c_staff,
          name: r.c_name,
          examinerId: r.c_examiner,
          atMs: r.c_ms,
          evidenceId: r.c_evidence,
          agrees: r.c_agrees === 1,
          note: r.c_note,
        },
});

/** Decisions of a session, or of one of its rooms, in the order they were made. */
export const decisionsIn = (db: ReadDb, sessionId: string, roomId: string | null = null): Decision[] =>
  (
    db
      .prepare(`${DECISION} WHERE d.session_id = ? AND (? IS NULL OR d.room_id = ?) ORDER BY d.rowid`)
      .all(sessionId, roomId, roomId) as Row[]
  ).map(decisionOf);

export function findDecision(db: ReadDb, decisionId: string): Decision | null {
  const row = db.prepare(`${DECISION} WHERE d.decision_id = ?`).get(decisionId) as Row | undefined;
  return row ? decisionOf(row) : null;
}

export function insertDecision(w: WriteDb, d: Omit<Decision, 'check'>): void {
  w.prepare(
    `INSERT INTO score_decisions (decision_id, session_id, room_id, number, body, reason, check_code, by_staff, by_name,
       by_examiner, at_ms, evidence_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    d.decisionId,
    d.sessionId,
    d.roomId,
    d.number,
    JSON.stringify(d.body),
    d.reason,
    d.checkCode,
    d.by.staffId,
    d.by.name,
    d.by.examinerId,
    d.by.atMs,
    d.by.evidenceId,
  );
}

export function insertCheck(w: WriteDb, decisionId: string, c: NonNullable<Decision['check']>): void {
  w.prepare(
    `INSERT INTO decision_checks (decision_id, agrees, note, by_staff, by_name, by_examiner, at_ms, evidence_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(decisionId, Number(c.agrees), c.note, c.staffId, c.name, c.examinerId, c.atMs, c.evidenceId);
}
