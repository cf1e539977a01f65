import SQLite from 'better-sqlite3';

/** What a reader may do. A store's reading functions take this, so that they cannot write by accident. */
export interface ReadDb {
  prepare: SQLite.Database['prepare'];
}

declare const writing: unique symbol;
/** Exists only inside `inTransaction`: holding one proves that a commit will follow or nothing will. */
export interface WriteDb extends ReadDb {
  readonly [writing]: true;
}

export interface Db extends ReadDb {
  readonly raw: SQLite.Database;
}

/** One step of the schema, forward only. Numbers go in tens, so that a mended branch can slip between. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

export class SchemaError extends Error {}

/**
 * Opens the station's database and brings its schema up to date, each step in one commit with its number.
 *
 * WAL with `synchronous=FULL`: the library's default (NORMAL) lost every acknowledged row in simulated power cuts.
 *
 * @param path  a file, or `:memory:` in tests
 * @throws SchemaError when the file was written by a newer or foreign version: a schema is never reset
 */
export function openDatabase(path: string, migrations: readonly Migration[]): Db {
  const raw = new SQLite(path);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');
  try {
    migrate(raw, migrations);
  } catch (cause) {
    raw.close();
    throw cause;
  }
  return { raw, prepare: raw.prepare.bind(raw) as SQLite.Database['prepare'] };
}

function migrate(raw: SQLite.Database, migrations: readonly Migration[]): void {
  raw.exec('CREATE TABLE IF NOT EXISTS schema_steps (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
  const known = [...migrations].sort((a, b) => a.id - b.id);
  const done = raw.prepare('SELECT id, name FROM schema_steps ORDER BY id').all() as { id: number; name: string }[];
  for (const step of done) {
    if (!known.some((m) => m.id === step.id && m.name === step.name)) {
      throw new SchemaError(
        `the data folder holds schema step ${step.id} "${step.name}", which this version does not know`,
      );
    }
  }
  const last = done.at(-1)?.id ?? 0;
  for (const m of known) {
    if (done.some((step) => step.id === m.id)) continue;
    if (m.id < last) throw new SchemaError(`schema step ${m.id} "${m.name}" is missing below step ${last}`);
    raw.transaction(() => {
      raw.exec(m.sql);
      raw.prepare('INSERT INTO schema_steps (id, name) VALUES (?, ?)').run(m.id, m.name);
    })();
  }
}

/**
 * Runs `work` in one transaction that takes the write lock at once. What it returns is returned after the commit and
 * its sync to disk; what it throws rolls everything back. Synchronous by design: nothing may be awaited inside.
 */
export function inTransaction<T>(db: Db, work: (w: WriteDb) => T): T {
  return db.raw.transaction(() => work(db as unknown as WriteDb)).immediate();
}

/** SQL that forbids editing a table of record: its rows can be added, never changed or taken away. */
export const neverEdited = (table: string): string => `
  CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is never edited'); END;
  CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is never deleted from'); END;
`;
