import { expect, test } from 'vitest';
import type { PersonInRoom } from '../../../electron/features/presence/contract.ts';
import { peopleShown } from './people-order.ts';

const person = (seat: string, where: object, name = `考生${seat}`) =>
  ({
    candidateId: seat,
    name,
    seat: `${seat} 号工位`,
    ticketNumber: `2026000000${seat.padStart(2, '0')}`,
    where,
  }) as unknown as PersonInRoom;
const inside = { kind: 'inside', sinceMs: 0 };
const people = [
  person('1', inside),
  person('2', { kind: 'finished', sinceMs: 0, signed: true }),
  person('3', { kind: 'break', sinceMs: 0, dueAtMs: 9, overdue: false }),
  person('4', { kind: 'break', sinceMs: 0, dueAtMs: 1, overdue: true }),
  person('12', inside, 'Li Si'),
];
const seats = (typed: string) => peopleShown(people, typed).map((p) => p.candidateId);

test.each([
  ['', ['4', '3', '1', '12', '2']],
  ['1', ['1']],
  ['12', ['12']],
  ['li s', ['12']],
  ['考生3', ['3']],
  ['工位', ['4', '3', '1', '12', '2']],
  ['nobody', []],
])('"%s" shows %j', (typed, shown) => {
  expect(seats(typed)).toEqual(shown);
});
