import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { Round } from './recheck-draw.ts';
import type { MovementKind } from './rules.ts';

export const presenceMigration: Migration = {
  id: 160,
  name: 'presence',
  sql: `
    -- Everything since an admission, named by its attempt: what belongs to one that was taken back counts no more.
    CREATE TABLE movements (
      movement_id TEXT PRIMARY KEY, candidate_id TEXT NOT NULL, session_id TEXT NOT NULL, room_id TEXT NOT NULL,
      admission TEXT NOT NULL REFERENCES attempts, kind TEXT NOT NULL, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL,
      note TEXT NOT NULL, attempt_id TEXT, evidence_id TEXT REFERENCES evidence
    ) STRICT;
    CREATE INDEX movements_by_admission ON movements (admission);
    CREATE INDEX movements_by_session ON movements (session_id);
    CREATE TABLE recheck_draws (
      session_id TEXT NOT NULL, round INTEGER NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL, present TEXT NOT NULL,
      at_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL, PRIMARY KEY (session_id, round)
    ) STRICT;
    CREATE TABLE rechecks (
      recheck_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, round INTEGER NOT NULL, room_id TEXT NOT NULL,
      candidate_id TEXT NOT NULL, admission TEXT NOT NULL REFERENCES attempts, due_ms INTEGER NOT NULL,
      FOREIGN KEY (session_id, round) REFERENCES recheck_draws
    ) STRICT;
    CREATE INDEX rechecks_by_session ON rechecks (session_id, due_ms);
    -- A missed comparison of faces decides nothing; of what decides there is one.
    CREATE TABLE recheck_results (
      recheck_id TEXT NOT NULL REFERENCES rechecks, kind TEXT NOT NULL, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL,
      second_staff TEXT, note TEXT NOT NULL, comparison TEXT, evidence_id TEXT REFERENCES evidence,
      PRIMARY KEY (recheck_id, kind)
    ) STRICT;
    CREATE UNIQUE INDEX recheck_decided_once ON recheck_results (recheck_id) WHERE kind <> 'face-missed';
    ${['movements', 'recheck_draws', 'rechecks', 'recheck_results'].map(neverEdited).join('')}
  `,
};

export interface Movement {
  movementId: string;
  candidateId: string;
  sessionId: string;
  roomId: string;
  /** The attempt of the admission it belongs to. */
  admission: string;
  kind: MovementKind;
  atMs: number;
  byStaffId: string;
  note: string;
  /** The attempt at the door that let them in again. */
  attemptId: string | null;
  /** The candidate's own signature on leaving. */
  evidenceId: string | null;
}

const MOVEMENT = `SELECT movement_id AS movementId, candidate_id AS candidateId, session_id AS sessionId,
  room_id AS roomId, admission, kind, at_ms AS atMs, by_staff AS byStaffId, note, attempt_id AS attemptId,
  evidence_id AS evidenceId FROM movements`;

/** The last movement since an admission. */
export const lastMovement = (db: ReadDb, admission: string): Movement | null =>
  (db.prepare(`${MOVEMENT} WHERE admission = ? ORDER BY rowid DESC LIMIT 1`).get(admission) as Movement | undefined) ??
  null;

/** The last movement since each admission of a session that has one, by the admission's attempt. */
export const lastMovementsIn = (db: ReadDb, sessionId: string): Map<string, Movement> =>
  new Map(
    (
      db
        .prepare(
          `${MOVEMENT} WHERE rowid IN (SELECT max(rowid) FROM movements WHERE session_id = ? GROUP BY admission)`,
        )
        .all(sessionId) as Movement[]
    ).map((m) => [m.admission, m]),
  );

/** Movements of a session, oldest first. */
export const movementsIn = (db: ReadDb, sessionId: string): Movement[] =>
  db.prepare(`${MOVEMENT} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as Movement[];

export function insertMovement(w: WriteDb, m: Movement): void {
  w.prepare(
    `INSERT INTO movements (movement_id, candidate_id, session_id, room_id, admission, kind, at_ms, by_staff, note,
       attempt_id, evidence_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    m.movementId,
    m.candidateId,
    m.sessionId,
    m.roomId,
    m.admission,
    m.kind,
    m.atMs,
    m.byStaffId,
    m.note,
    m.attemptId,
    m.evidenceId,
  );
}

export interface RecheckDraw {
  round: Round;
  size: number;
  root: string;
  /** Candidate ids among whom was drawn. */
  present: string[];
  atMs: number;
  endsAtMs: number;
}

export const drawsIn = (db: ReadDb, sessionId: string): RecheckDraw[] =>
  (
    db
      .prepare(
        `SELECT round, size, root, present, at_ms AS atMs, ends_ms AS endsAtMs FROM recheck_draws
         WHERE session_id = ? ORDER BY round`,
      )
      .all(sessionId) as (Omit<RecheckDraw, 'present'> & { present: string })[]
  ).map((row) => ({ ...row, present: JSON.parse(row.present) as string[] }));

export function insertDraw(w: WriteDb, sessionId: string, d: RecheckDraw): void {
  w.prepare(
    'INSERT INTO recheck_draws (session_id, round, size, root, present, at_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(sessionId, d.round, d.size, d.root, JSON.stringify(d.present), d.atMs, d.endsAtMs);
}

export interface RecheckRow {
  recheckId: string;
  sessionId: string;
  round: Round;
  roomId: string;
  candidateId: string;
  /** The attempt of the admission it was drawn from. */
  admission: string;
  dueAtMs: number;
}

const RECHECK = `SELECT recheck_id AS recheckId, session_id AS sessionId, round, room_id AS roomId,
  candidate_id AS candidateId, admission, due_ms AS dueAtMs FROM rechecks`;

export const findRecheck = (db: ReadDb, recheckId: string): RecheckRow | null =>
  (db.prepare(`${RECHECK} WHERE recheck_id = ?`).get(recheckId) as RecheckRow | undefined) ?? null;

/** Re-checks of a session, by due time. */
export const rechecksIn = (db: ReadDb, sessionId: string): RecheckRow[] =>
  db.prepare(`${RECHECK} WHERE session_id = ? ORDER BY due_ms, recheck_id`).all(sessionId) as RecheckRow[];

export function insertRecheck(w: WriteDb, r: RecheckRow): void {
  w.prepare(
    `INSERT INTO rechecks (recheck_id, session_id, round, room_id, candidate_id, admission, due_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(r.recheckId, r.sessionId, r.round, r.roomId, r.candidateId, r.admission, r.dueAtMs);
}

/** What the faces said. `threshold`: from which cosine they agree. */
export interface Comparison {
  engine: string;
  threshold: number;
  planScore: number | null;
  admissionScore: number | null;
  frameSha256: string[];
  /** The camera's label, as the browser gives it. */
  camera: string;
}

export interface RecheckResult {
  recheckId: string;
  kind: 'face-same' | 'face-missed' | 'eye-same' | 'eye-doubt';
  atMs: number;
  byStaffId: string;
  secondStaffId: string | null;
  note: string;
  comparison: Comparison | null;
  evidenceId: string | null;
}

const RESULT = `SELECT recheck_id AS recheckId, kind, at_ms AS atMs, by_staff AS byStaffId,
  second_staff AS secondStaffId, note, comparison, evidence_id AS evidenceId FROM recheck_results`;

type ResultRow = Omit<RecheckResult, 'comparison'> & { comparison: string | null };
const resultOf = (row: ResultRow): RecheckResult => ({
  ...row,
  comparison: row.comparison === null ? null : (JSON.parse(row.comparison) as Comparison),
});

/** What became of a re-check so far, oldest first. */
export const resultsOf = (db: ReadDb, recheckId: string): RecheckResult[] =>
  (db.prepare(`${RESULT} WHERE recheck_id = ? ORDER BY rowid`).all(recheckId) as ResultRow[]).map(resultOf);

export const resultsIn = (db: ReadDb, sessionId: string): RecheckResult[] =>
  (
    db
      .prepare(`${RESULT} WHERE recheck_id IN (SELECT recheck_id FROM rechecks WHERE session_id = ?) ORDER BY rowid`)
      .all(sessionId) as ResultRow[]
  ).map(resultOf);

export function insertResult(w: WriteDb, r: RecheckResult): void {
  w.prepare(
    `INSERT INTO recheck_results (recheck_id, kind, at_ms, by_staff, second_staff, note, comparison, evidence_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    r.recheckId,
    r.kind,
    r.atMs,
    r.byStaffId,
    r.secondStaffId,
    r.note,
    r.comparison && JSON.stringify(r.comparison),
    r.evidenceId,
  );
}
