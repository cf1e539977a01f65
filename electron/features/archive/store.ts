import { join } from 'node:path';
import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { SessionId } from '../../lib/ids.ts';
import { sealCodeOf } from './bundle-format.ts';
import type { BundleRow } from './contract.ts';
import { latestMedia, mediaOf } from './export/store.ts';

export const archiveMigration: Migration = {
  id: 100,
  name: 'archive',
  sql: `
    -- A later declaration of the same item stands beside the earlier one; the last counts.
    CREATE TABLE declarations (
      session_id TEXT NOT NULL, item_id TEXT NOT NULL, reason TEXT NOT NULL, by_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    -- What the lead signed for is named by its digest: whatever changes afterwards makes the signature one for something else.
    CREATE TABLE sign_offs (
      session_id TEXT NOT NULL, state_sha256 TEXT NOT NULL, by_name TEXT NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE bundles (
      bundle_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, number INTEGER NOT NULL, sealed_ms INTEGER NOT NULL,
      took_ms INTEGER NOT NULL, folder TEXT NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL,
      tag_manifest_sha256 TEXT NOT NULL, UNIQUE (session_id, number)
    ) STRICT;
    CREATE TABLE bundle_exports (
      bundle_id TEXT NOT NULL REFERENCES bundles, folder TEXT NOT NULL, at_ms INTEGER NOT NULL, verified INTEGER NOT NULL
    ) STRICT;
    ${['declarations', 'sign_offs', 'bundles', 'bundle_exports'].map(neverEdited).join('')}
  `,
};

export interface Declaration {
  itemId: string;
  reason: string;
  byName: string;
  atMs: number;
}

export const declarationsIn = (db: ReadDb, sessionId: string): Map<string, Declaration> =>
  new Map(
    (
      db
        .prepare(
          `SELECT item_id AS itemId, reason, by_name AS byName, at_ms AS atMs FROM declarations
           WHERE session_id = ? ORDER BY rowid`,
        )
        .all(sessionId) as Declaration[]
    ).map((d) => [d.itemId, d]),
  );

export function insertDeclaration(w: WriteDb, sessionId: string, d: Declaration): void {
  w.prepare('INSERT INTO declarations (session_id, item_id, reason, by_name, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    sessionId,
    d.itemId,
    d.reason,
    d.byName,
    d.atMs,
  );
}

export interface SignOff {
  stateSha256: string;
  byName: string;
  evidenceId: string;
  atMs: number;
}

export const latestSignOff = (db: ReadDb, sessionId: string): SignOff | null =>
  (db
    .prepare(
      `SELECT state_sha256 AS stateSha256, by_name AS byName, evidence_id AS evidenceId, at_ms AS atMs FROM sign_offs
       WHERE session_id = ? ORDER BY rowid DESC LIMIT 1`,
    )
    .get(sessionId) as SignOff | undefined) ?? null;

export function insertSignOff(w: WriteDb, sessionId: string, s: SignOff): void {
  w.prepare('INSERT INTO sign_offs (session_id, state_sha256, by_name, evidence_id, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    sessionId,
    s.stateSha256,
    s.byName,
    s.evidenceId,
    s.atMs,
  );
}

/** `folder` is a name within the folder of all bundles: where that lies is found out anew after a move or a restore. */
type StoredBundle = Omit<BundleRow, 'sealCode' | 'exports' | 'openExport'>;

/** The folder's own name; rows of the first version hold a whole path, of either system. */
const folderName = (folder: string): string => folder.replace(/^.*[\\/]/s, '');

const BUNDLE = `SELECT bundle_id AS bundleId, session_id AS sessionId, number, sealed_ms AS sealedAtMs, took_ms AS tookMs,
  folder, files, bytes, tag_manifest_sha256 AS tagManifestSha256 FROM bundles`;

const withExports = (db: ReadDb, bundlesFolder: string, b: StoredBundle): BundleRow => ({
  ...b,
  folder: join(bundlesFolder, folderName(b.folder)),
  sessionId: b.sessionId as SessionId,
  sealCode: sealCodeOf(b.tagManifestSha256),
  exports: exportsOf(db, b.bundleId),
  openExport: openExport(db, b.bundleId),
});

const exportsOf = (db: ReadDb, bundleId: string): BundleRow['exports'] =>
  (
    db
      .prepare(
        'SELECT folder, at_ms AS atMs, verified, export_id AS exportId FROM bundle_exports WHERE bundle_id = ? ORDER BY rowid',
      )
      .all(bundleId) as { folder: string; atMs: number; verified: number; exportId: string | null }[]
  ).map(({ exportId, ...e }) => {
    const media = exportId === null ? [] : mediaOf(db, exportId);
    // The first version read back as the system gave it.
    const readFrom = media.length > 0 && media.every((m) => m.readFrom === 'medium') ? 'medium' : 'cache';
    return { ...e, verified: e.verified === 1, media: Math.max(1, media.length), readFrom };
  });

function openExport(db: ReadDb, bundleId: string): BundleRow['openExport'] {
  const media = latestMedia(db, bundleId);
  const last = media.at(-1);
  if (!last || last.until === null) return null;
  return {
    exportId: last.exportId,
    media: media.map(({ medium, folder, atMs, bytes }) => ({ medium, folder, atMs, bytes })),
    leftBytes: last.leftBytes,
  };
}

/** All bundles of the station in the order they were sealed. */
export const allBundles = (db: ReadDb, bundlesFolder: string): BundleRow[] =>
  (db.prepare(`${BUNDLE} ORDER BY rowid`).all() as StoredBundle[]).map((b) => withExports(db, bundlesFolder, b));

export const findBundle = (db: ReadDb, bundlesFolder: string, bundleId: string): BundleRow | null => {
  const row = db.prepare(`${BUNDLE} WHERE bundle_id = ?`).get(bundleId) as StoredBundle | undefined;
  return row ? withExports(db, bundlesFolder, row) : null;
};

export function insertBundle(w: WriteDb, b: StoredBundle): void {
  w.prepare(
    `INSERT INTO bundles (bundle_id, session_id, number, sealed_ms, took_ms, folder, files, bytes, tag_manifest_sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(b.bundleId, b.sessionId, b.number, b.sealedAtMs, b.tookMs, b.folder, b.files, b.bytes, b.tagManifestSha256);
}

export function insertExport(
  w: WriteDb,
  e: { bundleId: string; folder: string; atMs: number; verified: boolean; exportId: string },
): void {
  w.prepare('INSERT INTO bundle_exports (bundle_id, folder, at_ms, verified, export_id) VALUES (?, ?, ?, ?, ?)').run(
    e.bundleId,
    e.folder,
    e.atMs,
    e.verified ? 1 : 0,
    e.exportId,
  );
}
