import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { type Generated, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';

/** What the centre keeps. Times are wall-clock milliseconds; journal sizes are numbers of entries. */
export interface CentreTables {
  /** `signing_key`: that of the enrolment; which keys count since then stands in `station_keys`. */
  stations: { station_id: string; site_name: string; signing_key: string; enrolled_ms: number };
  /** Every key a station has had, numbered from 1: see KeySpan. */
  station_keys: {
    station_id: string;
    number: number;
    signing_key: string;
    journal: number;
    from_size: number;
    until_size: number | null;
    ended: string | null;
  };
  /** What was done about keys, by whom and who was the second. Nothing is taken out of it. */
  key_acts: {
    number: Generated<number>;
    at_ms: number;
    station_id: string;
    act: string;
    by_name: string;
    second_name: string;
    /** JSON of what was changed. */
    detail: string;
  };
  /** age recipients that bundles are sealed to, `state`: next, current, former. */
  centre_recipients: { recipient: string; state: string; since_ms: number };
  planned_sessions: { session_id: string; station_id: string };
  uploads: {
    upload_id: string;
    station_id: string;
    bundle_id: string;
    tag_manifest_sha256: string;
    size_bytes: number;
    /** receiving, received, refused, expired (never arrived whole), sent-again (one of these two, then sent once more), accepted */
    state: string;
    /** JSON of the refusal; null until there is one. */
    refusal: string | null;
    created_ms: number;
    changed_ms: number;
  };
  bundles: {
    /** In the order of acceptance. */
    number: Generated<number>;
    bundle_id: string;
    station_id: string;
    session_id: string;
    tag_manifest_sha256: string;
    /** Which of the station's journals, as in KeySpan. */
    journal: number;
    /** Entries of the journal under its checkpoint. */
    journal_size: number;
    /** Of the bundle before it; empty for a station's first. No two follow the same one. */
    previous_sha256: string;
    accepted_ms: number;
    receipt_number: string;
    receipt: string;
    receipt_signature: string;
    claims: string;
  };
  /** Every checkpoint of a station's journal that the centre has seen: its journal has to go on from each of them. */
  seen_checkpoints: {
    station_id: string;
    journal: number;
    size: number;
    root: string;
    note: string;
    seen_ms: number;
  };
}
export type CentreDb = Kysely<CentreTables>;

/** A file of this machine: one process, nothing to install. */
export function openSqliteStore(path: string): CentreDb {
  const database = new BetterSqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  return new Kysely({ dialect: new SqliteDialect({ database }) });
}

/** A PostgreSQL that several processes share. @param url  `postgres://...` */
export async function openPostgresStore(url: string): Promise<CentreDb> {
  const { default: pg } = await import('pg');
  // Times and sizes stay far below 2^53; the driver would hand them over as texts.
  const INT8 = 20;
  pg.types.setTypeParser(INT8, Number);
  return new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 8 }) }) });
}

/** The centre's store, ready: a file below its folder, or the PostgreSQL at `database`. */
export async function openCentreStore(dataDir: string, database: string | undefined): Promise<CentreDb> {
  const db =
    database === undefined ? openSqliteStore(join(dataDir, 'centre.sqlite')) : await openPostgresStore(database);
  if (!isPostgres(db)) await prepareStore(db);
  else
    await db.transaction().execute(async (tx) => {
      // PostgreSQL's IF NOT EXISTS fails when two do it at the same moment.
      await sql`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(tx);
      await prepareStore(tx);
    });
  return db;
}

/** Any number, the same in every version. */
const SCHEMA_LOCK = 7_204_711;

const isPostgres = (db: CentreDb): boolean => db.getExecutor().adapter.supportsTransactionalDdl;

/** Until the end of the transaction no other one that holds the station goes on: what is seen of it stays so. */
export async function holdStation(tx: CentreDb, stationId: string): Promise<void> {
  // SQLite lets one transaction through at a time anyway.
  if (!isPostgres(tx)) return;
  await tx.selectFrom('stations').select('station_id').where('station_id', '=', stationId).forUpdate().execute();
}

/** Makes what is not there yet. */
export async function prepareStore(db: CentreDb): Promise<void> {
  const numbered = isPostgres(db) ? 'serial' : 'integer';
  await db.schema
    .createTable('stations')
    .ifNotExists()
    .addColumn('station_id', 'text', (c) => c.primaryKey())
    .addColumn('site_name', 'text', (c) => c.notNull())
    .addColumn('signing_key', 'text', (c) => c.notNull())
    .addColumn('enrolled_ms', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('planned_sessions')
    .ifNotExists()
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('planned_once', ['session_id', 'station_id'])
    .execute();
  await db.schema
    .createTable('uploads')
    .ifNotExists()
    .addColumn('upload_id', 'text', (c) => c.primaryKey())
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addColumn('bundle_id', 'text', (c) => c.notNull())
    .addColumn('tag_manifest_sha256', 'text', (c) => c.notNull())
    .addColumn('size_bytes', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('refusal', 'text')
    .addColumn('created_ms', 'bigint', (c) => c.notNull())
    .addColumn('changed_ms', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('bundles')
    .ifNotExists()
    .addColumn('number', numbered, (c) => c.primaryKey())
    .addColumn('bundle_id', 'text', (c) => c.notNull().unique())
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('tag_manifest_sha256', 'text', (c) => c.notNull().unique())
    .addColumn('journal', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('journal_size', 'bigint', (c) => c.notNull())
    .addColumn('previous_sha256', 'text', (c) => c.notNull())
    .addUniqueConstraint('one_row_a_station', ['station_id', 'previous_sha256'])
    .addColumn('accepted_ms', 'bigint', (c) => c.notNull())
    .addColumn('receipt_number', 'text', (c) => c.notNull().unique())
    .addColumn('receipt', 'text', (c) => c.notNull())
    .addColumn('receipt_signature', 'text', (c) => c.notNull())
    .addColumn('claims', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('seen_checkpoints')
    .ifNotExists()
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addColumn('journal', 'integer', (c) => c.notNull())
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('root', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('seen_ms', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_tree_a_journal_and_size', ['station_id', 'journal', 'size'])
    .execute();
  await db.schema
    .createTable('station_keys')
    .ifNotExists()
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('signing_key', 'text', (c) => c.notNull())
    .addColumn('journal', 'integer', (c) => c.notNull())
    .addColumn('from_size', 'bigint', (c) => c.notNull())
    .addColumn('until_size', 'bigint')
    .addColumn('ended', 'text')
    .addPrimaryKeyConstraint('keys_in_order', ['station_id', 'number'])
    .addUniqueConstraint('a_key_once', ['station_id', 'signing_key'])
    .execute();
  await db.schema
    .createTable('key_acts')
    .ifNotExists()
    .addColumn('number', numbered, (c) => c.primaryKey())
    .addColumn('at_ms', 'bigint', (c) => c.notNull())
    .addColumn('station_id', 'text', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('second_name', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('centre_recipients')
    .ifNotExists()
    .addColumn('recipient', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('since_ms', 'bigint', (c) => c.notNull())
    .execute();
  await bringUpToDate(db);
  await sql`CREATE INDEX IF NOT EXISTS uploads_by_bundle ON uploads (tag_manifest_sha256)`.execute(db);
}

/** A store of before keys had spans: every station had one key and one journal. Safe to be run again. */
async function bringUpToDate(db: CentreDb): Promise<void> {
  const tables = await db.introspection.getTables();
  if (!tables.find((t) => t.name === 'bundles')?.columns.some((c) => c.name === 'journal')) {
    await sql`ALTER TABLE bundles ADD COLUMN journal INTEGER NOT NULL DEFAULT 1`.execute(db);
  }
  if (tables.some((t) => t.name === 'checkpoints')) {
    await sql`INSERT INTO seen_checkpoints (station_id, journal, size, root, note, seen_ms)
      SELECT station_id, 1, size, root, note, seen_ms FROM checkpoints WHERE true ON CONFLICT DO NOTHING`.execute(db);
  }
  await sql`INSERT INTO station_keys (station_id, number, signing_key, journal, from_size)
    SELECT station_id, 1, signing_key, 1, 0 FROM stations WHERE true ON CONFLICT DO NOTHING`.execute(db);
}

/** Whether a write failed because another had put the same name in first, in either database's words. */
export function isTaken(cause: unknown): boolean {
  const { code } = cause as { code?: string };
  return code === '23505' || (code?.startsWith('SQLITE_CONSTRAINT') ?? false);
}
