import type { ReadDb } from '../../db/database.ts';
import { packText } from './pack-shelf.ts';
import type { RulePack } from './rule-pack.ts';
import {
  type FrozenPack,
  frozenPacks,
  type InstalledPack,
  installedPacks,
  type RuleChange,
  ruleChanges,
} from './store.ts';

/** What a bundle keeps beside a session's pack: who changed which value and why, and the files the centre signed. */
export interface RulesRecord {
  /** Hash of the pack's canonical JSON, as the journal has it. */
  packSha256: string;
  /** null for a session opened by a station that kept no packs yet. */
  frozenAtMs: number | null;
  changes: RuleChange[];
  signed: Pick<InstalledPack, 'packId' | 'version' | 'sha256' | 'text' | 'signature' | 'signedBy'>[];
}

/** @param pack  the pack the session goes by */
export function rulesRecord(db: ReadDb, sessionId: string, pack: RulePack): RulesRecord {
  const used = new Set(pack.clauses.flatMap((c) => c.changed?.changeId ?? []));
  const layers = new Set((pack.layers ?? []).map((l) => l.sha256));
  const frozen: FrozenPack | undefined = frozenPacks(db).find((f) => f.sessionId === sessionId);
  return {
    packSha256: packText(pack).sha256,
    frozenAtMs: frozen?.atMs ?? null,
    changes: ruleChanges(db).filter((c) => used.has(c.changeId)),
    signed: installedPacks(db)
      .filter((p) => layers.has(p.sha256))
      .map(({ packId, version, sha256, text, signature, signedBy }) => ({
        packId,
        version,
        sha256,
        text,
        signature,
        signedBy,
      })),
  };
}
