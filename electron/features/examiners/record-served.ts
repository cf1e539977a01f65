import type { WriteDb } from '../../db/database.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { insertServed } from './store.ts';

/**
 * Writes down who assessed in a session, with site, room and duty, by the panels in force; in the commit that seals it. By
 * person, so that the next plan's ids do not matter. Theory is marked by no panel and adds nothing.
 */
export function recordServed(w: WriteDb, book: PlanBook, sessionId: string, atMs: number): void {
  const session = book.session(sessionId);
  if (!session) return;
  for (const { roomId } of book.roomsOf(sessionId)) {
    for (const { examinerId, duty } of book.panel(sessionId, roomId)) {
      const person = book.examiner(examinerId);
      if (!person) continue;
      const { cardNumber, name } = person;
      const at = { sessionId, siteId: book.plan.site.siteId, roomId, startsAtMs: session.startsAtMs };
      insertServed(w, { cardNumber, name, ...at, duty, source: 'station' }, atMs);
    }
  }
}
