import { seedBytes } from '../draw/journal-seed.ts';
import { seededOrder } from '../draw/seeded-order.ts';

/** Ids by their bytes: the order in which people put a list does not count. */
export const sortedIds = <T extends string>(ids: Iterable<T>): T[] => [...ids].sort((a, b) => (a < b ? -1 : 1));

/** Rooms that may be drawn: those with somebody inside that were not drawn yet; once all were, all of them again. */
export function drawableRooms(occupied: readonly string[], drawnBefore: readonly string[]): string[] {
  const fresh = occupied.filter((roomId) => !drawnBefore.includes(roomId));
  return sortedIds(fresh.length > 0 ? fresh : occupied);
}

export interface InspectionWish {
  /** Merkle root of the journal before the draw's own entry, lower-case hex. */
  root: string;
  sessionId: string;
  /** From 1: which inspection of the session. */
  nth: number;
  /** At least one room and one inspector; their order does not matter. */
  rooms: readonly string[];
  inspectors: readonly string[];
  /** Candidate ids inside the room, by room id. */
  inside: (roomId: string) => readonly string[];
  /** How many of them are looked at; all where there are fewer. Rule pack: supervision.inspection-candidates. */
  count: number;
}

export interface DrawnInspection {
  roomId: string;
  inspectorId: string;
  /** In the order drawn. */
  candidateIds: string[];
}

/**
 * Who inspects which room and whom in it, to the byte: by `seededOrder` for the purposes `inspection <nth> room`, `inspection
 * <nth> inspector` and `inspection <nth> candidates` the ids, sorted as bytes, are put in an order; the first of the first two is
 * drawn, and the first `count` of the third.
 */
export function drawInspection(wish: InspectionWish): DrawnInspection {
  const seed = seedBytes(wish, wish.sessionId);
  const order = (what: string, ids: readonly string[]) =>
    seededOrder(seed, `inspection ${wish.nth} ${what}`).permutation(sortedIds(ids));
  const roomId = order('room', wish.rooms)[0]!;
  const inspectorId = order('inspector', wish.inspectors)[0]!;
  return { roomId, inspectorId, candidateIds: order('candidates', wish.inside(roomId)).slice(0, wish.count) };
}
