import type { ReadDb } from '../../db/database.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { draftsOf, lockedSheets, numbersIn } from './store.ts';

/** What the panel has given a candidate so far. Of the marks themselves nothing is told. */
export function marksGiven(db: ReadDb, book: PlanBook | null, candidateId: string): 'none' | 'draft' | 'locked' {
  const candidate = book?.candidate(candidateId);
  if (!book || !candidate) return 'none';
  const { sessionId, roomId } = candidate;
  const number = numbersIn(db, sessionId, roomId).find((n) => n.candidateId === candidateId)?.number;
  if (number === undefined) return 'none';
  if (lockedSheets(db, sessionId, roomId).some((s) => s.marks[number] !== undefined)) return 'locked';
  const drafted = book
    .panel(sessionId, roomId)
    .some(({ examinerId }) =>
      draftsOf(db, { sessionId, roomId, examinerId }).some((d) => d.number === number && d.tenths !== null),
    );
  return drafted ? 'draft' : 'none';
}
