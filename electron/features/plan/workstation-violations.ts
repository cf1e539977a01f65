import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** Whether a row leaves the workstation to the draw at admission. A cell that was wrong leaves no field at all. */
const draws = (row: { workstationId?: string | null | undefined }): boolean =>
  'workstationId' in row && (row.workstationId ?? null) === null;

/**
 * Rooms with fewer free workstations than candidates who draw one at admission, once a session and room, at the first such
 * candidate. Free is what stands in the room and is planned for nobody of the session.
 */
export function workstationViolations({ candidates = [], workstations }: DraftTables): PlanViolation[] {
  if (workstations === undefined) return [];
  const planned = new Set(candidates.map((c) => JSON.stringify([c.sessionId, c.workstationId])));
  const groups = Map.groupBy(
    [...candidates.entries()].filter(([, c]) => draws(c) && c.sessionId !== undefined && c.roomId !== undefined),
    ([, c]) => JSON.stringify([c.sessionId, c.roomId]),
  );
  return [...groups.values()].flatMap((drawing): PlanViolation[] => {
    const [index, { sessionId, roomId }] = drawing[0]!;
    const free = workstations.filter(
      (w) => w.roomId === roomId && !planned.has(JSON.stringify([sessionId, w.workstationId])),
    ).length;
    if (free >= drawing.length) return [];
    const facts = { room: roomId!, drawing: String(drawing.length), free: String(free) };
    return [
      { code: 'too-few-workstations', weight: 'problem', table: 'candidates', index, field: 'workstationId', facts },
    ];
  });
}
