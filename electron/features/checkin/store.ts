import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { Attempt, Outcome } from './attempt-schema.ts';
import type { LikeFact } from './lookalike-fact.ts';
import { inTodaysShape, type StoredRecord } from './older-records.ts';
import type { WhatElseDecided } from './what-decided.ts';
import type { Seen } from './what-was-seen.ts';

export const checkinMigration: Migration = {
  id: 70,
  name: 'checkin',
  sql: `
    -- One row an attempt, written when it closes: the record is the JSON that goes into volume 3.
    CREATE TABLE attempts (
      attempt_id TEXT PRIMARY KEY, session_id TEXT, room_id TEXT NOT NULL, candidate_id TEXT, outcome TEXT NOT NULL,
      started_ms INTEGER NOT NULL, closed_ms INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempts_by_candidate ON attempts (candidate_id, closed_ms);
    -- The primary key is what keeps two lanes from admitting one person twice.
    CREATE TABLE admissions (
      candidate_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, room_id TEXT NOT NULL,
      attempt_id TEXT NOT NULL REFERENCES attempts, at_ms INTEGER NOT NULL, by_name TEXT NOT NULL
    ) STRICT;
    ${neverEdited('attempts')}
    ${neverEdited('admissions')}
  `,
};

export const arrivalsMigration: Migration = {
  id: 110,
  name: 'arrivals',
  sql: `
    -- When a candidate first stood at their door in an attempt, written while it is open.
    CREATE TABLE arrivals (
      attempt_id TEXT PRIMARY KEY, candidate_id TEXT NOT NULL, session_id TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX arrivals_by_candidate ON arrivals (candidate_id, at_ms);
    INSERT INTO arrivals SELECT attempt_id, candidate_id, session_id, started_ms FROM attempts
      WHERE outcome = 'set-aside' AND candidate_id IS NOT NULL AND session_id IS NOT NULL;
    ${neverEdited('arrivals')}
  `,
};

export const admissionTurnsMigration: Migration = {
  id: 130,
  name: 'admission-turns',
  sql: `
    -- A candidate may be admitted again once an admission has been taken back. An admission stands while no row takes it
    -- back; a turn is the number of those taken back and one, so that the key keeps two lanes from admitting one person
    -- twice, and the trigger whoever would count otherwise.
    CREATE TABLE admission_turns (
      candidate_id TEXT NOT NULL, turn INTEGER NOT NULL CHECK (turn >= 1), session_id TEXT NOT NULL, room_id TEXT NOT NULL,
      attempt_id TEXT NOT NULL REFERENCES attempts, at_ms INTEGER NOT NULL, by_name TEXT NOT NULL,
      PRIMARY KEY (candidate_id, turn)
    ) STRICT;
    CREATE TABLE admissions_undone (
      candidate_id TEXT NOT NULL, turn INTEGER NOT NULL, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL,
      lead_staff TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (candidate_id, turn), FOREIGN KEY (candidate_id, turn) REFERENCES admission_turns
    ) STRICT;
    CREATE INDEX admission_turns_by_session ON admission_turns (session_id, at_ms);
    INSERT INTO admission_turns SELECT candidate_id, 1, session_id, room_id, attempt_id, at_ms, by_name FROM admissions;
    DROP TABLE admissions;
    CREATE VIEW standing_admissions AS
      SELECT * FROM admission_turns t WHERE NOT EXISTS (
        SELECT 1 FROM admissions_undone u WHERE u.candidate_id = t.candidate_id AND u.turn = t.turn);
    CREATE TRIGGER admission_turns_one_stands BEFORE INSERT ON admission_turns
      WHEN EXISTS (SELECT 1 FROM standing_admissions s WHERE s.candidate_id = NEW.candidate_id)
      BEGIN SELECT RAISE(ABORT, 'this candidate is admitted already'); END;
    ${neverEdited('admission_turns')}
    ${neverEdited('admissions_undone')}
  `,
};

export const suspicionsMigration: Migration = {
  id: 170,
  name: 'suspicions',
  sql: `
    -- A face was taken for somebody else's (疑似替考). It binds every later attempt of this candidate until it is settled; ids
    -- and numbers alone.
    CREATE TABLE suspicions (
      suspicion_id INTEGER PRIMARY KEY, candidate_id TEXT NOT NULL, session_id TEXT NOT NULL, attempt_id TEXT NOT NULL,
      at_ms INTEGER NOT NULL, fact TEXT NOT NULL
    ) STRICT;
    CREATE INDEX suspicions_by_candidate ON suspicions (candidate_id);
    CREATE TABLE suspicions_settled (
      suspicion_id INTEGER PRIMARY KEY REFERENCES suspicions, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL, note TEXT NOT NULL
    ) STRICT;
    ${neverEdited('suspicions')}
    ${neverEdited('suspicions_settled')}
  `,
};

export const lateSuspicionsMigration: Migration = {
  id: 380,
  name: 'late-suspicions',
  sql: `
    -- Which suspicions were found when their attempt was closed already, and at whose door: told to office and lane.
    CREATE TABLE suspicions_late (
      suspicion_id INTEGER PRIMARY KEY REFERENCES suspicions, room_id TEXT NOT NULL, lane INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('suspicions_late')}
  `,
};

/** What is kept of a closed attempt: the attempt as the desk last saw it, and what it rests on. */
export interface AttemptRecord extends WhatElseDecided {
  attempt: Attempt;
  by: string;
  second: string | null;
  /** `saw`: the two persons, the one at the desk first. */
  manual: { reason: string; note: string; checks: string[]; saw: Seen[] } | null;
  engine: { name: string; models: { file: string; sha256: string }[]; pass: number; near: number } | null;
  /** SHA-256 of each good live frame as analysed; the first is the one kept as a picture. */
  frameSha256: string[];
  evidence: { kind: string; evidenceId: string; sha256: string }[];
}

/** An admission that stands: nobody has taken it back. */
export interface Admission {
  candidateId: string;
  /** From 1; above it, of somebody whose earlier admissions were taken back. */
  turn: number;
  roomId: string;
  attemptId: string;
  atMs: number;
  byName: string;
  /** By two persons. */
  byHand: boolean;
}

export function insertAttempt(
  w: WriteDb,
  place: { sessionId: string | null; roomId: string },
  outcome: Outcome,
  record: AttemptRecord,
): void {
  const a = record.attempt;
  w.prepare(
    `INSERT INTO attempts (attempt_id, session_id, room_id, candidate_id, outcome, started_ms, closed_ms, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    a.attemptId,
    place.sessionId,
    place.roomId,
    a.candidateId,
    outcome,
    a.startedAtMs,
    a.closedAtMs,
    JSON.stringify(record),
  );
}

/** @throws SqliteError when the candidate is admitted already: two lanes at once are told apart here */
export function insertAdmission(w: WriteDb, sessionId: string, a: Omit<Admission, 'byHand' | 'turn'>): void {
  w.prepare(
    `INSERT INTO admission_turns (candidate_id, turn, session_id, room_id, attempt_id, at_ms, by_name)
     VALUES (?, 1 + (SELECT count(*) FROM admissions_undone WHERE candidate_id = ?), ?, ?, ?, ?, ?)`,
  ).run(a.candidateId, a.candidateId, sessionId, a.roomId, a.attemptId, a.atMs, a.byName);
}

export interface UndoneAdmission {
  candidateId: string;
  turn: number;
  atMs: number;
  byStaffId: string;
  leadStaffId: string;
  reason: string;
}

export function insertUndone(w: WriteDb, u: UndoneAdmission): void {
  w.prepare(
    `INSERT INTO admissions_undone (candidate_id, turn, at_ms, by_staff, lead_staff, reason)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(u.candidateId, u.turn, u.atMs, u.byStaffId, u.leadStaffId, u.reason);
}

/** Admissions of a session that were taken back, in the order they were, with the attempt that had admitted. */
export const undoneIn = (db: ReadDb, sessionId: string): (UndoneAdmission & { attemptId: string })[] =>
  db
    .prepare(
      `SELECT u.candidate_id AS candidateId, u.turn, u.at_ms AS atMs, u.by_staff AS byStaffId,
         u.lead_staff AS leadStaffId, u.reason, t.attempt_id AS attemptId
       FROM admissions_undone u JOIN admission_turns t USING (candidate_id, turn)
       WHERE t.session_id = ? ORDER BY u.rowid`,
    )
    .all(sessionId) as (UndoneAdmission & { attemptId: string })[];

const ADMISSION = `
  SELECT p.candidate_id AS candidateId, p.turn, p.room_id AS roomId, p.attempt_id AS attemptId, p.at_ms AS atMs,
    p.by_name AS byName, a.outcome = 'admitted-by-hand' AS byHand
  FROM standing_admissions p JOIN attempts a USING (attempt_id)`;

type AdmissionRow = Omit<Admission, 'byHand'> & { byHand: number };

const admissionOf = (row: AdmissionRow): Admission => ({ ...row, byHand: row.byHand === 1 });

export const findAdmission = (db: ReadDb, candidateId: string): Admission | null => {
  const row = db.prepare(`${ADMISSION} WHERE p.candidate_id = ?`).get(candidateId) as AdmissionRow | undefined;
  return row ? admissionOf(row) : null;
};

/** Admissions of a session that stand, by time. */
export const admissionsIn = (db: ReadDb, sessionId: string): Admission[] =>
  (db.prepare(`${ADMISSION} WHERE p.session_id = ? ORDER BY p.at_ms`).all(sessionId) as AdmissionRow[]).map(
    admissionOf,
  );

export function insertArrival(
  w: WriteDb,
  a: { attemptId: string; candidateId: string; sessionId: string; startedAtMs: number },
): void {
  w.prepare('INSERT INTO arrivals (attempt_id, candidate_id, session_id, at_ms) VALUES (?, ?, ?, ?)').run(
    a.attemptId,
    a.candidateId,
    a.sessionId,
    a.startedAtMs,
  );
}

/**
 * Wall time at which a candidate first came in an attempt that did not end by their leaving: they were set aside or held,
 * the station ended while they stood there, or they were admitted and that was taken back. Null where they never did; who
 * only looked in and left comes anew.
 */
export const earlierArrivalMs = (db: ReadDb, candidateId: string): number | null =>
  (
    db
      .prepare(
        `SELECT min(arrivals.at_ms) AS ms FROM arrivals LEFT JOIN attempts USING (attempt_id)
         WHERE arrivals.candidate_id = ? AND (attempts.outcome IS NULL OR attempts.outcome IN ('set-aside', 'held')
           OR attempt_id IN (SELECT t.attempt_id FROM admission_turns t JOIN admissions_undone u USING (candidate_id, turn)))`,
      )
      .get(candidateId) as { ms: number | null }
  ).ms;

export interface AttemptRow {
  candidateId: string;
  outcome: Outcome;
  closedAtMs: number;
}

/** Closed attempts of a session's candidates in the order they were closed, whatever the wall clock said meanwhile. */
export const attemptsIn = (db: ReadDb, sessionId: string): AttemptRow[] =>
  db
    .prepare(
      `SELECT candidate_id AS candidateId, outcome, closed_ms AS closedAtMs FROM attempts
       WHERE session_id = ? AND candidate_id IS NOT NULL ORDER BY rowid`,
    )
    .all(sessionId) as AttemptRow[];

/** Whole records of a session as they were written, by whatever version, oldest first: what volume 3 holds. */
export const recordsIn = (db: ReadDb, sessionId: string): AttemptRecord[] =>
  (
    db.prepare('SELECT record FROM attempts WHERE session_id = ? ORDER BY closed_ms, rowid').all(sessionId) as {
      record: string;
    }[]
  ).map((r) => JSON.parse(r.record) as AttemptRecord);

/** The record of an attempt in today's shape, whichever version wrote it. */
export const findRecord = (db: ReadDb, attemptId: string): AttemptRecord | null => {
  const row = db.prepare('SELECT record FROM attempts WHERE attempt_id = ?').get(attemptId) as
    | { record: string }
    | undefined;
  return row ? inTodaysShape(JSON.parse(row.record) as StoredRecord) : null;
};

/** The record of a candidate's newest attempt in a session, in today's shape. */
export const lastRecordOf = (db: ReadDb, candidateId: string, sessionId: string): AttemptRecord | null => {
  const row = db
    .prepare('SELECT record FROM attempts WHERE candidate_id = ? AND session_id = ? ORDER BY rowid DESC LIMIT 1')
    .get(candidateId, sessionId) as { record: string } | undefined;
  return row ? inTodaysShape(JSON.parse(row.record) as StoredRecord) : null;
};

/** @param late  the lane at which the attempt had been closed already; null where it is still open */
export function insertSuspicion(
  w: WriteDb,
  s: { candidateId: string; sessionId: string; attemptId: string; atMs: number; like: LikeFact },
  late: { roomId: string; lane: number } | null,
): void {
  const { lastInsertRowid } = w
    .prepare('INSERT INTO suspicions (candidate_id, session_id, attempt_id, at_ms, fact) VALUES (?, ?, ?, ?, ?)')
    .run(s.candidateId, s.sessionId, s.attemptId, s.atMs, JSON.stringify(s.like));
  if (!late) return;
  w.prepare('INSERT INTO suspicions_late VALUES (?, ?, ?)').run(lastInsertRowid, late.roomId, late.lane);
}

export interface LateSuspicion {
  suspicionId: number;
  candidateId: string;
  attemptId: string;
  atMs: number;
  roomId: string;
  lane: number;
  like: LikeFact;
}

/**
 * Suspicions of a session found late that somebody still has to do something about, oldest first: nobody has settled them, and the
 * admission they speak of has not been taken back, nor has the lead taken the person over since.
 */
export const lateSuspicionsIn = (db: ReadDb, sessionId: string): LateSuspicion[] =>
  (
    db
      .prepare(
        `SELECT s.suspicion_id AS suspicionId, s.candidate_id AS candidateId, s.attempt_id AS attemptId, s.at_ms AS atMs,
           l.room_id AS roomId, l.lane, s.fact
         FROM suspicions s JOIN suspicions_late l USING (suspicion_id) LEFT JOIN suspicions_settled t USING (suspicion_id)
         WHERE s.session_id = ? AND t.suspicion_id IS NULL AND NOT EXISTS (
           SELECT 1 FROM admission_turns a JOIN admissions_undone u USING (candidate_id, turn)
           WHERE a.attempt_id = s.attempt_id)
         AND NOT EXISTS (SELECT 1 FROM attempts h WHERE h.candidate_id = s.candidate_id AND h.outcome = 'held'
           AND h.closed_ms >= s.at_ms)
         ORDER BY s.suspicion_id`,
      )
      .all(sessionId) as (Omit<LateSuspicion, 'like'> & { fact: string })[]
  ).map(({ fact, ...row }) => ({ ...row, like: JSON.parse(fact) as LikeFact }));

/** Settles what stands against a candidate: a supervisor or the lead has seen that it is another person. */
export function settleSuspicions(
  w: WriteDb,
  candidateId: string,
  by: { staffId: string; atMs: number; note: string },
): void {
  w.prepare(
    `INSERT INTO suspicions_settled (suspicion_id, at_ms, by_staff, note)
     SELECT suspicion_id, ?, ?, ? FROM suspicions LEFT JOIN suspicions_settled t USING (suspicion_id)
     WHERE candidate_id = ? AND t.suspicion_id IS NULL`,
  ).run(by.atMs, by.staffId, by.note, candidateId);
}

const suspicionsOf = (db: ReadDb, candidateId: string): { like: LikeFact; settled: boolean }[] =>
  (
    db
      .prepare(
        `SELECT fact, t.suspicion_id IS NOT NULL AS settled FROM suspicions LEFT JOIN suspicions_settled t USING (suspicion_id)
         WHERE candidate_id = ? ORDER BY suspicion_id`,
      )
      .all(candidateId) as { fact: string; settled: number }[]
  ).map(({ fact, settled }) => ({ like: JSON.parse(fact) as LikeFact, settled: settled === 1 }));

/** The newest suspicion that nobody has settled; null where none stands. */
export const standingSuspicion = (db: ReadDb, candidateId: string): LikeFact | null =>
  suspicionsOf(db, candidateId).findLast((s) => !s.settled)?.like ?? null;

/** Whom the candidate has been told apart from: ids of candidates and of the block list. */
export const toldApart = (db: ReadDb, candidateId: string): ReadonlySet<string> =>
  new Set(suspicionsOf(db, candidateId).flatMap((s) => (s.settled ? [s.like.id] : [])));
