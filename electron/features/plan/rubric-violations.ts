import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** Every part is marked out of 100.0 (domain.md, numbers: parts). */
const FULL_TENTHS = 1000;

/** Rubrics whose items do not sum to 100.0, whose pass mark cannot be reached, or that deduct more than an item has. */
export function rubricViolations({ rubrics = [], items, deductions = [] }: DraftTables): PlanViolation[] {
  if (items === undefined) return [];
  const maxOf = new Map(items.map((i) => [JSON.stringify([i.rubricId, i.itemId]), i.maxTenths]));
  return [
    ...rubrics.flatMap(({ rubricId, passTenths }, index): PlanViolation[] => {
      if (rubricId === undefined) return [];
      const at = { table: 'rubrics', index, weight: 'problem' } as const;
      const own = items.filter((i) => i.rubricId === rubricId);
      if (own.length === 0) return [{ ...at, code: 'rubric-without-items', field: 'rubricId', facts: {} }];
      const found: PlanViolation[] = [];
      if (passTenths !== undefined && passTenths > FULL_TENTHS) {
        found.push({ ...at, code: 'rubric-pass-above-sum', field: 'passTenths', facts: {} });
      }
      // An item whose mark could not be read makes the sum unknown, and is complained about itself.
      if (own.some((i) => i.maxTenths === undefined)) return found;
      const sum = own.reduce((total, i) => total + (i.maxTenths ?? 0), 0);
      if (sum !== FULL_TENTHS) {
        found.push({ ...at, code: 'rubric-sum', field: 'rubricId', facts: { sum: (sum / 10).toFixed(1) } });
      }
      return found;
    }),
    ...deductions.flatMap((d, index): PlanViolation[] => {
      const max = maxOf.get(JSON.stringify([d.rubricId, d.itemId]));
      if (max === undefined || d.tenths === undefined || d.tenths <= max) return [];
      const facts = { max: (max / 10).toFixed(1) };
      return [{ code: 'deduction-above-item', weight: 'problem', table: 'deductions', index, field: 'tenths', facts }];
    }),
  ];
}
