import type { doorBoard as zh } from '../zh-CN/door-board.ts';

export const doorBoard: typeof zh = {
  room: 'Room',
  allRooms: 'All rooms',
  show: 'Show',
  filters: { all: 'All', waiting: 'Aside', 'by-hand': 'By hand', out: 'Out', 'not-yet': 'Not yet', absent: 'Absent' },
  find: 'Name, seat or ticket number',
  print: 'Print',
  title: (session, room) => `${session} · ${room}: who is in`,
  printedAt: (time) => `as of ${time}`,
  counts: (c) =>
    `expected ${c.expected} · in ${c.admitted} (${c.byHand} by hand) · out ${c.away} · aside ${c.setAside} · not yet ${c.notYet} · absent ${c.absent}`,
  columns: {
    seat: 'Seat',
    name: 'Name',
    ticket: 'Ticket',
    room: 'Room',
    status: 'State',
    time: 'Time',
    attempts: 'Attempts',
  },
  statuses: {
    'not-yet': 'Not yet',
    admitted: 'In',
    'admitted-by-hand': 'In (by hand)',
    'set-aside': 'Set aside',
    held: 'With the lead',
    absent: 'Absent',
  },
  away: { break: 'out', finished: 'handed in' },
  none: 'Nobody like that',
};
