import { expect, test } from 'vitest';
import { type TicketUse, ticketUse } from './ticket-use.ts';

const HOLDER = '11010519491231002X';
const OTHER = '110101199001011237';

test.each<[string, number | null, string | null, TicketUse]>([
  ['nobody came with it yet', null, HOLDER, { kind: 'unused' }],
  ['nobody came with it yet, and another brings it', null, OTHER, { kind: 'unused' }],
  ['the holder is back', 5, HOLDER, { kind: 'used-by-holder', admittedAtMs: 5 }],
  ['the holder is back, x typed small', 5, HOLDER.toLowerCase(), { kind: 'used-by-holder', admittedAtMs: 5 }],
  ['only the ticket lies there', 5, null, { kind: 'used-by-holder', admittedAtMs: 5 }],
  ['another brings it after the holder came in', 5, OTHER, { kind: 'used-by-other', admittedAtMs: 5 }],
])('%s', (_what, admittedAtMs, documentNumber, use) => {
  expect(ticketUse({ documentNumber: HOLDER, admittedAtMs }, documentNumber)).toEqual(use);
});
