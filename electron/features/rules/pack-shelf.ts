import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { parsePackFile } from './load-rule-pack.ts';
import type { RulePack } from './rule-pack.ts';
import { type RuleValues, ruleValues } from './rule-values.ts';
import { frozenPack, frozenSha256, insertFrozen, installedPacks, ruleChanges } from './store.ts';
import { type PackFile, wholePack, withLocalValues } from './whole-pack.ts';

/**
 * The pack a session goes by: as it was opened with, whatever was changed since. Without a session, or for one that is not
 * open yet, the pack in force now.
 */
export type PackOf = (sessionId?: string | null) => RulePack;
/** The values of `PackOf`, typed. */
export type RulesOf = (sessionId?: string | null) => RuleValues;

/** Every pack the station has: what came with it, and what the centre has signed since; of an id the highest version. */
export interface PackShelf {
  has(id: string): boolean;
  files(): ReadonlyMap<string, PackFile>;
  /** With the values changed here, on this day. @throws Error when there is no sound pack of this id */
  now(id: string): RulePack;
  /** As at the opening of a session; null for one that was not opened yet. */
  ofSession(sessionId: string): RulePack | null;
  /** Files and changes are read anew. */
  reload(): void;
}

/** @param shipped  the packs that came with the station, by id  @param today  calendar day at the site */
export function packShelf(db: ReadDb, shipped: ReadonlyMap<string, PackFile>, today: () => string): PackShelf {
  let files = filesOf(db, shipped);
  let whole = new Map<string, RulePack>();
  // By hash and not by session: an opening that is rolled back must leave nothing behind.
  const frozen = new Map<string, RulePack>();
  return {
    has: (id) => files.has(id),
    files: () => files,
    now(id) {
      const key = `${today()} ${id}`;
      const known = whole.get(key);
      if (known) return known;
      const made = wholePack((asked) => files.get(asked), id, today());
      if (!made.ok) throw new Error(`the rule pack ${id} is unusable: ${JSON.stringify(made.error)}`);
      const pack = withLocalValues(made.value, ruleChanges(db));
      whole.set(key, pack);
      return pack;
    },
    ofSession(sessionId) {
      const sha256 = frozenSha256(db, sessionId);
      if (sha256 === null) return null;
      const pack = frozen.get(sha256) ?? frozenPack(db, sessionId)!.pack;
      frozen.set(sha256, pack);
      return pack;
    },
    reload() {
      files = filesOf(db, shipped);
      whole = new Map();
    },
  };
}

function filesOf(db: ReadDb, shipped: ReadonlyMap<string, PackFile>): ReadonlyMap<string, PackFile> {
  const files = new Map(shipped);
  for (const { packId, text, sha256, signedBy } of installedPacks(db)) {
    const file = parsePackFile(text);
    // Judged before it was kept; a newer station that knows no such clause any more goes by what it brought.
    if (!file.ok) continue;
    const came = shipped.get(packId);
    if (came && came.file.version > file.value.version) continue;
    files.set(packId, { file: file.value, sha256, signedBy, ...(came && { beneath: came }) });
  }
  return files;
}

/** What a session keeps of its pack, and the hash of it that the journal has. */
export function packText(pack: RulePack): { text: string; sha256: string } {
  const text = canonicalJson(pack);
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Keeps the pack a session is opened with, whole, in the commit that opens it. @returns its hash */
export function freezePack(w: WriteDb, sessionId: string, pack: RulePack, atMs: number): string {
  const { text, sha256 } = packText(pack);
  insertFrozen(w, { sessionId, sha256, atMs }, text);
  return sha256;
}

/** @param planned  id of the pack that the plan in force names */
export function packsOf(shelf: PackShelf, planned: () => string | undefined): { pack: PackOf; rules: RulesOf } {
  const valuesOf = new WeakMap<RulePack, RuleValues>();
  const pack: PackOf = (sessionId) => {
    const id = planned() ?? 'national';
    return (sessionId && shelf.ofSession(sessionId)) || shelf.now(shelf.has(id) ? id : 'national');
  };
  return {
    pack,
    rules(sessionId) {
      const from = pack(sessionId);
      const values = valuesOf.get(from) ?? ruleValues(from);
      valuesOf.set(from, values);
      return values;
    },
  };
}

/** The same, with the pack and the values of one session wherever none is named. */
export const ofSession = <D extends { pack: PackOf; rules: RulesOf }>(deps: D, sessionId: string): D => ({
  ...deps,
  pack: (other = sessionId) => deps.pack(other),
  rules: (other = sessionId) => deps.rules(other),
});
