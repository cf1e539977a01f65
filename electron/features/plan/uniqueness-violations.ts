import type { DraftTables, TableName } from './plan-tables.ts';
import type { PlanViolation, PlanViolationCode } from './plan-violation.ts';

/** What may stand only once: in its table, or (with `within`) once for each value of another field. */
const UNIQUE: [table: TableName, field: string, within: string | null, code: PlanViolationCode][] = [
  ['sessions', 'sessionId', null, 'duplicate'],
  ['rooms', 'roomId', null, 'duplicate'],
  ['cameras', 'cameraId', null, 'duplicate'],
  ['workstations', 'workstationId', null, 'duplicate'],
  ['candidates', 'candidateId', null, 'duplicate'],
  ['candidates', 'ticketNumber', 'sessionId', 'duplicate-in-session'],
  ['candidates', 'documentNumber', 'sessionId', 'duplicate-in-session'],
  ['candidates', 'workstationId', 'sessionId', 'workstation-taken'],
  ['examiners', 'examinerId', null, 'duplicate'],
  ['examiners', 'cardNumber', null, 'duplicate'],
  ['rubrics', 'rubricId', null, 'duplicate'],
  ['items', 'itemId', 'rubricId', 'duplicate'],
  ['vetoes', 'vetoId', 'rubricId', 'duplicate'],
  ['blocked', 'blockedId', null, 'duplicate'],
];

/** The second and every further row that repeats a value which may stand only once; `otherIndex` is the first. */
export function uniquenessViolations(tables: DraftTables): PlanViolation[] {
  return UNIQUE.flatMap(([table, field, within, code]) => {
    const first = new Map<string, number>();
    return (tables[table] ?? []).flatMap((draft, index): PlanViolation[] => {
      const row = draft as Record<string, unknown>;
      const scope = within === null ? '' : row[within];
      // null: drawn at admission, so that nobody has it yet.
      if (row[field] === undefined || row[field] === null || scope === undefined) return [];
      const key = JSON.stringify([scope, row[field]]);
      const otherIndex = first.get(key);
      if (otherIndex !== undefined) return [{ code, weight: 'problem', table, index, field, otherIndex, facts: {} }];
      first.set(key, index);
      return [];
    });
  });
}
