import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { ClauseValue, RulePack } from './rule-pack.ts';
import type { LocalValue } from './whole-pack.ts';

export const rulesMigration: Migration = {
  id: 205,
  name: 'rules',
  sql: `
    -- Files the centre has signed, as they came; the newest version of an id is in use.
    CREATE TABLE rule_packs (
      pack_id TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL, signature TEXT NOT NULL,
      signed_by TEXT NOT NULL, at_ms INTEGER NOT NULL, by_staff_id TEXT NOT NULL, PRIMARY KEY (pack_id, version)
    ) STRICT;
    -- Values changed here by two persons; the newest of a clause counts.
    CREATE TABLE rule_changes (
      change_id TEXT PRIMARY KEY, pack_id TEXT NOT NULL, clause_id TEXT NOT NULL, was TEXT NOT NULL, value TEXT NOT NULL,
      reason TEXT NOT NULL, by_staff_id TEXT NOT NULL, by_name TEXT NOT NULL, by_role TEXT NOT NULL,
      second_staff_id TEXT NOT NULL, second_name TEXT NOT NULL, second_role TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    -- Whole packs as sessions were opened with them, by hash of their canonical JSON.
    CREATE TABLE rule_pack_texts (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE session_rule_packs (
      session_id TEXT PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES rule_pack_texts, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('rule_packs')}
    ${neverEdited('rule_changes')}
    ${neverEdited('rule_pack_texts')}
    ${neverEdited('session_rule_packs')}
  `,
};

/** A file the centre has signed. */
export interface InstalledPack {
  packId: string;
  version: number;
  sha256: string;
  text: string;
  signature: string;
  signedBy: string;
  atMs: number;
  byStaffId: string;
}

/** Every installed file, oldest version first. */
export const installedPacks = (db: ReadDb): InstalledPack[] =>
  db
    .prepare(
      `SELECT pack_id AS packId, version, sha256, text, signature, signed_by AS signedBy, at_ms AS atMs,
       by_staff_id AS byStaffId FROM rule_packs ORDER BY pack_id, version`,
    )
    .all() as InstalledPack[];

export function insertPack(w: WriteDb, p: InstalledPack): void {
  w.prepare(
    `INSERT INTO rule_packs (pack_id, version, sha256, text, signature, signed_by, at_ms, by_staff_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(p.packId, p.version, p.sha256, p.text, p.signature, p.signedBy, p.atMs, p.byStaffId);
}

/** Who stood for a change, as they were then. */
export interface Signatory {
  staffId: string;
  name: string;
  role: string;
}

export interface RuleChange extends LocalValue {
  reason: string;
  by: Signatory;
  second: Signatory;
  atMs: number;
}

interface ChangeRow {
  change_id: string;
  pack_id: string;
  clause_id: string;
  was: string;
  value: string;
  reason: string;
  by_staff_id: string;
  by_name: string;
  by_role: string;
  second_staff_id: string;
  second_name: string;
  second_role: string;
  at_ms: number;
}

/** Every change of a value, oldest first. */
export const ruleChanges = (db: ReadDb): RuleChange[] =>
  (db.prepare('SELECT * FROM rule_changes ORDER BY rowid').all() as ChangeRow[]).map((r) => ({
    changeId: r.change_id,
    packId: r.pack_id,
    clauseId: r.clause_id,
    was: JSON.parse(r.was) as ClauseValue,
    value: JSON.parse(r.value) as ClauseValue,
    reason: r.reason,
    by: { staffId: r.by_staff_id, name: r.by_name, role: r.by_role },
    second: { staffId: r.second_staff_id, name: r.second_name, role: r.second_role },
    atMs: r.at_ms,
  }));

export function insertChange(w: WriteDb, c: RuleChange): void {
  w.prepare('INSERT INTO rule_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    c.changeId,
    c.packId,
    c.clauseId,
    JSON.stringify(c.was),
    JSON.stringify(c.value),
    c.reason,
    c.by.staffId,
    c.by.name,
    c.by.role,
    c.second.staffId,
    c.second.name,
    c.second.role,
    c.atMs,
  );
}

export interface FrozenPack {
  sessionId: string;
  sha256: string;
  atMs: number;
}

export const frozenPacks = (db: ReadDb): FrozenPack[] =>
  db
    .prepare('SELECT session_id AS sessionId, sha256, at_ms AS atMs FROM session_rule_packs ORDER BY rowid')
    .all() as FrozenPack[];

/** Hash of the pack a session was opened with; null as for `frozenPack`. */
export function frozenSha256(db: ReadDb, sessionId: string): string | null {
  const row = db.prepare('SELECT sha256 FROM session_rule_packs WHERE session_id = ?').get(sessionId);
  return (row as { sha256: string } | undefined)?.sha256 ?? null;
}

/** The pack a session was opened with; null for one that was not opened yet, or opened before packs were kept. */
export function frozenPack(db: ReadDb, sessionId: string): (FrozenPack & { pack: RulePack }) | null {
  const row = db
    .prepare(
      `SELECT session_id AS sessionId, s.sha256, at_ms AS atMs, text
       FROM session_rule_packs s JOIN rule_pack_texts t ON t.sha256 = s.sha256 WHERE session_id = ?`,
    )
    .get(sessionId) as (FrozenPack & { text: string }) | undefined;
  if (!row) return null;
  const { text, ...frozen } = row;
  return { ...frozen, pack: JSON.parse(text) as RulePack };
}

export function insertFrozen(w: WriteDb, { sessionId, sha256, atMs }: FrozenPack, text: string): void {
  w.prepare('INSERT OR IGNORE INTO rule_pack_texts (sha256, text) VALUES (?, ?)').run(sha256, text);
  w.prepare('INSERT INTO session_rule_packs (session_id, sha256, at_ms) VALUES (?, ?, ?)').run(sessionId, sha256, atMs);
}
