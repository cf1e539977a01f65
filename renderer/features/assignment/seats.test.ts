import { describe, expect, test } from 'vitest';
import type { AssignmentBoard } from '../../../electron/features/assignment/contract.ts';
import { besideSeat, boardCounts, nextSeat, obstacle } from './seats.ts';

type Room = AssignmentBoard['rooms'][number];
const finding = (severity: 'block' | 'warn', accepted = false) => ({
  severity,
  accepted: accepted ? { reason: '样本', byName: '样本', atMs: 1 } : null,
});
/** Seats by a letter each: `o` open, `f` fine, `b` against a rule, `w` warned of, `a` warned of and set aside. */
const room = (roomId: string, seats: string, state: Room['state'] = 'full'): Room =>
  ({
    roomId,
    name: `${roomId} 考场`,
    state,
    findings: [],
    seats: [...seats].map((s) => ({
      duty: 'member',
      examiner: s === 'o' ? null : { findings: s === 'f' ? [] : [finding(s === 'b' ? 'block' : 'warn', s === 'a')] },
    })),
  }) as unknown as Room;
const board = (...rooms: Room[]) => ({ rooms }) as AssignmentBoard;

test.each([
  ['the first open one', board(room('1', 'fff'), room('2', 'fof')), { roomId: '2', index: 1 }],
  ['one held against a rule', board(room('1', 'fwb'), room('2', 'ooo')), { roomId: '1', index: 2 }],
  ['none where all is well', board(room('1', 'faw')), null],
])('the next seat is %s', (_, b, seat) => expect(nextSeat(b)).toEqual(seat));

describe('beside a seat', () => {
  const b = board(room('1', 'ff'), room('2', 'f'));
  test.each([
    [{ roomId: '1', index: 1 }, 1, { roomId: '2', index: 0 }],
    [{ roomId: '2', index: 0 }, -1, { roomId: '1', index: 1 }],
    [{ roomId: '2', index: 0 }, 1, { roomId: '2', index: 0 }],
    [null, 1, { roomId: '1', index: 0 }],
  ] as const)('%j by %i is %j', (at, step, next) => expect(besideSeat(b, at, step)).toEqual(next));
});

test('what keeps it from being handed in: open seats first, then what a rule forbids', () => {
  expect(obstacle(board(room('1', 'fb', 'unlawful'), room('2', 'fo', 'short')))).toEqual({
    kind: 'open',
    roomName: '2 考场',
    seat: 2,
  });
  expect(obstacle(board(room('1', 'fb', 'unlawful')))).toEqual({ kind: 'unlawful', roomName: '1 考场' });
  expect(obstacle(board(room('1', 'fw', 'undecided')))).toBeNull();
});

test('open seats, and warnings decided and not; what blocks is no warning', () => {
  expect(boardCounts(board(room('1', 'oaw'), room('2', 'bwf')))).toEqual({ open: 1, decided: 1, undecided: 2 });
});
