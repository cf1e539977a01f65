import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';

export const supervisorRecordMigration: Migration = {
  id: 372,
  name: 'supervisor-record',
  sql: `
    -- That there is one. What it says lies in the vault, and this station has no key to it.
    CREATE TABLE supervisor_records (
      record_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, evidence_id TEXT NOT NULL REFERENCES evidence,
      recipient TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('supervisor_records')}
  `,
};

export interface SupervisorRecord {
  recordId: string;
  evidenceId: string;
  recipient: string;
  byStaff: string;
  byName: string;
  atMs: number;
  storedSha256: string;
  bytes: number;
}

/** Oldest first. */
export const supervisorRecordsIn = (db: ReadDb, sessionId: string): SupervisorRecord[] =>
  db
    .prepare(
      `SELECT record_id AS recordId, evidence_id AS evidenceId, recipient, by_staff AS byStaff, by_name AS byName,
         at_ms AS atMs, stored_sha256 AS storedSha256, stored_bytes AS bytes
       FROM supervisor_records r JOIN evidence USING (evidence_id) WHERE r.session_id = ? ORDER BY r.rowid`,
    )
    .all(sessionId) as SupervisorRecord[];

export function insertSupervisorRecord(
  w: WriteDb,
  sessionId: string,
  r: Omit<SupervisorRecord, 'storedSha256' | 'bytes'>,
): void {
  w.prepare(
    `INSERT INTO supervisor_records (record_id, session_id, evidence_id, recipient, by_staff, by_name, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(r.recordId, sessionId, r.evidenceId, r.recipient, r.byStaff, r.byName, r.atMs);
}
