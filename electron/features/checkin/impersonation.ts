import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { hold } from './close-attempt.ts';
import type { Attempt } from './contract.ts';
import type { CloseDeps } from './deps.ts';
import { attemptView } from './door.ts';
import { checkinEvents } from './events.ts';
import { type AttemptError, findOpen } from './find-open.ts';
import { likeFact } from './lookalike-fact.ts';
import { type NotAllowed, refuseAdmission } from './refuse-admission.ts';
import { settleSuspicions } from './store.ts';

/** The lead is called to this lane: the office shows and sounds it until the attempt is settled or closed. */
export function leadCalled(deps: CloseDeps, caller: Caller, attemptId: string): Result<Attempt, AttemptError> {
  const open = findOpen(deps, attemptId);
  if (!open.ok) return open;
  const a = open.value;
  const view = attemptView(deps, a);
  const said = { attemptId, roomId: a.roomId, lane: a.lane, decision: view.decision.kind };
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), checkinEvents.leadCalled, said, a.session?.sessionId ?? null),
  );
  a.leadCalledAtMs ??= deps.clock.wallMs();
  deps.alarmed();
  return ok(view);
}

export interface Settlement {
  attemptId: string;
  verdict: 'different-person' | 'held';
  note: string;
  second: { staffId: StaffId; pin: string };
}

/**
 * A supervisor or the site lead has looked at both pictures and says so by their own PIN; never who stands at the door
 * desk. `different-person`: the check goes on where it stood. `held`: the attempt is closed and theirs to settle.
 */
export async function impersonationSettled(
  deps: CloseDeps,
  caller: Caller,
  { attemptId, verdict, note, second }: Settlement,
): Promise<Result<Attempt, AttemptError | NotAllowed | PinError | { code: 'SAME_PERSON' }>> {
  const found = findOpen(deps, attemptId);
  if (!found.ok) return found;
  const { staffId, pin } = second;
  const sessionId = found.value.session?.sessionId ?? null;
  if (staffId === caller.member?.staffId || !deps.leadMay(staffId)) {
    const data = { attemptId, secondStaffId: staffId };
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.secondRefused, data, sessionId),
    );
    return err({ code: 'SAME_PERSON' });
  }
  const before = attemptView(deps, found.value);
  if (before.decision.kind !== 'possible-impersonation') return refuseAdmission(deps, caller, found.value, before);
  const checked = await deps.checkPin(staffId, pin, 'impersonation', actorOf(caller));
  if (!checked.ok) return checked;

  // The attempt may have been closed or settled while the PIN was checked.
  const still = findOpen(deps, attemptId);
  if (!still.ok) return still;
  const a = still.value;
  if (verdict === 'held') return hold(deps, caller, attemptId, { staffId, note });
  const now = attemptView(deps, a);
  if (!a.like || now.decision.kind !== 'possible-impersonation') return refuseAdmission(deps, caller, a, now);
  const cleared = {
    attemptId,
    candidateId: now.candidateId,
    like: likeFact(a.like),
    secondStaffId: staffId,
    note,
  };
  inTransaction(deps.db, (w) => {
    deps.journal.append(w, actorOf(caller), checkinEvents.impersonationCleared, cleared, sessionId);
    if (now.candidateId) settleSuspicions(w, now.candidateId, { staffId, atMs: deps.clock.wallMs(), note });
  });
  a.likeSettled = { staffId, note };
  deps.alarmed();
  return ok(attemptView(deps, a));
}
