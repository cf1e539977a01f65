import type { ReadDb, WriteDb } from '../../db/database.ts';
import type { Violation } from '../examiners/violation.ts';

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
