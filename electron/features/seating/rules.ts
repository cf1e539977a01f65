import { seedBytes } from '../draw/journal-seed.ts';
import { seededOrder } from '../draw/seeded-order.ts';

/** What the draw reads of a plan. */
export interface SeatingPlan {
  workstations: readonly { workstationId: string; roomId: string }[];
  /** Those of the session, of all its rooms. */
  candidates: readonly { roomId: string; workstationId: string | null }[];
}

/** Workstations of a room that are planned for nobody of the session, by id as bytes sort (ids are ASCII). */
export function freeWorkstations({ workstations, candidates }: SeatingPlan, roomId: string): string[] {
  const planned = new Set(candidates.map((c) => c.workstationId));
  return workstations
    .filter((w) => w.roomId === roomId && !planned.has(w.workstationId))
    .map((w) => w.workstationId)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Rooms in which somebody draws, by id. */
export const drawingRooms = ({ candidates }: SeatingPlan): string[] =>
  [...new Set(candidates.filter((c) => c.workstationId === null).map((c) => c.roomId))].sort((a, b) =>
    a < b ? -1 : 1,
  );

/**
 * The order in which a room's free workstations are given out: the k-th to be drawn gets the k-th. The permutation of
 * `freeWorkstations` by `seededOrder` for the purpose `workstations <room id>`.
 *
 * @param root  the seed's Merkle root, lower-case hex
 */
export const seatOrder = (root: string, sessionId: string, roomId: string, free: readonly string[]): string[] =>
  seededOrder(seedBytes({ root }, sessionId), `workstations ${roomId}`).permutation(free);
