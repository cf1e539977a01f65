import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { Step } from './rules.ts';

export const sessionMigration: Migration = {
  id: 60,
  name: 'session',
  sql: `
    -- The steps a session has taken, in order; its state is the last. A step is taken once.
    CREATE TABLE session_steps (
      session_id TEXT NOT NULL, step TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (session_id, step)
    ) STRICT;
    CREATE TABLE absences (session_id TEXT NOT NULL, candidate_id TEXT NOT NULL, PRIMARY KEY (session_id, candidate_id)) STRICT;
    ${neverEdited('session_steps')}
    ${neverEdited('absences')}
  `,
};

export const stepsOf = (db: ReadDb, sessionId: string): { step: Step; atMs: number }[] =>
  db.prepare('SELECT step, at_ms AS atMs FROM session_steps WHERE session_id = ? ORDER BY rowid').all(sessionId) as {
    step: Step;
    atMs: number;
  }[];

export function insertStep(w: WriteDb, sessionId: string, step: Step, atMs: number): void {
  w.prepare('INSERT INTO session_steps (session_id, step, at_ms) VALUES (?, ?, ?)').run(sessionId, step, atMs);
}

export function insertAbsence(w: WriteDb, sessionId: string, candidateId: string): void {
  w.prepare('INSERT INTO absences (session_id, candidate_id) VALUES (?, ?)').run(sessionId, candidateId);
}

export const absentIn = (db: ReadDb, sessionId: string): Set<string> =>
  new Set(
    (db.prepare('SELECT candidate_id AS id FROM absences WHERE session_id = ?').all(sessionId) as { id: string }[]).map(
      (r) => r.id,
    ),
  );
