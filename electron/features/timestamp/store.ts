import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';

export const timestampMigration: Migration = {
  id: 401,
  name: 'time stamps of bundles',
  sql: `
    CREATE TABLE bundle_timestamps (
      bundle_id TEXT PRIMARY KEY REFERENCES bundles, response BLOB NOT NULL, stamped_ms INTEGER NOT NULL, kept_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('bundle_timestamps')}
  `,
};

export const stampedBundles = (db: ReadDb): Set<string> =>
  new Set(
    (db.prepare('SELECT bundle_id FROM bundle_timestamps').all() as { bundle_id: string }[]).map((r) => r.bundle_id),
  );

export function insertTimestamp(
  w: WriteDb,
  t: { bundleId: string; response: Uint8Array; stampedMs: number; keptMs: number },
): void {
  w.prepare('INSERT INTO bundle_timestamps (bundle_id, response, stamped_ms, kept_ms) VALUES (?, ?, ?, ?)').run(
    t.bundleId,
    t.response,
    t.stampedMs,
    t.keptMs,
  );
}
