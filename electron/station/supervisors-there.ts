import type { ReadDb } from '../db/database.ts';
import { staffEvents } from '../features/staff/events.ts';
import { findStaff } from '../features/staff/store.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';

/**
 * How many supervisors were signed in at some moment of a session, from the opening of its doors to its end: since before
 * and not out again by then, or come in between. Asked of the journal and not of who is signed in now: who was there stays so after going home, and who
 * comes for the sealing was not.
 */
export function supervisorsThere(
  { db, journal }: { db: ReadDb; journal: Journal },
  session: { openedAtMs: number; endedAtMs: number },
): number {
  const events = [staffEvents.signedIn.id, staffEvents.signedOut.id];
  const all = journal.page({ beforeSeq: null, limit: 100_000, sessionId: null, events, contains: '' });
  const there = new Map<string, string>();
  for (const entry of all.toReversed()) {
    const { staffId } = staffEvents.signedOut.data.parse(entry.data);
    const atDesk = `${staffId} ${deskOf(entry)}`;
    if (entry.event === staffEvents.signedOut.id) {
      if (entry.wallMs < session.openedAtMs) there.delete(atDesk);
    } else if (entry.wallMs <= session.endedAtMs) there.set(atDesk, staffId);
  }
  return [...new Set(there.values())].filter((id) => findStaff(db, id)?.roles.includes('supervisor')).length;
}

/** Somebody may be signed in at two desks, and out again at one. */
const deskOf = ({ actor }: JournalEntry): string => (actor.kind === 'staff' ? actor.desk : '');
