import type { Board } from './board.ts';
import type { Model } from './model.ts';
import { Repair } from './repair.ts';
import { noPromises } from './witness.ts';

/**
 * The numbers 0 to count - 1 in an order that the seed and the name of its use determine. Drawn one by one: most orders are
 * needed only in their beginning.
 */
export type OrderOf = (use: string, count: number) => Iterable<number>;

/**
 * The lottery in two phases, around a lawful assignment that stays whole at every step, so that it never comes to a dead
 * end. Integers only.
 *
 * 1. Who serves: in every round a seeded order of all examiners; each is promised one duty more if the assignment can be
 *    repaired to include it. Everyone's first duty comes before anyone's second. Then the lead duties among those who serve,
 *    in the same way.
 * 2. Where: the seats in seeded order; each goes to the first of a seeded order of examiners for whom it can be repaired.
 *
 * @param witness  a lawful assignment; it is changed
 * @param order  an order of its own for each use of chance
 * @returns by seat, the examiner
 */
export function drawSeats(witness: Board, order: OrderOf): Int32Array {
  const { model } = witness;
  const promises = noPromises(model);
  const repair = new Repair(witness, promises);
  promise(witness, repair, promises.duties, model.seats.length, (round) => order(`duties/${round}`, model.people));
  promises.full = 'duties';
  promise(witness, repair, promises.leads, leadSeats(model), (round) => order(`lead-duties/${round}`, model.people));
  promises.full = 'both';
  for (const seat of order('seats', model.seats.length)) {
    for (const person of order(`seat/${seat}`, model.people)) {
      if (witness.holder[seat] === person || (mayCome(witness, person, seat) && repair.force(person, seat))) break;
    }
    witness.settled[seat] = 1;
    witness.forget();
  }
  return witness.holder;
}

const leadSeats = (model: Model): number => model.seats.filter((seat) => seat.role === 'lead').length;

/** Promises duties round by round until they fill every seat, or nobody can be promised one more. */
function promise(
  board: Board,
  repair: Repair,
  promised: Int32Array,
  seats: number,
  order: (round: number) => Iterable<number>,
): void {
  let left = seats;
  for (let round = 1; left > 0; round += 1) {
    const before = left;
    for (const person of order(round)) {
      if (promised[person] !== round - 1) continue;
      promised[person]! += 1;
      if (repair.seatAgain(person)) left -= 1;
      else promised[person]! -= 1;
      board.forget();
      if (left === 0) return;
    }
    if (left === before) return;
  }
}

/** With every duty promised, whoever comes must have another seat of this kind to leave, and not settled yet. */
const mayCome = (board: Board, person: number, seat: number): boolean =>
  board.model.allowed[seat]![person] === 1 &&
  board.seatsOf[person]!.some((held) => board.settled[held] === 0 && board.isLead(held) === board.isLead(seat));
