import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { JournalSeed } from '../draw/journal-seed.ts';

export const seatingMigration: Migration = {
  id: 140,
  name: 'seating',
  sql: `
    CREATE TABLE seat_seeds (
      session_id TEXT PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE drawn_seats (
      candidate_id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES seat_seeds, room_id TEXT NOT NULL,
      place INTEGER NOT NULL, workstation_id TEXT NOT NULL, attempt_id TEXT NOT NULL, at_ms INTEGER NOT NULL,
      UNIQUE (session_id, room_id, place), UNIQUE (session_id, workstation_id)
    ) STRICT;
    ${neverEdited('seat_seeds')}
    ${neverEdited('drawn_seats')}
  `,
};

export const findSeed = (db: ReadDb, sessionId: string): (JournalSeed & { atMs: number }) | null =>
  (db.prepare('SELECT size, root, at_ms AS atMs FROM seat_seeds WHERE session_id = ?').get(sessionId) as
    | (JournalSeed & { atMs: number })
    | undefined) ?? null;

export function insertSeed(w: WriteDb, sessionId: string, seed: JournalSeed, atMs: number): void {
  w.prepare('INSERT INTO seat_seeds (session_id, size, root, at_ms) VALUES (?, ?, ?, ?)').run(
    sessionId,
    seed.size,
    seed.root,
    atMs,
  );
}

export interface DrawnSeat {
  candidateId: string;
  roomId: string;
  /** From 1: which draw of the room. */
  place: number;
  workstationId: string;
  attemptId: string;
  atMs: number;
}

const DRAWN = `SELECT candidate_id AS candidateId, room_id AS roomId, place, workstation_id AS workstationId,
  attempt_id AS attemptId, at_ms AS atMs FROM drawn_seats`;

export const findDrawnSeat = (db: ReadDb, candidateId: string): DrawnSeat | null =>
  (db.prepare(`${DRAWN} WHERE candidate_id = ?`).get(candidateId) as DrawnSeat | undefined) ?? null;

/** Draws of a session, by room and turn. */
export const drawnSeatsIn = (db: ReadDb, sessionId: string): DrawnSeat[] =>
  db.prepare(`${DRAWN} WHERE session_id = ? ORDER BY room_id, place`).all(sessionId) as DrawnSeat[];

export function insertDrawnSeat(w: WriteDb, sessionId: string, s: DrawnSeat): void {
  w.prepare(
    `INSERT INTO drawn_seats (candidate_id, session_id, room_id, place, workstation_id, attempt_id, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(s.candidateId, sessionId, s.roomId, s.place, s.workstationId, s.attemptId, s.atMs);
}
