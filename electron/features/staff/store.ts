import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
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

interface StaffRow {
  staff_id: string;
  name: string;
  roles: string;
  examiner_id: string | null;
}

const member = (r: StaffRow): StaffMember => ({
  staffId: r.staff_id as StaffId,
  name: r.name,
  roles: JSON.parse(r.roles) as Role[],
  examinerId: r.examiner_id as ExaminerId | null,
});

export const allStaff = (db: ReadDb): StaffMember[] =>
  (db.prepare('SELECT * FROM staff ORDER BY rowid').all() as StaffRow[]).map(member);

export function findStaff(db: ReadDb, staffId: string): StaffMember | null {
  const row = db.prepare('SELECT * FROM staff WHERE staff_id = ?').get(staffId) as StaffRow | undefined;
  return row ? member(row) : null;
}

export const nameTaken = (db: ReadDb, name: string): boolean =>
  db.prepare('SELECT 1 FROM staff WHERE name = ?').get(name) !== undefined;

export const examinerTaken = (db: ReadDb, examinerId: string): boolean =>
  db.prepare('SELECT 1 FROM staff WHERE examiner_id = ?').get(examinerId) !== undefined;

export function insertStaff(w: WriteDb, m: StaffMember, pinHash: string): void {
  w.prepare('INSERT INTO staff (staff_id, name, roles, examiner_id, pin_hash) VALUES (?, ?, ?, ?, ?)').run(
    m.staffId,
    m.name,
    JSON.stringify(m.roles),
    m.examinerId,
    pinHash,
  );
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
