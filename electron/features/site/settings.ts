import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';

export const settingsMigration: Migration = {
  id: 35,
  name: 'settings',
  sql: 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;',
};

/** One address of one reader becomes a list of readers. The address of before stays the first reader's. */
export const readersMigration: Migration = {
  id: 125,
  name: 'list of readers',
  sql: `
    INSERT INTO settings (name, value)
      SELECT 'readers', json_array(json_object(
        'readerId', 'R1', 'label', '读卡器 1', 'address', value, 'beyondThisMachine', json('false')))
      FROM settings WHERE name = 'reader' AND value <> '';
    DELETE FROM settings WHERE name = 'reader';
  `,
};

/** Settings of this machine that are no record of an exam: what the site plugs into it. Changes are journaled. */
export type SettingName =
  | 'delivery'
  | 'object-store-key'
  | 'readers'
  | 'photo-decoder'
  | 'rehearsal-ahead-ms'
  | 'live'
  | 'timestamp';

export const setting = (db: ReadDb, name: SettingName): string | null =>
  (db.prepare('SELECT value FROM settings WHERE name = ?').get(name) as { value: string } | undefined)?.value ?? null;

export function saveSetting(w: WriteDb, name: SettingName, value: string): void {
  w.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);
}
