import type { InferSchemaOutput } from '@orpc/contract';
import type { CandidateStatus, checkin } from '../../../electron/features/checkin/contract.ts';

type ListOutput = NonNullable<(typeof checkin.list)['~orpc']['outputSchema']>;
export type BoardRow = InferSchemaOutput<ListOutput>[number];

/** What the board can be narrowed to. `by-hand`: let in by two persons; `out`: in, and not in the room now. */
export type BoardFilter = 'all' | 'waiting' | 'by-hand' | 'out' | 'not-yet' | 'absent';
export const boardFilters: readonly BoardFilter[] = ['all', 'waiting', 'by-hand', 'out', 'not-yet', 'absent'];

const held: ReadonlySet<CandidateStatus> = new Set(['set-aside', 'held']);

export function fits(row: BoardRow, filter: BoardFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'waiting':
      return held.has(row.status);
    case 'by-hand':
      return row.status === 'admitted-by-hand';
    case 'out':
      return row.away !== null;
    default:
      return row.status === filter;
  }
}

/** The rows of one room, or of all, that fit and whose name, seat or ticket holds what was typed; in the list's own order. */
export function boardRows(
  rows: readonly BoardRow[],
  wanted: { roomId: string | null; filter: BoardFilter; typed: string },
): BoardRow[] {
  const typed = wanted.typed.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (wanted.roomId === null || row.roomId === wanted.roomId) &&
      fits(row, wanted.filter) &&
      (typed === '' || [row.name, row.seat, row.ticketNumber].some((text) => text.toLowerCase().includes(typed))),
  );
}
