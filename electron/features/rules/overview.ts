import type { ReadDb } from '../../db/database.ts';
import { changeView } from './change-value.ts';
import type { ClauseView, RulesOverview } from './contract.ts';
import { type PackShelf, packText } from './pack-shelf.ts';
import type { RulePack } from './rule-pack.ts';
import { valueBounds } from './rule-values.ts';
import { frozenPacks, installedPacks, ruleChanges } from './store.ts';

/** Everything about the rules in force: where each clause is from, what was changed here and by whom. */
export function rulesOverview(deps: { db: ReadDb; shelf: PackShelf; pack: () => RulePack }): RulesOverview {
  const pack = deps.pack();
  const all = ruleChanges(deps.db);
  const holding = new Set(pack.clauses.flatMap((c) => c.changed?.changeId ?? []));
  const view = (changeId: string) => changeView(all.find((c) => c.changeId === changeId)!, true);
  const installed = new Map(installedPacks(deps.db).map((p) => [p.sha256, p.atMs]));
  const { sha256 } = packText(pack);
  return {
    packId: pack.id,
    version: pack.version,
    title: pack.title,
    layers: (pack.layers ?? []).map((layer) => {
      const { title, jurisdiction } = deps.shelf.files().get(layer.id)!.file;
      return { ...layer, title, jurisdiction, installedAtMs: installed.get(layer.sha256) ?? null };
    }),
    clauses: pack.clauses.map(
      (c): ClauseView => ({
        id: c.id,
        text: c.text,
        source: c.source,
        article: c.article,
        grade: c.grade,
        severity: c.severity,
        whenUnknown: c.whenUnknown ?? null,
        value: c.value ?? null,
        jurisdiction: c.jurisdiction ?? pack.jurisdiction,
        pack: c.pack ?? pack.id,
        effectiveFrom: c.effectiveFrom ?? null,
        effectiveUntil: c.effectiveUntil ?? null,
        bounds: c.severity === 'parameter' && c.value !== undefined ? valueBounds(c.id) : null,
        changed: c.changed ? view(c.changed.changeId) : null,
      }),
    ),
    changes: all.map((c) => changeView(c, holding.has(c.changeId))).toReversed(),
    sessions: frozenPacks(deps.db).map((f) => ({ ...f, same: f.sha256 === sha256 })),
  };
}
