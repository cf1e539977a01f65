import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { CertificateData } from './rules.ts';

export const certificatesMigration: Migration = {
  id: 374,
  name: 'certificates',
  sql: `
    -- Certificate data as a file brought it, right or wrong; of a session the last file counts.
    CREATE TABLE certificate_files (
      session_id TEXT NOT NULL, file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL, rows TEXT NOT NULL, by_staff TEXT NOT NULL,
      by_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX certificate_files_by_session ON certificate_files (session_id);
    ${neverEdited('certificate_files')}
  `,
};

export interface CertificateFile {
  sessionId: string;
  fileName: string;
  fileSha256: string;
  rows: CertificateData[];
  byStaff: string;
  byName: string;
  atMs: number;
}

/** The file that counts of every session that has one. */
export const certificateFiles = (db: ReadDb): Map<string, CertificateFile> =>
  new Map(
    (
      db
        .prepare(
          `SELECT session_id AS sessionId, file_name AS fileName, file_sha256 AS fileSha256, rows, by_staff AS byStaff,
             by_name AS byName, at_ms AS atMs FROM certificate_files ORDER BY rowid`,
        )
        .all() as (Omit<CertificateFile, 'rows'> & { rows: string })[]
    ).map((f) => [f.sessionId, { ...f, rows: JSON.parse(f.rows) as CertificateData[] }]),
  );

export function insertCertificateFile(w: WriteDb, f: CertificateFile): void {
  w.prepare(
    `INSERT INTO certificate_files (session_id, file_name, file_sha256, rows, by_staff, by_name, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(f.sessionId, f.fileName, f.fileSha256, JSON.stringify(f.rows), f.byStaff, f.byName, f.atMs);
}
