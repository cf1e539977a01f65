import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { LockedMarks, LockedVetoes } from './rules.ts';

export const scoringMigration: Migration = {
  id: 90,
  name: 'scoring',
  sql: `
    CREATE TABLE anonymous_numbers (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, candidate_id TEXT NOT NULL, number TEXT NOT NULL,
      PRIMARY KEY (session_id, candidate_id), UNIQUE (session_id, room_id, number)
    ) STRICT;
    -- Working state: drafts are edited freely until the lock; every change is in the journal all the same.
    CREATE TABLE mark_drafts (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, examiner_id TEXT NOT NULL, number TEXT NOT NULL,
      item_id TEXT NOT NULL, tenths INTEGER, saved_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, room_id, examiner_id, number, item_id)
    ) STRICT;
    CREATE TABLE mark_notes (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, examiner_id TEXT NOT NULL, number TEXT NOT NULL,
      note TEXT NOT NULL, saved_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, room_id, examiner_id, number)
    ) STRICT;
    CREATE TABLE locked_sheets (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, examiner_id TEXT NOT NULL, marks TEXT NOT NULL,
      notes TEXT NOT NULL, check_code TEXT NOT NULL, locked_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, room_id, examiner_id)
    ) STRICT;
    CREATE TABLE sheet_signatures (
      session_id TEXT NOT NULL, room_id TEXT NOT NULL, examiner_id TEXT NOT NULL, check_code TEXT NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence, signed_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, room_id, examiner_id)
    ) STRICT;
    ${neverEdited('anonymous_numbers')}
    ${neverEdited('locked_sheets')}
    ${neverEdited('sheet_signatures')}
  `,
};

export const draftVersionsMigration: Migration = {
  id: 240,
  name: 'draft-versions',
  sql: `
    -- How often a cell was written, and at which desk last: no desk writes over what it has not seen.
    ALTER TABLE mark_drafts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE mark_drafts ADD COLUMN desk TEXT NOT NULL DEFAULT '';
    ALTER TABLE mark_notes ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE mark_notes ADD COLUMN desk TEXT NOT NULL DEFAULT '';
    -- What failed somebody outright, by anonymous number.
    ALTER TABLE locked_sheets ADD COLUMN vetoes TEXT NOT NULL DEFAULT '{}';
  `,
};

/** Where one examiner's sheet lies. */
export interface SheetKey {
  sessionId: string;
  roomId: string;
  examinerId: string;
}
const at = (k: SheetKey) => [k.sessionId, k.roomId, k.examinerId] as const;

export const numbersIn = (db: ReadDb, sessionId: string, roomId: string): { candidateId: string; number: string }[] =>
  db
    .prepare(
      'SELECT candidate_id AS candidateId, number FROM anonymous_numbers WHERE session_id = ? AND room_id = ? ORDER BY number',
    )
    .all(sessionId, roomId) as { candidateId: string; number: string }[];

/** Every number of a session, of all its rooms. */
export const numbersOf = (db: ReadDb, sessionId: string): { candidateId: string; roomId: string; number: string }[] =>
  db
    .prepare(
      'SELECT candidate_id AS candidateId, room_id AS roomId, number FROM anonymous_numbers WHERE session_id = ?',
    )
    .all(sessionId) as { candidateId: string; roomId: string; number: string }[];

/** Null while none is drawn. */
export const numberOfCandidate = (db: ReadDb, sessionId: string, candidateId: string): string | null =>
  (
    db
      .prepare('SELECT number FROM anonymous_numbers WHERE session_id = ? AND candidate_id = ?')
      .get(sessionId, candidateId) as { number: string } | undefined
  )?.number ?? null;

export function insertNumber(w: WriteDb, sessionId: string, roomId: string, candidateId: string, number: string): void {
  w.prepare('INSERT INTO anonymous_numbers (session_id, room_id, candidate_id, number) VALUES (?, ?, ?, ?)').run(
    sessionId,
    roomId,
    candidateId,
    number,
  );
}

export interface Draft {
  number: string;
  /** An item of the rubric, or a veto: see `CellId`. */
  itemId: string;
  tenths: number | null;
  savedMs: number;
  /** From 1, each one more than the last of this cell. */
  version: number;
  desk: string;
}

export const draftsOf = (db: ReadDb, key: SheetKey): Draft[] =>
  db
    .prepare(
      `SELECT number, item_id AS itemId, tenths, saved_ms AS savedMs, version, desk FROM mark_drafts
       WHERE session_id = ? AND room_id = ? AND examiner_id = ?`,
    )
    .all(...at(key)) as Draft[];

export function saveDraft(w: WriteDb, key: SheetKey, d: Draft): void {
  w.prepare(
    `INSERT OR REPLACE INTO mark_drafts (session_id, room_id, examiner_id, number, item_id, tenths, saved_ms, version, desk)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...at(key), d.number, d.itemId, d.tenths, d.savedMs, d.version, d.desk);
}

export const draftAt = (db: ReadDb, key: SheetKey, number: string, itemId: string): Draft | null =>
  (db
    .prepare(
      `SELECT number, item_id AS itemId, tenths, saved_ms AS savedMs, version, desk FROM mark_drafts
       WHERE session_id = ? AND room_id = ? AND examiner_id = ? AND number = ? AND item_id = ?`,
    )
    .get(...at(key), number, itemId) as Draft | undefined) ?? null;

export interface Note {
  number: string;
  note: string;
  savedMs: number;
  version: number;
  desk: string;
}

export const notesOf = (db: ReadDb, key: SheetKey): Note[] =>
  db
    .prepare(
      `SELECT number, note, saved_ms AS savedMs, version, desk FROM mark_notes
       WHERE session_id = ? AND room_id = ? AND examiner_id = ?`,
    )
    .all(...at(key)) as Note[];

export function saveNote(w: WriteDb, key: SheetKey, n: Note): void {
  w.prepare(
    `INSERT OR REPLACE INTO mark_notes (session_id, room_id, examiner_id, number, note, saved_ms, version, desk)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...at(key), n.number, n.note, n.savedMs, n.version, n.desk);
}

export interface LockedSheet extends SheetKey {
  marks: LockedMarks;
  vetoes: LockedVetoes;
  notes: Record<string, string>;
  checkCode: string;
  lockedAtMs: number;
}

interface LockedRow {
  session_id: string;
  room_id: string;
  examiner_id: string;
  marks: string;
  vetoes: string;
  notes: string;
  check_code: string;
  locked_ms: number;
}

export const lockedSheets = (db: ReadDb, sessionId: string, roomId: string | null = null): LockedSheet[] =>
  (
    db
      .prepare('SELECT * FROM locked_sheets WHERE session_id = ? AND (? IS NULL OR room_id = ?) ORDER BY rowid')
      .all(sessionId, roomId, roomId) as LockedRow[]
  ).map((r) => ({
    sessionId: r.session_id,
    roomId: r.room_id,
    examinerId: r.examiner_id,
    marks: JSON.parse(r.marks) as LockedMarks,
    vetoes: JSON.parse(r.vetoes) as LockedVetoes,
    notes: JSON.parse(r.notes) as Record<string, string>,
    checkCode: r.check_code,
    lockedAtMs: r.locked_ms,
  }));

export function insertLocked(w: WriteDb, s: LockedSheet): void {
  w.prepare(
    `INSERT INTO locked_sheets (session_id, room_id, examiner_id, marks, vetoes, notes, check_code, locked_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    ...at(s),
    JSON.stringify(s.marks),
    JSON.stringify(s.vetoes),
    JSON.stringify(s.notes),
    s.checkCode,
    s.lockedAtMs,
  );
}

export interface SheetSignature extends SheetKey {
  checkCode: string;
  evidenceId: string;
  signedAtMs: number;
}

export const signaturesIn = (db: ReadDb, sessionId: string, roomId: string | null = null): SheetSignature[] =>
  db
    .prepare(
      `SELECT session_id AS sessionId, room_id AS roomId, examiner_id AS examinerId, check_code AS checkCode,
         evidence_id AS evidenceId, signed_ms AS signedAtMs
       FROM sheet_signatures WHERE session_id = ? AND (? IS NULL OR room_id = ?) ORDER BY rowid`,
    )
    .all(sessionId, roomId, roomId) as SheetSignature[];

export function insertSignature(w: WriteDb, s: SheetSignature): void {
  w.prepare(
    `INSERT INTO sheet_signatures (session_id, room_id, examiner_id, check_code, evidence_id, signed_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(...at(s), s.checkCode, s.evidenceId, s.signedAtMs);
}
