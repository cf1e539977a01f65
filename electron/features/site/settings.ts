import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';

export const settingsMigration: Migration = {
  id: 35,
  name: 'settings',
  sql: 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;',
};

/** Settings of this machine that are no record of an exam: what the site plugs into it. Changes are journaled. */
export type SettingName = 'reader' | 'rehearsal-ahead-ms';

export const setting = (db: ReadDb, name: SettingName): string | null =>
  (db.prepare('SELECT value FROM settings WHERE name = ?').get(name) as { value: string } | undefined)?.value ?? null;

export function saveSetting(w: WriteDb, name: SettingName, value: string): void {
  w.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);
}
