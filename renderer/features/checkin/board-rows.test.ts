import { expect, test } from 'vitest';
import { type BoardRow, boardRows } from './board-rows.ts';

const row = (candidateId: string, roomId: string, more: Partial<BoardRow>): BoardRow =>
  ({
    candidateId,
    roomId,
    name: `考生${candidateId}`,
    seat: '1',
    ticketNumber: `2026${candidateId}`,
    status: 'not-yet',
    atMs: null,
    away: null,
    attempts: 0,
    ...more,
  }) as BoardRow;
const rows = [
  row('01', 'R1', { status: 'admitted' }),
  row('02', 'R1', { status: 'admitted-by-hand', away: { kind: 'break', sinceMs: 1 } }),
  row('03', 'R1', { status: 'set-aside' }),
  row('04', 'R2', { status: 'held' }),
  row('05', 'R2', {}),
  row('06', 'R2', { status: 'absent' }),
];
const all = { roomId: null, filter: 'all', typed: '' } as const;

test.each([
  [{}, ['01', '02', '03', '04', '05', '06']],
  [{ roomId: 'R2' }, ['04', '05', '06']],
  [{ filter: 'waiting' }, ['03', '04']],
  [{ filter: 'waiting', roomId: 'R1' }, ['03']],
  [{ filter: 'by-hand' }, ['02']],
  [{ filter: 'out' }, ['02']],
  [{ filter: 'not-yet' }, ['05']],
  [{ filter: 'absent' }, ['06']],
  [{ typed: ' 考生04 ' }, ['04']],
  [{ typed: '202601' }, ['01']],
  [{ typed: 'nobody' }, []],
] as const)('%j', (wanted, ids) => {
  expect(boardRows(rows, { ...all, ...wanted }).map((r) => r.candidateId)).toEqual(ids);
});
