import { randomInt } from 'node:crypto';
import { inTransaction } from '../../db/database.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { scoringEvents } from './events.ts';
import type { ScoringDeps, Where } from './open-sheet.ts';
import { insertNumber, numbersOf } from './store.ts';

/** What begins a room's numbers; a second room of the session has another letter. */
const letterOf = (book: PlanBook, { sessionId, roomId }: Where): string =>
  String.fromCharCode(65 + (book.roomsOf(sessionId).findIndex((r) => r.roomId === roomId) % 26));

/**
 * Anonymous numbers in an order nobody chose, put on record. Drawn once the session has been opened, since the plan may
 * be replaced until then; whoever has none by then gets the next ones. What is sealed has its numbers, or never needed
 * any.
 */
export function drawNumbers(
  deps: Pick<ScoringDeps, 'db' | 'journal' | 'sessionState'>,
  book: PlanBook,
  where: Where,
): void {
  const { sessionId, roomId } = where;
  inTransaction(deps.db, (w) => {
    const state = deps.sessionState(sessionId);
    if (state === 'preparing' || state === 'sealed') return;
    const numbered = numbersOf(w, sessionId);
    const drawn = new Set(numbered.map((n) => n.candidateId));
    const ids = book.candidatesOf(sessionId, roomId).flatMap((c) => (drawn.has(c.candidateId) ? [] : [c.candidateId]));
    if (ids.length === 0) return;
    for (let i = ids.length - 1; i > 0; i -= 1) {
      const j = randomInt(i + 1);
      [ids[i], ids[j]] = [ids[j]!, ids[i]!];
    }
    const letter = letterOf(book, where);
    const used = numbered.filter((n) => n.roomId === roomId).length;
    const numbers = Object.fromEntries(
      ids.map((id, i) => [`${letter}${String(used + i + 1).padStart(2, '0')}`, id as string]),
    );
    for (const [number, id] of Object.entries(numbers)) insertNumber(w, sessionId, roomId, id, number);
    deps.journal.append(w, { kind: 'station' }, scoringEvents.numbersDrawn, { roomId, numbers }, sessionId);
  });
}
