import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { LateLikeness } from './contract.ts';
import type { CheckinDeps, DoorAt } from './deps.ts';
import { checkinEvents } from './events.ts';
import { likenessOf } from './find-lookalike.ts';
import { livePictureOf } from './known-faces.ts';
import { findRecord, type LateSuspicion, lateSuspicionsIn, settleSuspicions } from './store.ts';

/** What was found at a lane after its attempt was closed, and waits for the lead. */
export const lateLikenessesAt = (deps: CheckinDeps, sessionId: string, { roomId, lane }: DoorAt): LateLikeness[] =>
  lateSuspicionsIn(deps.db, sessionId)
    .filter((s) => s.roomId === roomId && s.lane === lane)
    .map(({ suspicionId, attemptId, atMs, like }) => ({
      suspicionId,
      attempt: findRecord(deps.db, attemptId)!.attempt,
      foundAtMs: atMs,
      like: likenessOf(deps, like),
    }));

function openSuspicion(deps: CheckinDeps, suspicionId: number): { found: LateSuspicion; sessionId: string } | null {
  for (const { sessionId } of deps.book()?.plan.sessions ?? []) {
    const found = lateSuspicionsIn(deps.db, sessionId).find((s) => s.suspicionId === suspicionId);
    if (found) return { found, sessionId };
  }
  return null;
}

/** One of the two pictures out of the vault; each look is on record, with the attempt that gives the reason. Null: there is none. */
export async function lateLikenessPicture(
  deps: CheckinDeps,
  caller: Caller,
  suspicionId: number,
  which: 'live' | 'like',
): Promise<Uint8Array | null> {
  const open = openSuspicion(deps, suspicionId);
  if (!open) return null;
  const { attemptId, like } = open.found;
  const read = await (which === 'live'
    ? livePictureOf(deps, attemptId)
    : like.attemptId === null
      ? deps.blockedPhoto(like.id)
      : livePictureOf(deps, like.attemptId));
  if (!read?.ok) return null;
  const seen = { attemptId, kind: which === 'live' ? 'own' : like.kind, id: which === 'live' ? attemptId : like.id };
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), checkinEvents.lookalikeSeen, seen, open.sessionId),
  );
  return read.value;
}

export interface LateSettlement {
  suspicionId: number;
  note: string;
  second: { staffId: StaffId; pin: string };
}

export type LateSettlementError = PinError | { code: 'SAME_PERSON' } | { code: 'NO_SUCH_SUSPICION' };

/**
 * A supervisor or the site lead has looked at both and says by their own PIN that these are two persons: the suspicion ends. Where it
 * is one person, the lead takes the admission back instead, and the suspicion waits for whoever comes with that document.
 */
export async function lateLikenessCleared(
  deps: CheckinDeps,
  caller: Caller,
  { suspicionId, note, second }: LateSettlement,
): Promise<Result<{ clearedAtMs: number }, LateSettlementError>> {
  const before = openSuspicion(deps, suspicionId);
  if (!before) return err({ code: 'NO_SUCH_SUSPICION' });
  const { staffId, pin } = second;
  const { sessionId, found } = before;
  const { attemptId, candidateId, like } = found;
  if (staffId === caller.member?.staffId || !deps.leadMay(staffId)) {
    const data = { attemptId, secondStaffId: staffId };
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.secondRefused, data, sessionId),
    );
    return err({ code: 'SAME_PERSON' });
  }
  const checked = await deps.checkPin(staffId, pin, 'impersonation', actorOf(caller));
  if (!checked.ok) return checked;
  // Somebody else may have settled it while the PIN was checked.
  if (!openSuspicion(deps, suspicionId)) return err({ code: 'NO_SUCH_SUSPICION' });
  const atMs = deps.clock.wallMs();
  inTransaction(deps.db, (w) => {
    const cleared = { attemptId, candidateId, like, secondStaffId: staffId, note };
    deps.journal.append(w, actorOf(caller), checkinEvents.impersonationCleared, cleared, sessionId);
    settleSuspicions(w, candidateId, { staffId, atMs, note });
  });
  deps.alarmed();
  deps.changed();
  return ok({ clearedAtMs: atMs });
}
