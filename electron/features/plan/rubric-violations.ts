import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** Every part is marked out of 100.0 (domain.md, numbers: parts). */
const FULL_TENTHS = 1000;

/** Rubrics whose items do not sum to 100.0, whose pass mark cannot be reached, or that deduct more than an item has. */
export function rubricViolations(tables: DraftTables): PlanViolation[] {
  const { rubrics = [], items, deductions = [] } = tables;
  if (items === undefined) return [];
  const maxOf = new Map(items.map((i) => [JSON.stringify([i.rubricId, i.itemId]), i.maxTenths]));
  return [
    ...stepViolations(tables),
    ...timeViolations(tables),
    ...tornSections(tables),
    ...otherSessions(tables),
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

const marks = (tenths: number) => (tenths / 10).toFixed(1);

/** Where marks go by steps, what is taken off and what is left at the most goes by them too. */
function stepViolations({ items = [], deductions = [] }: DraftTables): PlanViolation[] {
  const stepOf = new Map(items.map((i) => [JSON.stringify([i.rubricId, i.itemId]), i.stepTenths]));
  return [
    ...items.flatMap(({ maxTenths, stepTenths }, index): PlanViolation[] => {
      if (maxTenths === undefined || stepTenths === undefined || maxTenths % stepTenths === 0) return [];
      const facts = { max: marks(maxTenths), step: marks(stepTenths) };
      return [{ code: 'item-step', weight: 'problem', table: 'items', index, field: 'stepTenths', facts }];
    }),
    ...deductions.flatMap((d, index): PlanViolation[] => {
      const step = stepOf.get(JSON.stringify([d.rubricId, d.itemId]));
      if (step === undefined || d.tenths === undefined || d.tenths % step === 0) return [];
      const facts = { step: marks(step) };
      return [{ code: 'deduction-step', weight: 'problem', table: 'deductions', index, field: 'tenths', facts }];
    }),
  ];
}

function timeViolations({ rubrics = [], items = [] }: DraftTables): PlanViolation[] {
  return rubrics.flatMap(({ rubricId, minutes }, index): PlanViolation[] => {
    if (rubricId === undefined || minutes === undefined) return [];
    const sum = items.filter((i) => i.rubricId === rubricId).reduce((n, i) => n + (i.minutes ?? 0), 0);
    if (sum <= minutes) return [];
    const facts = { sum: String(sum), minutes: String(minutes) };
    return [{ code: 'item-minutes', weight: 'problem', table: 'rubrics', index, field: 'minutes', facts }];
  });
}

/** An item of a section that was left already: on paper its heading would stand twice. */
function tornSections({ items = [] }: DraftTables): PlanViolation[] {
  const last = new Map<string, number>();
  const before = new Map<string | undefined, string | undefined>();
  return items.flatMap(({ rubricId, section }, index): PlanViolation[] => {
    const same = before.get(rubricId) === section;
    before.set(rubricId, section);
    if (section === undefined) return [];
    const key = JSON.stringify([rubricId, section]);
    const otherIndex = last.get(key);
    last.set(key, index);
    if (otherIndex === undefined || same) return [];
    const at = { table: 'items', index, otherIndex, field: 'section', facts: { section } } as const;
    return [{ ...at, code: 'section-torn', weight: 'problem' }];
  });
}

/** A rubric that says of what it is, used by a session of something else. */
function otherSessions({ rubrics = [], sessions = [] }: DraftTables): PlanViolation[] {
  const byId = new Map(rubrics.map((r) => [r.rubricId, r]));
  return sessions.flatMap((session, index): PlanViolation[] => {
    const rubric = session.rubricId ? byId.get(session.rubricId) : undefined;
    if (!rubric || !session.rubricId) return [];
    const differs = (['occupation', 'level', 'part'] as const).some(
      (k) => rubric[k] !== undefined && session[k] !== undefined && rubric[k] !== session[k],
    );
    const facts = { rubric: session.rubricId };
    return differs
      ? [{ code: 'rubric-for-another', weight: 'problem', table: 'sessions', index, field: 'rubricId', facts }]
      : [];
  });
}
