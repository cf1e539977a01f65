import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { ExaminerId, StaffId } from '../../lib/ids.ts';
import type { StaffMember } from './contract.ts';
import type { Role } from './roles.ts';

export const staffMigration: Migration = {
  id: 40,
  name: 'staff',
  sql: `
    CREATE TABLE staff (
      staff_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, roles TEXT NOT NULL, examiner_id TEXT UNIQUE,
      pin_hash TEXT NOT NULL
    ) STRICT;
    -- Working state, not record: how often a PIN failed in a row, and until when it is not looked at.
    CREATE TABLE pin_tries (
      staff_id TEXT PRIMARY KEY REFERENCES staff, failures INTEGER NOT NULL, locked_until_ms INTEGER NOT NULL
    ) STRICT;
    -- Working state: one row a browser that came in by the one-time token. Only the hash of its cookie is kept.
    CREATE TABLE connections (
      connection_id TEXT PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE, staff_id TEXT REFERENCES staff,
      desk TEXT NOT NULL DEFAULT '', created_ms INTEGER NOT NULL
    ) STRICT;
  `,
};

export const examinerAccountsMigration: Migration = {
  id: 120,
  name: 'examiner-accounts',
  sql: `
    -- Which examiner an account belongs to, as a person: a plan's ids are its own, the next may give one to somebody else.
    -- From here on staff.examiner_id is not used; accounts of before belong to the person the plan in force names.
    CREATE TABLE examiner_accounts (
      staff_id TEXT PRIMARY KEY REFERENCES staff, card_number TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (card_number, name)
    ) STRICT;
    INSERT INTO examiner_accounts (staff_id, card_number, name)
      SELECT s.staff_id, json_extract(e.value, '$.cardNumber'), json_extract(e.value, '$.name')
      FROM staff s, plans p, json_each(p.plan, '$.examiners') e
      WHERE p.rowid = (SELECT max(rowid) FROM plans) AND json_extract(e.value, '$.examinerId') = s.examiner_id;
    UPDATE staff SET examiner_id = NULL;
    ${neverEdited('examiner_accounts')}
  `,
};

/** An examiner as a person: the number of their card, and their name. */
export interface ExaminerPerson {
  cardNumber: string;
  name: string;
}
/** The id by which the plan in force names this person; null where it does not. */
export type ExaminerInPlan = (who: ExaminerPerson) => ExaminerId | null;

/** Somebody who works here, apart from any plan. */
export type StaffPerson = Omit<StaffMember, 'examinerId'> & { examiner: ExaminerPerson | null };

export const memberUnder = (inPlan: ExaminerInPlan, { examiner, ...person }: StaffPerson): StaffMember => ({
  ...person,
  examinerId: examiner && inPlan(examiner),
});

interface StaffRow {
  staff_id: string;
  name: string;
  roles: string;
  card_number: string | null;
  examiner_name: string | null;
}

const STAFF = `SELECT s.staff_id, s.name, s.roles, a.card_number, a.name AS examiner_name
  FROM staff s LEFT JOIN examiner_accounts a USING (staff_id)`;

const personOf = (r: StaffRow): StaffPerson => ({
  staffId: r.staff_id as StaffId,
  name: r.name,
  roles: JSON.parse(r.roles) as Role[],
  examiner: r.card_number === null ? null : { cardNumber: r.card_number, name: r.examiner_name! },
});

export const allStaff = (db: ReadDb): StaffPerson[] =>
  (db.prepare(`${STAFF} ORDER BY s.rowid`).all() as StaffRow[]).map(personOf);

export function findStaff(db: ReadDb, staffId: string): StaffPerson | null {
  const row = db.prepare(`${STAFF} WHERE s.staff_id = ?`).get(staffId) as StaffRow | undefined;
  return row ? personOf(row) : null;
}

export const nameTaken = (db: ReadDb, name: string): boolean =>
  db.prepare('SELECT 1 FROM staff WHERE name = ?').get(name) !== undefined;

export const examinerTaken = (db: ReadDb, { cardNumber, name }: ExaminerPerson): boolean =>
  db.prepare('SELECT 1 FROM examiner_accounts WHERE card_number = ? AND name = ?').get(cardNumber, name) !== undefined;

export function insertStaff(
  w: WriteDb,
  m: Pick<StaffMember, 'staffId' | 'name' | 'roles'>,
  pinHash: string,
  examiner: ExaminerPerson | null = null,
): void {
  w.prepare('INSERT INTO staff (staff_id, name, roles, pin_hash) VALUES (?, ?, ?, ?)').run(
    m.staffId,
    m.name,
    JSON.stringify(m.roles),
    pinHash,
  );
  if (examiner === null) return;
  w.prepare('INSERT INTO examiner_accounts (staff_id, card_number, name) VALUES (?, ?, ?)').run(
    m.staffId,
    examiner.cardNumber,
    examiner.name,
  );
}

export function savePinHash(w: WriteDb, staffId: string, pinHash: string): void {
  w.prepare('UPDATE staff SET pin_hash = ? WHERE staff_id = ?').run(pinHash, staffId);
}

export const pinHashOf = (db: ReadDb, staffId: string): string | null =>
  (db.prepare('SELECT pin_hash FROM staff WHERE staff_id = ?').get(staffId) as { pin_hash: string } | undefined)
    ?.pin_hash ?? null;

export interface PinTries {
  failures: number;
  lockedUntilMs: number;
}

export function pinTries(db: ReadDb, staffId: string): PinTries {
  const row = db
    .prepare('SELECT failures, locked_until_ms AS lockedUntilMs FROM pin_tries WHERE staff_id = ?')
    .get(staffId);
  return (row as PinTries | undefined) ?? { failures: 0, lockedUntilMs: 0 };
}

export function savePinTries(w: WriteDb, staffId: string, tries: PinTries): void {
  w.prepare('INSERT OR REPLACE INTO pin_tries (staff_id, failures, locked_until_ms) VALUES (?, ?, ?)').run(
    staffId,
    tries.failures,
    tries.lockedUntilMs,
  );
}

export interface Connection {
  connectionId: string;
  staffId: string | null;
  desk: string;
}

export function insertConnection(w: WriteDb, connectionId: string, tokenHash: Uint8Array, createdMs: number): void {
  w.prepare('INSERT INTO connections (connection_id, token_hash, created_ms) VALUES (?, ?, ?)').run(
    connectionId,
    tokenHash,
    createdMs,
  );
}

export function findConnection(db: ReadDb, tokenHash: Uint8Array): Connection | null {
  const row = db
    .prepare('SELECT connection_id AS connectionId, staff_id AS staffId, desk FROM connections WHERE token_hash = ?')
    .get(tokenHash);
  return (row as Connection | undefined) ?? null;
}

/** Staff signed in at this moment on any desk. */
export const signedInStaff = (db: ReadDb): string[] =>
  (
    db.prepare('SELECT DISTINCT staff_id FROM connections WHERE staff_id IS NOT NULL').all() as { staff_id: string }[]
  ).map((r) => r.staff_id);

export function bindConnection(w: WriteDb, connectionId: string, staffId: string | null, desk: string): void {
  w.prepare('UPDATE connections SET staff_id = ?, desk = ? WHERE connection_id = ?').run(staffId, desk, connectionId);
}
