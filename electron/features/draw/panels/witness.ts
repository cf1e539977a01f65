import { Board, NOBODY } from './board.ts';
import type { Model } from './model.ts';
import { type Promises, Repair } from './repair.ts';
import { tooFew } from './shortage.ts';

export const noPromises = ({ people }: Model): Promises => ({
  duties: new Int32Array(people),
  leads: new Int32Array(people),
  full: 'neither',
});

/** Starts with another seat first: each begins with the seat that could not be filled last time. */
const MOST_STARTS = 40;

/**
 * One complete lawful assignment, found without any randomness: the fewest possible first, each seat to whoever has the
 * fewest duties. It is published before the seed, so that nobody can choose among several.
 *
 * @returns the board, or the seats that could not be filled at the best try
 */
export function findWitness(model: Model): { ok: true; board: Board } | { ok: false; unfilled: number[] } {
  const choice = model.allowed.map((allowed) => allowed.reduce((n, may) => n + may, 0));
  let order = [...model.seats.keys()].sort((a, b) => choice[a]! - choice[b]! || a - b);
  let best: number[] | null = null;
  for (let start = 0; start < MOST_STARTS; start += 1) {
    const board = new Board(model);
    const unfilled = fillAll(board, order);
    if (unfilled.length === 0) {
      board.forget();
      return { ok: true, board };
    }
    if (best === null || unfilled.length < best.length) best = unfilled;
    // Counting is cheap beside trying again: where it proves that there is none, nothing more is tried.
    if (start === 0 && tooFew(model) !== null) break;
    const first = new Set(unfilled);
    order = [...unfilled, ...order.filter((seat) => !first.has(seat))];
  }
  return { ok: false, unfilled: best! };
}

function fillAll(board: Board, order: readonly number[]): number[] {
  const repair = new Repair(board, noPromises(board.model));
  const unfilled: number[] = [];
  for (const seat of order) {
    const free = leastBusy(board, seat);
    if (free !== NOBODY) board.sit(seat, free);
    else if (!repair.fill(seat) && !forceAnyone(board, repair, seat)) unfilled.push(seat);
  }
  return unfilled;
}

function leastBusy(board: Board, seat: number): number {
  let best = NOBODY;
  for (let person = 0; person < board.model.people; person += 1) {
    if (best !== NOBODY && board.seatsOf[person]!.length >= board.seatsOf[best]!.length) continue;
    if (board.maySit(person, seat)) best = person;
  }
  return best;
}

function forceAnyone(board: Board, repair: Repair, seat: number): boolean {
  for (let person = 0; person < board.model.people; person += 1) if (repair.force(person, seat)) return true;
  return false;
}
