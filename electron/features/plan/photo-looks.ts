import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { planEvents } from './events.ts';

/** A screen that draws the same photograph again and again is one look. */
const ONE_LOOK_MS = 60_000;

export interface PhotoLooksDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  /** Whether the candidate stands at a door now, in an attempt that is open. */
  atDoor: (candidateId: string) => boolean;
}

/**
 * Puts on record who looked at a candidate's photograph: once a minute for a person and a candidate. While the candidate
 * stands at the door, comparing it is the check itself, whose record names the photograph: that needs no entry of its own.
 */
export function photoLooks(deps: PhotoLooksDeps) {
  const lastMs = new Map<string, number>();
  return (caller: Caller, candidate: { candidateId: string; sessionId: string }): void => {
    const { candidateId, sessionId } = candidate;
    if (deps.atDoor(candidateId)) return;
    const now = deps.clock.monotonicMs();
    for (const [key, at] of lastMs) if (now - at >= ONE_LOOK_MS) lastMs.delete(key);
    const key = JSON.stringify([caller.member?.staffId ?? caller.connectionId, candidateId]);
    if (lastMs.has(key)) return;
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), planEvents.photoSeen, { candidateId }, sessionId),
    );
    lastMs.set(key, now);
  };
}
