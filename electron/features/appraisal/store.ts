import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { Aspects } from './contract.ts';

export const appraisalMigration: Migration = {
  id: 260,
  name: 'appraisal',
  sql: `
    -- A later appraisal by the same role stands beside the earlier one; the last counts.
    CREATE TABLE appraisals (
      appraisal_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, examiner_id TEXT NOT NULL, card_number TEXT NOT NULL,
      name TEXT NOT NULL, by_role TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL, result TEXT NOT NULL,
      aspects TEXT NOT NULL, remark TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX appraisals_by_session ON appraisals (session_id);
    CREATE INDEX appraisals_by_person ON appraisals (card_number, name);
    ${neverEdited('appraisals')}
  `,
};

/** What one of the two said about an examiner's work in one session (工作考核). */
export interface Appraisal {
  appraisalId: string;
  sessionId: string;
  /** Under the plan in force then; the person is told by card and name. */
  examinerId: string;
  cardNumber: string;
  name: string;
  byRole: 'site-lead' | 'supervisor';
  byStaffId: string;
  byName: string;
  result: 'fit' | 'unfit';
  aspects: Aspects;
  remark: string;
  atMs: number;
  /** The journal entry that reports it. */
  seq: number;
}

const SELECT = `SELECT appraisal_id AS appraisalId, session_id AS sessionId, examiner_id AS examinerId,
  card_number AS cardNumber, name, by_role AS byRole, by_staff AS byStaffId, by_name AS byName, result, aspects, remark,
  at_ms AS atMs, seq FROM appraisals`;
type Row = Omit<Appraisal, 'aspects'> & { aspects: string };
const appraisalOf = (row: Row): Appraisal => ({ ...row, aspects: JSON.parse(row.aspects) as Aspects });

/** Every appraisal of a session, in the order they were given. */
export const appraisalsIn = (db: ReadDb, sessionId: string): Appraisal[] =>
  (db.prepare(`${SELECT} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as Row[]).map(appraisalOf);

/** Every appraisal of a person at this station, the newest first. */
export const appraisalsOf = (db: ReadDb, { cardNumber, name }: { cardNumber: string; name: string }): Appraisal[] =>
  (db.prepare(`${SELECT} WHERE card_number = ? AND name = ? ORDER BY rowid DESC`).all(cardNumber, name) as Row[]).map(
    appraisalOf,
  );

export function insertAppraisal(w: WriteDb, a: Appraisal): void {
  w.prepare(
    `INSERT INTO appraisals (appraisal_id, session_id, examiner_id, card_number, name, by_role, by_staff, by_name, result,
       aspects, remark, at_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    a.appraisalId,
    a.sessionId,
    a.examinerId,
    a.cardNumber,
    a.name,
    a.byRole,
    a.byStaffId,
    a.byName,
    a.result,
    JSON.stringify(a.aspects),
    a.remark,
    a.atMs,
    a.seq,
  );
}
