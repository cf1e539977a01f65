import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** Each part is passed at 60.0 (国家职业技能标准). */
const PASS_TENTHS = 600;
const BEIJING_MS = 8 * 3600_000;

/** Earlier passes that are none: below the pass mark, stated twice, or of a day not before the sessions of the plan. */
export function partPassViolations({ partPasses = [], sessions }: DraftTables): PlanViolation[] {
  const starts = (sessions ?? []).flatMap((s) => s.startsAtMs ?? []);
  const firstDay = starts.length === 0 ? null : new Date(Math.min(...starts) + BEIJING_MS).toISOString().slice(0, 10);
  const first = new Map<string, number>();
  return partPasses.flatMap((p, index): PlanViolation[] => {
    const found: PlanViolation[] = [];
    const at = { table: 'partPasses', index, weight: 'problem' } as const;
    if (p.scoreTenths !== undefined && p.scoreTenths < PASS_TENTHS) {
      const facts = { score: (p.scoreTenths / 10).toFixed(1) };
      found.push({ ...at, code: 'part-pass-below', field: 'scoreTenths', facts });
    }
    if (firstDay !== null && p.passedOn !== undefined && p.passedOn >= firstDay) {
      found.push({ ...at, code: 'part-pass-late', field: 'passedOn', facts: {} });
    }
    const key = JSON.stringify([p.documentNumber, p.occupation, p.level, p.part]);
    const otherIndex = first.get(key);
    if (otherIndex === undefined) first.set(key, index);
    else if (p.documentNumber !== undefined) {
      found.push({ ...at, code: 'part-pass-twice', field: 'documentNumber', otherIndex, facts: {} });
    }
    return found;
  });
}
