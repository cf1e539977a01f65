import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { PurgeKind } from './contract.ts';

export const purgeMigration: Migration = {
  id: 350,
  name: 'purge',
  sql: `
    -- One row a purge: decided, signed and on record before the first file goes.
    CREATE TABLE purges (
      purge_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, kind TEXT NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL,
      by_name TEXT NOT NULL, second_name TEXT NOT NULL, at_ms INTEGER NOT NULL, certificate TEXT NOT NULL, signature TEXT NOT NULL
    ) STRICT;
    -- Which evidence it took: the row of the evidence stays, its bytes do not.
    CREATE TABLE purged_evidence (
      evidence_id TEXT PRIMARY KEY REFERENCES evidence, purge_id TEXT NOT NULL REFERENCES purges
    ) STRICT;
    ${neverEdited('purges')}
    ${neverEdited('purged_evidence')}
  `,
};

export type PurgeRecord = {
  purgeId: string;
  sessionId: string;
  kind: PurgeKind;
  files: number;
  bytes: number;
  byName: string;
  secondName: string;
  atMs: number;
  certificate: string;
  signature: string;
};

const PURGE = `SELECT purge_id AS purgeId, session_id AS sessionId, kind, files, bytes, by_name AS byName,
  second_name AS secondName, at_ms AS atMs, certificate, signature FROM purges`;

/** Purges of a session, the oldest first. */
export const purgesOf = (db: ReadDb, sessionId: string): PurgeRecord[] =>
  db.prepare(`${PURGE} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as PurgeRecord[];

export const findPurge = (db: ReadDb, purgeId: string): PurgeRecord | null =>
  (db.prepare(`${PURGE} WHERE purge_id = ?`).get(purgeId) as PurgeRecord | undefined) ?? null;

/** Ids of all evidence of a session that was ever purged. */
export const purgedIn = (db: ReadDb, sessionId: string): Set<string> =>
  new Set(
    (
      db
        .prepare('SELECT evidence_id AS id FROM purged_evidence JOIN purges USING (purge_id) WHERE session_id = ?')
        .all(sessionId) as { id: string }[]
    ).map((row) => row.id),
  );

/** Vault files that a purge named, with what they were: to be looked for once more after a kill. */
export const purgedFiles = (db: ReadDb): { file: string; storedSha256: string; sessionId: string }[] =>
  db
    .prepare(
      `SELECT e.file, e.stored_sha256 AS storedSha256, p.session_id AS sessionId FROM purged_evidence
       JOIN purges p USING (purge_id) JOIN evidence e USING (evidence_id)`,
    )
    .all() as { file: string; storedSha256: string; sessionId: string }[];

export function insertPurge(w: WriteDb, p: PurgeRecord, evidenceIds: readonly string[]): void {
  w.prepare(
    `INSERT INTO purges (purge_id, session_id, kind, files, bytes, by_name, second_name, at_ms, certificate, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(p.purgeId, p.sessionId, p.kind, p.files, p.bytes, p.byName, p.secondName, p.atMs, p.certificate, p.signature);
  const insert = w.prepare('INSERT INTO purged_evidence (evidence_id, purge_id) VALUES (?, ?)');
  for (const id of evidenceIds) insert.run(id, p.purgeId);
}
