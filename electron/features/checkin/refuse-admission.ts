import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, type Result } from '../../lib/result.ts';
import type { Attempt, Decision } from './contract.ts';
import type { DoorAt, DoorDeps } from './deps.ts';
import { sessionOnRecord } from './door-session.ts';
import { checkinEvents } from './events.ts';

export type NotAllowed = { code: 'NOT_ALLOWED'; data: { decision: Decision } };

/**
 * Puts on record that an attempt could not be ended as wished, and says what the decision is. It is a refusal of the door where
 * the person stands, and of the session that this door works for; not of the one to which they may belong.
 */
export function refuseAdmission(
  deps: DoorDeps,
  caller: Caller,
  { roomId }: DoorAt,
  { attemptId, decision }: Attempt,
): Result<never, NotAllowed> {
  const refused = { attemptId, decision: decision.kind };
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), checkinEvents.admitRefused, refused, sessionOnRecord(deps, roomId)),
  );
  return err({ code: 'NOT_ALLOWED', data: { decision } });
}
