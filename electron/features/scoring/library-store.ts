import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { PartPass, Rubric } from '../plan/plan-schema.ts';

export const rubricLibraryMigration: Migration = {
  id: 246,
  name: 'rubric-library',
  sql: `
    -- Rubrics that came as files of their own; of one id the last counts.
    CREATE TABLE rubric_library (
      rubric_id TEXT NOT NULL, rubric TEXT NOT NULL, sha256 TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    -- Parts passed before, beside those a plan brings.
    CREATE TABLE part_passes (
      pass TEXT NOT NULL UNIQUE, file_sha256 TEXT NOT NULL, by_staff TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('rubric_library')}
    ${neverEdited('part_passes')}
  `,
};

export interface ShelvedRubric {
  rubric: Rubric;
  /** Of the rubric's canonical JSON. */
  sha256: string;
  atMs: number;
}

/** The last of each id, by id. */
export const rubricLibrary = (db: ReadDb): ShelvedRubric[] =>
  (
    db
      .prepare(
        `SELECT rubric, sha256, at_ms AS atMs FROM rubric_library
         WHERE rowid IN (SELECT max(rowid) FROM rubric_library GROUP BY rubric_id) ORDER BY rubric_id`,
      )
      .all() as { rubric: string; sha256: string; atMs: number }[]
  ).map((r) => ({ ...r, rubric: JSON.parse(r.rubric) as Rubric }));

export function insertRubric(w: WriteDb, r: ShelvedRubric, byStaff: string): void {
  w.prepare('INSERT INTO rubric_library (rubric_id, rubric, sha256, by_staff, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    r.rubric.rubricId,
    JSON.stringify(r.rubric),
    r.sha256,
    byStaff,
    r.atMs,
  );
}

/** An earlier pass with what it came by: a plan, or a file of its own by its SHA-256. */
export type KnownPass = PartPass & { from: string };

export const partPassesOnFile = (db: ReadDb): KnownPass[] =>
  (
    db.prepare('SELECT pass, file_sha256 AS fileSha256 FROM part_passes ORDER BY rowid').all() as {
      pass: string;
      fileSha256: string;
    }[]
  ).map((r) => ({ ...(JSON.parse(r.pass) as PartPass), from: r.fileSha256 }));

/** @param pass  as canonical JSON, so that the same pass stands once; returns whether it was new */
export const insertPartPass = (w: WriteDb, pass: string, fileSha256: string, byStaff: string, atMs: number): boolean =>
  w
    .prepare('INSERT OR IGNORE INTO part_passes (pass, file_sha256, by_staff, at_ms) VALUES (?, ?, ?, ?)')
    .run(pass, fileSha256, byStaff, atMs).changes === 1;
