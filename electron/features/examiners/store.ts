import type { z } from 'zod';
import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { PanelDuty } from '../plan/plan-schema.ts';
import type { ExaminerPerson } from '../staff/store.ts';
import type { DossierRecord } from './dossier-record.ts';

export const examinersMigration: Migration = {
  id: 200,
  name: 'examiners',
  sql: `
    -- One row a version: a change is a new row that names the one it replaces, and only one row can.
    CREATE TABLE dossiers (
      version_id INTEGER PRIMARY KEY, dossier_id TEXT NOT NULL, replaces INTEGER UNIQUE REFERENCES dossiers,
      card_number TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL,
      at_ms INTEGER NOT NULL, by_staff_id TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX dossiers_by_person ON dossiers (card_number, name);
    CREATE INDEX dossiers_by_id ON dossiers (dossier_id, version_id);
    -- By person and not by dossier: who has served here without one has served all the same.
    CREATE TABLE sessions_served (
      card_number TEXT NOT NULL, name TEXT NOT NULL, session_id TEXT NOT NULL, site_id TEXT NOT NULL, room_id TEXT NOT NULL,
      starts_ms INTEGER NOT NULL, duty TEXT, source TEXT NOT NULL, at_ms INTEGER NOT NULL,
      PRIMARY KEY (card_number, name, session_id, site_id, room_id)
    ) STRICT;
    ${neverEdited('dossiers')}
    ${neverEdited('sessions_served')}
  `,
};

export type DossierSource = 'import' | 'form';

/** One version of a dossier, with who made it, when and why. */
export interface DossierVersion {
  versionId: number;
  dossierId: string;
  replaces: number | null;
  record: DossierRecord;
  atMs: number;
  byStaffId: string;
  source: DossierSource;
  reason: string;
}

interface Row {
  version_id: number;
  dossier_id: string;
  replaces: number | null;
  record: string;
  at_ms: number;
  by_staff_id: string;
  source: DossierSource;
  reason: string;
}

const versionOf = (r: Row): DossierVersion => ({
  versionId: r.version_id,
  dossierId: r.dossier_id,
  replaces: r.replaces,
  record: JSON.parse(r.record) as DossierRecord,
  atMs: r.at_ms,
  byStaffId: r.by_staff_id,
  source: r.source,
  reason: r.reason,
});

const CURRENT = 'NOT EXISTS (SELECT 1 FROM dossiers n WHERE n.replaces = d.version_id)';

/** Every dossier as it stands now, by card number. */
export const currentDossiers = (db: ReadDb): DossierVersion[] =>
  (db.prepare(`SELECT * FROM dossiers d WHERE ${CURRENT} ORDER BY card_number, name`).all() as Row[]).map(versionOf);

export function currentDossier(db: ReadDb, dossierId: string): DossierVersion | null {
  const row = db.prepare(`SELECT * FROM dossiers d WHERE dossier_id = ? AND ${CURRENT}`).get(dossierId);
  return row ? versionOf(row as Row) : null;
}

/** All versions of a dossier, the newest first. */
export const dossierHistory = (db: ReadDb, dossierId: string): DossierVersion[] =>
  (db.prepare('SELECT * FROM dossiers WHERE dossier_id = ? ORDER BY version_id DESC').all(dossierId) as Row[]).map(
    versionOf,
  );

/** The dossiers of a person by any card they had: under an old number it is still theirs. */
export const dossierIdsOf = (db: ReadDb, { cardNumber, name }: ExaminerPerson): string[] =>
  (
    db
      .prepare('SELECT DISTINCT dossier_id AS id FROM dossiers WHERE card_number = ? AND name = ?')
      .all(cardNumber, name) as { id: string }[]
  ).map((r) => r.id);

/** Every person a dossier ever stood for, by dossier: card numbers are renewed. */
export function personsByDossier(db: ReadDb): Map<string, ExaminerPerson[]> {
  const rows = db.prepare('SELECT DISTINCT dossier_id, card_number, name FROM dossiers').all() as {
    dossier_id: string;
    card_number: string;
    name: string;
  }[];
  const persons = new Map<string, ExaminerPerson[]>();
  for (const r of rows) {
    const one = { cardNumber: r.card_number, name: r.name };
    persons.set(r.dossier_id, [...(persons.get(r.dossier_id) ?? []), one]);
  }
  return persons;
}

/** @returns the id of the new version. @throws when another version has replaced `replaces` already: check before */
export function insertDossier(w: WriteDb, v: Omit<DossierVersion, 'versionId'>): number {
  const done = w
    .prepare(
      `INSERT INTO dossiers (dossier_id, replaces, card_number, name, record, at_ms, by_staff_id, source, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      v.dossierId,
      v.replaces,
      v.record.cardNumber,
      v.record.name,
      JSON.stringify(v.record),
      v.atMs,
      v.byStaffId,
      v.source,
      v.reason,
    );
  return Number(done.lastInsertRowid);
}

/** One session in which somebody assessed. `duty` null where it is not known. */
export interface ServedRow extends ExaminerPerson {
  sessionId: string;
  siteId: string;
  roomId: string;
  startsAtMs: number;
  duty: PanelDutyName | null;
  /** Sealed at this station, or brought by a file. */
  source: 'station' | 'import';
}
type PanelDutyName = z.infer<typeof PanelDuty>;

interface ServedDbRow {
  card_number: string;
  name: string;
  session_id: string;
  site_id: string;
  room_id: string;
  starts_ms: number;
  duty: PanelDutyName | null;
  source: 'station' | 'import';
}

const servedOf = (r: ServedDbRow): ServedRow => ({
  cardNumber: r.card_number,
  name: r.name,
  sessionId: r.session_id,
  siteId: r.site_id,
  roomId: r.room_id,
  startsAtMs: r.starts_ms,
  duty: r.duty,
  source: r.source,
});

/** Every session anybody is known to have served, oldest first. */
export const allServed = (db: ReadDb): ServedRow[] =>
  (db.prepare('SELECT * FROM sessions_served ORDER BY starts_ms, rowid').all() as ServedDbRow[]).map(servedOf);

/** What is on record already is left as it is: a file that tells it again changes nothing. */
export function insertServed(w: WriteDb, row: ServedRow, atMs: number): boolean {
  const done = w
    .prepare(
      `INSERT OR IGNORE INTO sessions_served
       (card_number, name, session_id, site_id, room_id, starts_ms, duty, source, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(row.cardNumber, row.name, row.sessionId, row.siteId, row.roomId, row.startsAtMs, row.duty, row.source, atMs);
  return done.changes > 0;
}
