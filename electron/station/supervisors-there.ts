import type { ReadDb } from '../db/database.ts';
import { staffEvents } from '../features/staff/events.ts';
import { findStaff } from '../features/staff/store.ts';
import type { Journal } from '../journal/journal.ts';

/**
 * How many supervisors signed in on the day of a session before it ended. Asked of the journal and not of who is signed
 * in now: who was there stays so after going home, and who comes for the sealing was not.
 *
 * @param dayOf  the calendar day at the site of a wall-clock time
 */
export function supervisorsThere(
  { db, journal }: { db: ReadDb; journal: Journal },
  session: { startsAtMs: number; endedAtMs: number },
  dayOf: (wallMs: number) => string,
): number {
  const events = [staffEvents.signedIn.id];
  const signIns = journal.page({ beforeSeq: null, limit: 100_000, sessionId: null, events, contains: '' });
  const day = dayOf(session.startsAtMs);
  const there = new Set(
    signIns
      .filter((e) => dayOf(e.wallMs) === day && e.wallMs <= session.endedAtMs)
      .map((e) => staffEvents.signedIn.data.parse(e.data).staffId),
  );
  return [...there].filter((id) => findStaff(db, id)?.roles.includes('supervisor')).length;
}
