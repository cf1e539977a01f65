import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/**
 * What cameras are said to see: workstations that do not exist or stand in another room, and, as a warning, workstations
 * of a room with cameras that none of these sees.
 */
export function cameraViolations({ cameras = [], workstations }: DraftTables): PlanViolation[] {
  if (workstations === undefined) return [];
  const roomOf = new Map<string, string | undefined>(
    workstations.flatMap((w) => (w.workstationId === undefined ? [] : [[w.workstationId, w.roomId]])),
  );
  const wrong = cameras.flatMap((camera, index) =>
    (camera.sees ?? []).flatMap((value): PlanViolation[] => {
      const at = { weight: 'problem', table: 'cameras', index, field: 'sees' } as const;
      if (!roomOf.has(value)) return [{ ...at, code: 'unknown-reference', facts: { value } }];
      const room = roomOf.get(value);
      if (room === undefined || camera.roomId === undefined || room === camera.roomId) return [];
      return [{ ...at, code: 'camera-sees-other-room', facts: { value, room } }];
    }),
  );
  const inRoom = Map.groupBy(cameras, (c) => c.roomId);
  const unseen = workstations.flatMap((workstation, index): PlanViolation[] => {
    const { workstationId, roomId } = workstation;
    const there = (roomId !== undefined && inRoom.get(roomId)) || [];
    if (workstationId === undefined || there.length === 0) return [];
    if (there.some(({ sees }) => sees === undefined || sees.includes(workstationId))) return [];
    const at = { table: 'workstations', index, field: 'workstationId' } as const;
    return [{ ...at, code: 'workstation-not-seen', weight: 'warning', facts: {} }];
  });
  return [...wrong, ...unseen];
}
