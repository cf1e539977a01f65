import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../../db/database.ts';
import type { MediumWritten } from './export-medium.ts';

export const exportMediaMigration: Migration = {
  id: 381,
  name: 'export media',
  sql: `
    -- Media that a bundle was written to and read back from. Until: where the next one goes on; null where the bundle is complete.
    CREATE TABLE export_media (
      export_id TEXT NOT NULL, medium INTEGER NOT NULL, bundle_id TEXT NOT NULL REFERENCES bundles, folder TEXT NOT NULL,
      files INTEGER NOT NULL, bytes INTEGER NOT NULL, until_path TEXT, until_byte INTEGER, left_bytes INTEGER NOT NULL,
      read_from TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (export_id, medium)
    ) STRICT;
    ${neverEdited('export_media')}
    ALTER TABLE bundle_exports ADD COLUMN export_id TEXT;
  `,
};

/** A medium that was written, as it is kept. */
export interface WrittenMedium extends MediumWritten {
  exportId: string;
  /** From 1. */
  medium: number;
  bundleId: string;
  atMs: number;
}

export function insertMedium(w: WriteDb, m: WrittenMedium): void {
  w.prepare(
    `INSERT INTO export_media (export_id, medium, bundle_id, folder, files, bytes, until_path, until_byte, left_bytes, read_from, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    m.exportId,
    m.medium,
    m.bundleId,
    m.folder,
    m.files,
    m.bytes,
    m.until?.path ?? null,
    m.until?.byte ?? null,
    m.leftBytes,
    m.readFrom,
    m.atMs,
  );
}

type Row = Omit<WrittenMedium, 'until'> & { path: string | null; byte: number | null };

const mediumOf = ({ path, byte, ...row }: Row): WrittenMedium => ({
  ...row,
  until: path === null ? null : { path, byte: byte ?? 0 },
});

const MEDIA = `SELECT export_id AS exportId, medium, bundle_id AS bundleId, folder, files, bytes, until_path AS path,
  until_byte AS byte, left_bytes AS leftBytes, read_from AS readFrom, at_ms AS atMs FROM export_media`;

/** The media of one export, in their order. */
export const mediaOf = (db: ReadDb, exportId: string): WrittenMedium[] =>
  (db.prepare(`${MEDIA} WHERE export_id = ? ORDER BY medium`).all(exportId) as Row[]).map(mediumOf);

/** The media of the export that a bundle went out by last. */
export function latestMedia(db: ReadDb, bundleId: string): WrittenMedium[] {
  const last = db
    .prepare('SELECT export_id AS exportId FROM export_media WHERE bundle_id = ? ORDER BY rowid DESC LIMIT 1')
    .get(bundleId) as { exportId: string } | undefined;
  return last ? mediaOf(db, last.exportId) : [];
}
