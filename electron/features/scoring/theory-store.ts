import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';

export const theoryMigration: Migration = {
  id: 244,
  name: 'theory',
  sql: `
    -- The marks of a theory session, accepted whole: out of a machine's file, or typed twice.
    CREATE TABLE theory_results (
      session_id TEXT PRIMARY KEY, source TEXT NOT NULL, file_name TEXT, file_sha256 TEXT,
      file_evidence TEXT REFERENCES evidence, marks TEXT NOT NULL, check_code TEXT NOT NULL, by_staff TEXT NOT NULL,
      by_name TEXT NOT NULL, second_staff TEXT, second_name TEXT, at_ms INTEGER NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence
    ) STRICT;
    -- Working state until both have finished; every change is in the journal all the same.
    CREATE TABLE theory_typed (
      session_id TEXT NOT NULL, staff_id TEXT NOT NULL, candidate_id TEXT NOT NULL, tenths INTEGER,
      version INTEGER NOT NULL, desk TEXT NOT NULL, saved_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, staff_id, candidate_id)
    ) STRICT;
    CREATE TABLE theory_typists (
      session_id TEXT NOT NULL, staff_id TEXT NOT NULL, finished_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, staff_id)
    ) STRICT;
    CREATE TABLE theory_settled (
      session_id TEXT NOT NULL, candidate_id TEXT NOT NULL, tenths INTEGER NOT NULL, reason TEXT NOT NULL,
      by_staff TEXT NOT NULL, second_staff TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    -- A score keeper's word, once a session, to be neither site staff nor trainer.
    CREATE TABLE keeper_declarations (
      session_id TEXT NOT NULL, staff_id TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (session_id, staff_id)
    ) STRICT;
    ${['theory_results', 'theory_typists', 'theory_settled', 'keeper_declarations'].map(neverEdited).join('')}
  `,
};

export interface TheoryResult {
  sessionId: string;
  source: 'machine' | 'typed-twice';
  fileName: string | null;
  fileSha256: string | null;
  fileEvidence: string | null;
  /** Tenths by candidate. */
  marks: Readonly<Record<string, number>>;
  checkCode: string;
  byStaff: string;
  byName: string;
  secondStaff: string | null;
  secondName: string | null;
  atMs: number;
  evidenceId: string;
}

export function theoryResultOf(db: ReadDb, sessionId: string): TheoryResult | null {
  const row = db
    .prepare(
      `SELECT session_id AS sessionId, source, file_name AS fileName, file_sha256 AS fileSha256,
         file_evidence AS fileEvidence, marks, check_code AS checkCode, by_staff AS byStaff, by_name AS byName,
         second_staff AS secondStaff, second_name AS secondName, at_ms AS atMs, evidence_id AS evidenceId
       FROM theory_results WHERE session_id = ?`,
    )
    .get(sessionId) as (Omit<TheoryResult, 'marks'> & { marks: string }) | undefined;
  return row ? { ...row, marks: JSON.parse(row.marks) as Record<string, number> } : null;
}

export function insertTheoryResult(w: WriteDb, t: TheoryResult): void {
  w.prepare(
    `INSERT INTO theory_results (session_id, source, file_name, file_sha256, file_evidence, marks, check_code, by_staff,
       by_name, second_staff, second_name, at_ms, evidence_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    t.sessionId,
    t.source,
    t.fileName,
    t.fileSha256,
    t.fileEvidence,
    JSON.stringify(t.marks),
    t.checkCode,
    t.byStaff,
    t.byName,
    t.secondStaff,
    t.secondName,
    t.atMs,
    t.evidenceId,
  );
}

export interface Typed {
  staffId: string;
  candidateId: string;
  tenths: number | null;
  version: number;
  desk: string;
  savedMs: number;
}

export const typedIn = (db: ReadDb, sessionId: string): Typed[] =>
  db
    .prepare(
      `SELECT staff_id AS staffId, candidate_id AS candidateId, tenths, version, desk, saved_ms AS savedMs
       FROM theory_typed WHERE session_id = ? ORDER BY rowid`,
    )
    .all(sessionId) as Typed[];

export function saveTyped(w: WriteDb, sessionId: string, t: Typed): void {
  w.prepare(
    `INSERT INTO theory_typed (session_id, staff_id, candidate_id, tenths, version, desk, saved_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET tenths = excluded.tenths, version = excluded.version,
       desk = excluded.desk, saved_ms = excluded.saved_ms`,
  ).run(sessionId, t.staffId, t.candidateId, t.tenths, t.version, t.desk, t.savedMs);
}

/** Who has finished typing, in the order they did. */
export const finishedTypists = (db: ReadDb, sessionId: string): { staffId: string; finishedMs: number }[] =>
  db
    .prepare(
      'SELECT staff_id AS staffId, finished_ms AS finishedMs FROM theory_typists WHERE session_id = ? ORDER BY rowid',
    )
    .all(sessionId) as { staffId: string; finishedMs: number }[];

export function insertFinished(w: WriteDb, sessionId: string, staffId: string, finishedMs: number): void {
  w.prepare('INSERT INTO theory_typists (session_id, staff_id, finished_ms) VALUES (?, ?, ?)').run(
    sessionId,
    staffId,
    finishedMs,
  );
}

export interface Settled {
  candidateId: string;
  tenths: number;
  reason: string;
  byStaff: string;
  secondStaff: string;
  atMs: number;
}

/** Oldest first; of one candidate the last counts. */
export const settledIn = (db: ReadDb, sessionId: string): Settled[] =>
  db
    .prepare(
      `SELECT candidate_id AS candidateId, tenths, reason, by_staff AS byStaff, second_staff AS secondStaff, at_ms AS atMs
       FROM theory_settled WHERE session_id = ? ORDER BY rowid`,
    )
    .all(sessionId) as Settled[];

export function insertSettled(w: WriteDb, sessionId: string, s: Settled): void {
  w.prepare(
    `INSERT INTO theory_settled (session_id, candidate_id, tenths, reason, by_staff, second_staff, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(sessionId, s.candidateId, s.tenths, s.reason, s.byStaff, s.secondStaff, s.atMs);
}

export const declarationsOf = (db: ReadDb, sessionId: string): { staffId: string; atMs: number }[] =>
  db
    .prepare('SELECT staff_id AS staffId, at_ms AS atMs FROM keeper_declarations WHERE session_id = ? ORDER BY rowid')
    .all(sessionId) as { staffId: string; atMs: number }[];

export function insertDeclaration(w: WriteDb, sessionId: string, staffId: string, atMs: number): void {
  w.prepare('INSERT INTO keeper_declarations (session_id, staff_id, at_ms) VALUES (?, ?, ?)').run(
    sessionId,
    staffId,
    atMs,
  );
}

/** Sessions whose marks came out of this file. */
export const theorySessionsOfFile = (db: ReadDb, fileSha256: string): string[] =>
  (
    db.prepare('SELECT session_id AS id FROM theory_results WHERE file_sha256 = ?').all(fileSha256) as { id: string }[]
  ).map((r) => r.id);
