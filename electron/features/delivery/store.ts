import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { SignedReceipt } from './receipt.ts';

export const deliveryMigration: Migration = {
  id: 340,
  name: 'delivery',
  sql: `
    -- How far sending got: working state, not a record. A bundle without a row has not been begun.
    CREATE TABLE deliveries (
      bundle_id TEXT PRIMARY KEY REFERENCES bundles, upload_url TEXT, sent_bytes INTEGER NOT NULL DEFAULT 0,
      paused INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, next_try_ms INTEGER NOT NULL DEFAULT 0,
      problem TEXT, refusals TEXT
    ) STRICT;
    -- The centre's receipts, checked before they came here.
    CREATE TABLE receipts (
      bundle_id TEXT PRIMARY KEY REFERENCES bundles, receipt TEXT NOT NULL, signature TEXT NOT NULL,
      way TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('receipts')}
  `,
};

export type DeliveryRow = {
  bundleId: string;
  uploadUrl: string | null;
  sentBytes: number;
  paused: boolean;
  /** Tries that failed in a row. */
  tries: number;
  nextTryMs: number;
  problem: string | null;
  /** The centre's reasons, as JSON; null while it has refused nothing. */
  refusals: string | null;
};

const FRESH: Omit<DeliveryRow, 'bundleId'> = {
  uploadUrl: null,
  sentBytes: 0,
  paused: false,
  tries: 0,
  nextTryMs: 0,
  problem: null,
  refusals: null,
};

export function deliveryOf(db: ReadDb, bundleId: string): DeliveryRow {
  const row = db
    .prepare(
      `SELECT bundle_id AS bundleId, upload_url AS uploadUrl, sent_bytes AS sentBytes, paused, tries,
         next_try_ms AS nextTryMs, problem, refusals FROM deliveries WHERE bundle_id = ?`,
    )
    .get(bundleId) as (Omit<DeliveryRow, 'paused'> & { paused: number }) | undefined;
  return row ? { ...row, paused: row.paused === 1 } : { bundleId, ...FRESH };
}

export function saveDelivery(w: WriteDb, d: DeliveryRow): void {
  w.prepare(
    `INSERT OR REPLACE INTO deliveries (bundle_id, upload_url, sent_bytes, paused, tries, next_try_ms, problem, refusals)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(d.bundleId, d.uploadUrl, d.sentBytes, d.paused ? 1 : 0, d.tries, d.nextTryMs, d.problem, d.refusals);
}

export type StoredReceipt = SignedReceipt & { way: 'upload' | 'file'; atMs: number };

export const receiptFor = (db: ReadDb, bundleId: string): StoredReceipt | null =>
  (db
    .prepare('SELECT receipt AS text, signature, way, at_ms AS atMs FROM receipts WHERE bundle_id = ?')
    .get(bundleId) as StoredReceipt | undefined) ?? null;

export function insertReceipt(w: WriteDb, bundleId: string, r: StoredReceipt): void {
  w.prepare('INSERT INTO receipts (bundle_id, receipt, signature, way, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    bundleId,
    r.text,
    r.signature,
    r.way,
    r.atMs,
  );
}
