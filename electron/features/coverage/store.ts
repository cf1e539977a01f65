import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { Interval } from '../recording/rules.ts';

export const coverageMigration: Migration = {
  id: 300,
  name: 'coverage',
  sql: `
    -- Named by the admission: what was accepted for one that was taken back says nothing of the next.
    CREATE TABLE coverage_acceptances (
      acceptance_id TEXT PRIMARY KEY, candidate_id TEXT NOT NULL, session_id TEXT NOT NULL,
      admission TEXT NOT NULL REFERENCES attempts, reason TEXT NOT NULL, by_staff TEXT NOT NULL, second_staff TEXT NOT NULL,
      at_ms INTEGER NOT NULL, most_ms REAL NOT NULL, gaps TEXT NOT NULL
    ) STRICT;
    CREATE INDEX coverage_acceptances_by_session ON coverage_acceptances (session_id);
    ${neverEdited('coverage_acceptances')}
  `,
};

export interface AcceptedShortness {
  acceptanceId: string;
  candidateId: string;
  sessionId: string;
  /** The attempt of the admission it was accepted for. */
  admission: string;
  reason: string;
  byStaffId: string;
  secondStaffId: string;
  atMs: number;
  /** What the video showed when it was accepted, and the gaps over the limit. */
  mostMs: number;
  gaps: Interval[];
}

/** All of a session, oldest first. */
export const acceptancesIn = (db: ReadDb, sessionId: string): AcceptedShortness[] =>
  (
    db
      .prepare(
        `SELECT acceptance_id AS acceptanceId, candidate_id AS candidateId, session_id AS sessionId, admission, reason,
           by_staff AS byStaffId, second_staff AS secondStaffId, at_ms AS atMs, most_ms AS mostMs, gaps
         FROM coverage_acceptances WHERE session_id = ? ORDER BY rowid`,
      )
      .all(sessionId) as (Omit<AcceptedShortness, 'gaps'> & { gaps: string })[]
  ).map((row) => ({ ...row, gaps: JSON.parse(row.gaps) as Interval[] }));

export function insertAcceptance(w: WriteDb, a: AcceptedShortness): void {
  w.prepare(
    `INSERT INTO coverage_acceptances (acceptance_id, candidate_id, session_id, admission, reason, by_staff,
       second_staff, at_ms, most_ms, gaps) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    a.acceptanceId,
    a.candidateId,
    a.sessionId,
    a.admission,
    a.reason,
    a.byStaffId,
    a.secondStaffId,
    a.atMs,
    a.mostMs,
    JSON.stringify(a.gaps),
  );
}
