import type { ReadDb } from '../db/database.ts';
import { admits, waits } from '../features/checkin/counts.ts';
import type { Doors } from '../features/checkin/deps.ts';
import { admissionsIn, attemptsIn, earlierArrivalMs } from '../features/checkin/store.ts';
import type { PlanBook } from '../features/plan/plan-book.ts';

/**
 * How many of a room may still be admitted after `lateAtMs`: who came in time and was set aside, or had the admission taken
 * back, and has not been settled since, and who has stood at the door since before the limit. Everybody else is too late.
 */
export function stillToEnter(
  { db, book, doors }: { db: ReadDb; book: PlanBook; doors: Doors },
  { sessionId, roomId, lateAtMs }: { sessionId: string; roomId: string; lateAtMs: number },
): number {
  const admitted = new Set(admissionsIn(db, sessionId).map((a) => a.candidateId));
  const latest = new Map(attemptsIn(db, sessionId).map((a) => [a.candidateId, a.outcome]));
  const standing = [...doors.values()].flatMap((d) => (d.roomId === roomId && d.attempt ? [d.attempt] : []));
  const waiting = book.candidatesOf(sessionId, roomId).filter(({ candidateId: id }) => {
    if (admitted.has(id) || (earlierArrivalMs(db, id) ?? Number.POSITIVE_INFINITY) > lateAtMs) return false;
    // No outcome yet: in an attempt now, or the station ended in the middle of it.
    const last = latest.get(id) ?? 'set-aside';
    // Admitted, and not any more: that was taken back, and the person may still come in.
    return standing.some((a) => a.candidate?.candidateId === id) || waits(last) || admits(last);
  });
  const unnamed = standing.filter((a) => a.candidate === null && a.startedAtMs <= lateAtMs);
  return waiting.length + unnamed.length;
}
