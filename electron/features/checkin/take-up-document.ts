import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { attemptOf, inTurn, isSamePerson, makeWay, personAt, recordArrival, stand } from './begin-attempt.ts';
import type { CloseDeps, DoorAt } from './deps.ts';
import { doorState } from './door.ts';
import { type SessionOver, sessionOnRecord, sessionOver } from './door-session.ts';
import { checkinEvents } from './events.ts';
import type { OpenAttempt } from './open-attempt.ts';

/** A document that staff bring to the door, and no reader; one that a reader has read before is brought again. */
export interface BroughtDocument {
  document: Exclude<OpenAttempt['document'], { by: 'none' }>;
  /** Every place the plan has for its holder; asked again when the door's turn comes. */
  places: () => readonly PlannedCandidate[];
  /** Puts on record how it came, in the commit that takes it up. */
  journal: (w: WriteDb, a: OpenAttempt) => void;
}

/** The person's attempt at the door goes on, or begins, with a document that no reader reads just now. */
export function takeUpDocument(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  brought: BroughtDocument,
): Promise<Result<OpenAttempt, SessionOver>> {
  const door = doorState(deps.doors, at);
  return inTurn(door, async () => {
    const person = () => personAt(deps, at.roomId, brought.places());
    await makeWay(deps, caller, door, (open) => isSamePerson(open, person()));
    const over = sessionOver(deps, at.roomId);
    if (over) {
      refuseNumber(deps, caller, at, `session-${over.data.state}`);
      return err(over);
    }
    const a = door.attempt ?? attemptOf(deps, at, person());
    inTransaction(deps.db, (w) => {
      recordArrival(w, door, a);
      brought.journal(w, a);
    });
    a.document = brought.document;
    a.cardEmbedding = null;
    return ok(stand(door, a));
  });
}

/** A number that staff gave was not taken up. */
export function refuseNumber(deps: CloseDeps, caller: Caller, at: DoorAt, reason: string): void {
  const sessionId = sessionOnRecord(deps, at.roomId);
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), checkinEvents.numberRefused, { ...at, reason }, sessionId),
  );
}
