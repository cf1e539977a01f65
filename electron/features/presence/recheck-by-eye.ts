import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { Recheck } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { mayRecheck, type RecheckError, refuseRecheck } from './may-recheck.ts';
import { recheckView } from './rechecks.ts';
import { insertResult, type RecheckRow } from './store.ts';

export type ByEyeError = RecheckError | PinError | { code: 'SAME_PERSON' } | { code: 'NOTE_NEEDED' };

interface ByEyeWish {
  recheckId: string;
  verdict: 'same' | 'doubt';
  note: string;
  second: { staffId: StaffId; pin: string };
}

/** Two persons have looked, at candidate, document and pictures: the caller, and a second by their own PIN. */
export async function recheckByEye(
  deps: PresenceDeps,
  caller: Caller,
  wish: ByEyeWish,
): Promise<Result<Recheck, ByEyeError>> {
  const { recheckId, verdict, note, second } = wish;
  const early = mayRecheck(deps, caller, recheckId);
  if (!early.ok) return early;
  if (verdict === 'doubt' && note.length < 2) return refuseRecheck(deps, caller, recheckId, { code: 'NOTE_NEEDED' });
  if (second.staffId === caller.member?.staffId || !deps.staffMay(second.staffId)) {
    return refuseRecheck(deps, caller, recheckId, { code: 'SAME_PERSON' });
  }
  const checked = await deps.checkPin(second.staffId, second.pin, 'second-person', actorOf(caller));
  if (!checked.ok) return checked;
  const done = inTransaction(deps.db, (w): Result<RecheckRow, RecheckError> => {
    const still = mayRecheck(deps, caller, recheckId, w);
    if (!still.ok) return still;
    const { candidateId, roomId, sessionId } = still.value;
    insertResult(w, {
      recheckId,
      kind: verdict === 'same' ? 'eye-same' : 'eye-doubt',
      atMs: deps.clock.wallMs(),
      byStaffId: caller.member?.staffId ?? '',
      secondStaffId: second.staffId,
      note,
      comparison: null,
      evidenceId: null,
    });
    deps.journal.append(
      w,
      actorOf(caller),
      verdict === 'same' ? presenceEvents.recheckSeen : presenceEvents.recheckDoubted,
      { recheckId, candidateId, roomId, note, secondStaffId: second.staffId },
      sessionId,
    );
    return still;
  });
  if (!done.ok) return done;
  deps.open.delete(recheckId);
  deps.changed();
  if (verdict === 'doubt') deps.alarmed();
  return ok(recheckView(deps, done.value));
}
