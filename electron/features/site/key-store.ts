import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { SignedText } from '../keys/signed-document.ts';
import type { StoredSite } from './store.ts';

/** Changes of the station's keys after its creation; the newest counts. */
export const keyChangesMigration: Migration = {
  id: 400,
  name: 'changes of keys',
  sql: `
    CREATE TABLE station_key_changes (
      number INTEGER PRIMARY KEY, why TEXT NOT NULL CHECK (why IN ('rotated', 'lost')),
      card TEXT NOT NULL, wrapped_keys BLOB NOT NULL, key_wrap TEXT NOT NULL, journal_size INTEGER NOT NULL,
      -- The rotation as the key before signed it; null where that one is lost.
      text TEXT, signature TEXT,
      by_name TEXT NOT NULL, second_name TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('station_key_changes')}
    -- Orders of the centre that put this station's key in the place of a lost one.
    CREATE TABLE key_replacements (
      number INTEGER PRIMARY KEY, text TEXT NOT NULL, signature TEXT NOT NULL, previous_sha256 TEXT, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('key_replacements')}
  `,
};

export type KeyChange = StoredSite & {
  why: 'rotated' | 'lost';
  /** Entries of the journal up to which the key before speaks. */
  journalSize: number;
  signed: SignedText | null;
  byName: string;
  secondName: string;
  atMs: number;
};

type Row = {
  why: KeyChange['why'];
  card: string;
  wrapped_keys: Buffer;
  key_wrap: KeyChange['keyWrap'];
  journal_size: number;
  text: string | null;
  signature: string | null;
  by_name: string;
  second_name: string;
  at_ms: number;
};

/** All of them, oldest first. */
export const keyChanges = (db: ReadDb): KeyChange[] =>
  (db.prepare('SELECT * FROM station_key_changes ORDER BY number').all() as Row[]).map((row) => ({
    why: row.why,
    card: JSON.parse(row.card),
    wrappedKeys: row.wrapped_keys,
    keyWrap: row.key_wrap,
    journalSize: row.journal_size,
    signed: row.text !== null && row.signature !== null ? { text: row.text, signature: row.signature } : null,
    byName: row.by_name,
    secondName: row.second_name,
    atMs: row.at_ms,
  }));

export function insertKeyChange(w: WriteDb, c: KeyChange): void {
  w.prepare(
    `INSERT INTO station_key_changes
       (why, card, wrapped_keys, key_wrap, journal_size, text, signature, by_name, second_name, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    c.why,
    JSON.stringify(c.card),
    c.wrappedKeys,
    c.keyWrap,
    c.journalSize,
    c.signed?.text ?? null,
    c.signed?.signature ?? null,
    c.byName,
    c.secondName,
    c.atMs,
  );
}

export type KeptReplacement = SignedText & { previousTagManifestSha256: string | null; atMs: number };

/** The newest order; null where none came. */
export const keptReplacement = (db: ReadDb): KeptReplacement | null =>
  (db
    .prepare(
      `SELECT text, signature, previous_sha256 AS previousTagManifestSha256, at_ms AS atMs
       FROM key_replacements ORDER BY number DESC LIMIT 1`,
    )
    .get() as KeptReplacement | undefined) ?? null;

export function insertReplacement(w: WriteDb, r: KeptReplacement): void {
  w.prepare('INSERT INTO key_replacements (text, signature, previous_sha256, at_ms) VALUES (?, ?, ?, ?)').run(
    r.text,
    r.signature,
    r.previousTagManifestSha256,
    r.atMs,
  );
}
