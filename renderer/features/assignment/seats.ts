import type { AssignmentBoard, RoomOnBoard } from '../../../electron/features/assignment/contract.ts';

/** A seat by its place on the board. */
export interface SeatAt {
  roomId: string;
  /** From 0, lead first. */
  index: number;
}

const needs = (room: RoomOnBoard, index: number): boolean => {
  const { examiner } = room.seats[index]!;
  return examiner === null || examiner.findings.some((f) => f.severity === 'block');
};

/** Every seat in reading order. */
export const allSeats = (board: AssignmentBoard): SeatAt[] =>
  board.rooms.flatMap((room) => room.seats.map((_, index) => ({ roomId: room.roomId, index })));

/** Where the next person is needed: the first seat that is open or held against the rules; null where none is. */
export function nextSeat(board: AssignmentBoard): SeatAt | null {
  for (const room of board.rooms) {
    const index = room.seats.findIndex((_, i) => needs(room, i));
    if (index !== -1) return { roomId: room.roomId, index };
  }
  return null;
}

/** One seat on, or back, in reading order; at the ends it stays. */
export function besideSeat(board: AssignmentBoard, at: SeatAt | null, step: 1 | -1): SeatAt | null {
  const seats = allSeats(board);
  const now = seats.findIndex((s) => s.roomId === at?.roomId && s.index === at.index);
  if (now === -1) return seats[0] ?? null;
  return seats[Math.min(seats.length - 1, Math.max(0, now + step))] ?? null;
}

/** What keeps the assignment from being handed in; null where nothing does. */
export function obstacle(
  board: AssignmentBoard,
): { kind: 'open'; roomName: string; seat: number } | { kind: 'unlawful'; roomName: string } | null {
  for (const room of board.rooms) {
    const index = room.seats.findIndex((s) => s.examiner === null);
    if (index !== -1) return { kind: 'open', roomName: room.name, seat: index + 1 };
  }
  const unlawful = board.rooms.find((r) => r.state === 'unlawful');
  return unlawful ? { kind: 'unlawful', roomName: unlawful.name } : null;
}

/** Open seats of a session, and its warnings decided and not. */
export function boardCounts(board: AssignmentBoard): { open: number; decided: number; undecided: number } {
  const warnings = board.rooms
    .flatMap((r) => [...r.findings, ...r.seats.flatMap((s) => s.examiner?.findings ?? [])])
    .filter((f) => f.severity === 'warn');
  return {
    open: board.rooms.flatMap((r) => r.seats).filter((s) => s.examiner === null).length,
    decided: warnings.filter((f) => f.accepted !== null).length,
    undecided: warnings.filter((f) => f.accepted === null).length,
  };
}
