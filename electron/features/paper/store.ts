import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { Scan } from './contract.ts';
import type { Entry } from './counting.ts';

export const paperMigration: Migration = {
  id: 370,
  name: 'paper',
  sql: `
    CREATE TABLE paper_entries (
      session_id TEXT NOT NULL, attempt INTEGER NOT NULL, round INTEGER NOT NULL, counts TEXT NOT NULL,
      by_staff TEXT NOT NULL, by_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX paper_entries_by_session ON paper_entries (session_id);
    -- After so many restarts, entries of an earlier attempt are only history.
    CREATE TABLE paper_restarts (
      session_id TEXT NOT NULL, reason TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE paper_scans (
      scan_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, volume INTEGER NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
      pages INTEGER, evidence_id TEXT NOT NULL REFERENCES evidence, by_staff TEXT NOT NULL, by_name TEXT NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE paper_scans_removed (
      scan_id TEXT PRIMARY KEY REFERENCES paper_scans, reason TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT;
    ${['paper_entries', 'paper_restarts', 'paper_scans', 'paper_scans_removed'].map(neverEdited).join('')}
  `,
};

export interface Restart {
  reason: string;
  byStaff: string;
  byName: string;
  atMs: number;
}

export const restartsIn = (db: ReadDb, sessionId: string): Restart[] =>
  db
    .prepare(
      `SELECT reason, by_staff AS byStaff, by_name AS byName, at_ms AS atMs FROM paper_restarts
       WHERE session_id = ? ORDER BY rowid`,
    )
    .all(sessionId) as Restart[];

export function insertRestart(w: WriteDb, sessionId: string, r: Restart): void {
  w.prepare('INSERT INTO paper_restarts (session_id, reason, by_staff, by_name, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    sessionId,
    r.reason,
    r.byStaff,
    r.byName,
    r.atMs,
  );
}

/** `attempt`: how often counting had been begun anew before. */
export type KeptEntry = Entry & { attempt: number };

/** Every entry of a session, oldest first. */
export const entriesIn = (db: ReadDb, sessionId: string): KeptEntry[] =>
  (
    db
      .prepare(
        `SELECT attempt, round, counts, by_staff AS byStaff, by_name AS byName, at_ms AS atMs FROM paper_entries
         WHERE session_id = ? ORDER BY rowid`,
      )
      .all(sessionId) as (Omit<KeptEntry, 'counts'> & { counts: string })[]
  ).map((e) => ({ ...e, counts: JSON.parse(e.counts) as Record<string, number> }));

export function insertEntry(w: WriteDb, sessionId: string, e: KeptEntry): void {
  w.prepare(
    `INSERT INTO paper_entries (session_id, attempt, round, counts, by_staff, by_name, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(sessionId, e.attempt, e.round, JSON.stringify(e.counts), e.byStaff, e.byName, e.atMs);
}

export type KeptScan = Scan & { evidenceId: string; sha256: string };

/** Scans that stand in a volume, in the order they were added. */
export const scansIn = (db: ReadDb, sessionId: string): KeptScan[] =>
  db
    .prepare(
      `SELECT scan_id AS scanId, volume, title, source, pages, evidence_id AS evidenceId, by_name AS byName, at_ms AS atMs,
         media_type AS mediaType, size_bytes AS sizeBytes, sha256
       FROM paper_scans s JOIN evidence USING (evidence_id)
       WHERE s.session_id = ? AND scan_id NOT IN (SELECT scan_id FROM paper_scans_removed) ORDER BY s.rowid`,
    )
    .all(sessionId) as KeptScan[];

export interface RemovedScan {
  scanId: string;
  title: string;
  sha256: string;
  reason: string;
  byName: string;
  atMs: number;
}

/** Scans that were taken out again, with the reason. */
export const removedScansIn = (db: ReadDb, sessionId: string): RemovedScan[] =>
  db
    .prepare(
      `SELECT scan_id AS scanId, title, sha256, reason, r.by_name AS byName, r.at_ms AS atMs
       FROM paper_scans_removed r JOIN paper_scans s USING (scan_id) JOIN evidence USING (evidence_id)
       WHERE s.session_id = ? ORDER BY r.rowid`,
    )
    .all(sessionId) as RemovedScan[];

export function insertScan(
  w: WriteDb,
  sessionId: string,
  s: Omit<KeptScan, 'mediaType' | 'sizeBytes' | 'sha256'> & { byStaff: string },
): void {
  w.prepare(
    `INSERT INTO paper_scans (scan_id, session_id, volume, title, source, pages, evidence_id, by_staff, by_name, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(s.scanId, sessionId, s.volume, s.title, s.source, s.pages, s.evidenceId, s.byStaff, s.byName, s.atMs);
}

export function insertRemoval(w: WriteDb, scanId: string, r: Restart): void {
  w.prepare('INSERT INTO paper_scans_removed (scan_id, reason, by_staff, by_name, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    scanId,
    r.reason,
    r.byStaff,
    r.byName,
    r.atMs,
  );
}
