import type { DraftTables, TableName } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** Which field names a row of which other table. */
export const REFERENCES: readonly [table: TableName, field: string, target: TableName, targetField: string][] = [
  ['sessions', 'rubricId', 'rubrics', 'rubricId'],
  ['cameras', 'roomId', 'rooms', 'roomId'],
  ['workstations', 'roomId', 'rooms', 'roomId'],
  ['candidates', 'sessionId', 'sessions', 'sessionId'],
  ['candidates', 'roomId', 'rooms', 'roomId'],
  ['candidates', 'workstationId', 'workstations', 'workstationId'],
  ['panels', 'sessionId', 'sessions', 'sessionId'],
  ['panels', 'roomId', 'rooms', 'roomId'],
  ['panels', 'examinerId', 'examiners', 'examinerId'],
  ['items', 'rubricId', 'rubrics', 'rubricId'],
  ['deductions', 'rubricId', 'rubrics', 'rubricId'],
  ['vetoes', 'rubricId', 'rubrics', 'rubricId'],
];

/** References to rows that do not exist, and workstations that stand in another room than the candidate is sent to. */
export function referenceViolations(tables: DraftTables): PlanViolation[] {
  return [
    ...REFERENCES.flatMap(([table, field, target, targetField]) => {
      if (tables[target] === undefined) return [];
      const known = new Set(tables[target].map((row) => (row as Record<string, unknown>)[targetField]));
      return (tables[table] ?? []).flatMap((row, index) => {
        const value = (row as Record<string, unknown>)[field];
        return typeof value !== 'string' || known.has(value) ? [] : [unknown(table, index, field, value)];
      });
    }),
    ...itemReferences(tables),
    ...wrongRooms(tables),
  ];
}

const unknown = (table: TableName, index: number, field: string, value: string): PlanViolation => ({
  code: 'unknown-reference',
  weight: 'problem',
  table,
  index,
  field,
  facts: { value },
});

function itemReferences({ items, deductions = [] }: DraftTables): PlanViolation[] {
  if (items === undefined) return [];
  const known = new Set(items.map((i) => JSON.stringify([i.rubricId, i.itemId])));
  return deductions.flatMap((d, index) =>
    d.rubricId === undefined || d.itemId === undefined || known.has(JSON.stringify([d.rubricId, d.itemId]))
      ? []
      : [unknown('deductions', index, 'itemId', d.itemId)],
  );
}

function wrongRooms({ workstations = [], candidates = [] }: DraftTables): PlanViolation[] {
  const roomOf = new Map<string | null | undefined, string | undefined>(
    workstations.map((w) => [w.workstationId, w.roomId]),
  );
  return candidates.flatMap(({ workstationId, roomId }, index): PlanViolation[] => {
    const actual = roomOf.get(workstationId);
    if (actual === undefined || roomId === undefined || actual === roomId) return [];
    const facts = { room: actual };
    return [
      {
        code: 'workstation-in-other-room',
        weight: 'problem',
        table: 'candidates',
        index,
        field: 'workstationId',
        facts,
      },
    ];
  });
}
