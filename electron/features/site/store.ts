import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { KeyWrapKind, SiteCard } from './contract.ts';

export const siteMigration: Migration = {
  id: 30,
  name: 'site',
  sql: `
    CREATE TABLE site (
      only INTEGER PRIMARY KEY CHECK (only = 1), card TEXT NOT NULL, wrapped_keys BLOB NOT NULL, key_wrap TEXT NOT NULL
    ) STRICT;
    ${neverEdited('site')}
  `,
};

export interface StoredSite {
  card: SiteCard;
  wrappedKeys: Uint8Array;
  keyWrap: KeyWrapKind;
}

/** The site with the keys it has now: those of its creation, or of the newest change. */
export function loadSite(db: ReadDb): StoredSite | null {
  const row = db
    .prepare(
      `SELECT card, wrapped_keys, key_wrap FROM (
         SELECT card, wrapped_keys, key_wrap, 0 AS number FROM site
         UNION ALL SELECT card, wrapped_keys, key_wrap, number FROM station_key_changes
       ) ORDER BY number DESC LIMIT 1`,
    )
    .get() as { card: string; wrapped_keys: Buffer; key_wrap: StoredSite['keyWrap'] } | undefined;
  return row ? { card: JSON.parse(row.card) as SiteCard, wrappedKeys: row.wrapped_keys, keyWrap: row.key_wrap } : null;
}

export function insertSite(w: WriteDb, site: StoredSite): void {
  w.prepare('INSERT INTO site (only, card, wrapped_keys, key_wrap) VALUES (1, ?, ?, ?)').run(
    JSON.stringify(site.card),
    site.wrappedKeys,
    site.keyWrap,
  );
}
