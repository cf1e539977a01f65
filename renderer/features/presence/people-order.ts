import type { PersonInRoom } from '../../../electron/features/presence/contract.ts';

/** Who wants attention first: overdue, then on a break, then inside, then gone; within each by seat as the station lists them. */
const rank = ({ where }: PersonInRoom): number => {
  if (where.kind === 'break') return where.overdue ? 0 : 1;
  return where.kind === 'inside' ? 2 : 3;
};

/** The list as it is shown, cut down to those whose seat, ticket or name holds what was typed. */
export function peopleShown(people: readonly PersonInRoom[], typed: string): PersonInRoom[] {
  const wanted = typed.trim().toLowerCase();
  const found = people.filter(({ name, seat, ticketNumber }) => {
    if (wanted === '') return true;
    // A bare number is a seat: "1" finds seat 1 before it finds half the room.
    if (/^\d{1,3}$/.test(wanted)) return seat.match(/\d+/)?.[0] === wanted || ticketNumber.endsWith(wanted);
    return name.toLowerCase().includes(wanted) || seat.toLowerCase().includes(wanted) || ticketNumber.endsWith(wanted);
  });
  return found.toSorted((a, b) => rank(a) - rank(b));
}
