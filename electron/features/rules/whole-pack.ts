import { err, ok, type Result } from '../../lib/result.ts';
import type { Clause, ClauseValue, RulePack, RulePackFile, RulePackLayer } from './rule-pack.ts';
import { checkRuleValues, type RuleValueFault } from './rule-values.ts';

/** A pack's file with what is known of where it came from. */
export interface PackFile {
  file: RulePackFile;
  sha256: string;
  signedBy: string | null;
  /** The version that came with the station: a clause the station knows is never missing, whatever a later file leaves out. */
  beneath?: PackFile;
}

export type WholePackFault =
  | { code: 'not-found'; id: string }
  /** Packs that stand on each other in a ring, or one on more than `MAX_DEPTH` others. */
  | { code: 'extends'; id: string }
  | { code: 'values'; id: string; faults: RuleValueFault[] };

/** National, province, city, site, occupation: more is a mistake. */
const MAX_DEPTH = 5;

/**
 * A pack with everything it stands on; its own clauses win.
 *
 * @param day  only clauses in force on it count, so that one that ends gives way to the one below; null for all there are
 */
export function wholePack(
  fileOf: (id: string) => PackFile | undefined,
  id: string,
  day: string | null,
): Result<RulePack, WholePackFault> {
  const chain: PackFile[] = [];
  for (let next: string | undefined = id; next !== undefined; next = chain.at(-1)!.file.extends) {
    if (chain.length === MAX_DEPTH || chain.some((f) => f.file.id === next)) return err({ code: 'extends', id: next });
    const found = fileOf(next);
    if (!found) return err({ code: 'not-found', id: next });
    chain.push(found);
  }
  const files = chain.flatMap((f) => (f.beneath ? [f, f.beneath] : [f]));
  const clauses = new Map<string, Clause>();
  for (const { file } of files.toReversed()) {
    for (const c of file.clauses) {
      if (day !== null && !isInForce(c, day)) continue;
      clauses.set(c.id, { ...c, jurisdiction: c.jurisdiction ?? file.jurisdiction, pack: file.id });
    }
  }
  const layers = files.map(({ file, sha256, signedBy }): RulePackLayer => {
    return { id: file.id, version: file.version, sha256, signedBy };
  });
  const pack: RulePack = { ...files[0]!.file, clauses: [...clauses.values()], layers };
  const values = checkRuleValues(pack);
  return values.ok ? ok(pack) : err({ code: 'values', id, faults: values.error });
}

/** Whether a clause or a pack is in force on a day; both its days are included. */
export const isInForce = (
  { effectiveFrom, effectiveUntil }: { effectiveFrom?: string | undefined; effectiveUntil?: string | undefined },
  day: string,
): boolean => (effectiveFrom ?? day) <= day && day <= (effectiveUntil ?? day);

/** A value that was changed here (本地改动), of one clause of one pack. */
export interface LocalValue {
  changeId: string;
  packId: string;
  clauseId: string;
  /** The pack's own value at the time: where the pack has another by now, the change has lapsed. */
  was: ClauseValue;
  value: ClauseValue;
}

/** @param changes  oldest first; the newest of a clause counts, and one back to the pack's own value is none */
export function withLocalValues(pack: RulePack, changes: readonly LocalValue[]): RulePack {
  const newest = new Map(changes.filter((c) => c.packId === pack.id).map((c) => [c.clauseId, c]));
  const clauses = pack.clauses.map((clause): Clause => {
    const change = newest.get(clause.id);
    const holds =
      change && clause.severity === 'parameter' && clause.value === change.was && change.value !== change.was;
    return holds ? { ...clause, value: change.value, changed: { changeId: change.changeId, was: change.was } } : clause;
  });
  return { ...pack, clauses };
}
