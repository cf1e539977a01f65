import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { CheckinDeps } from './deps.ts';
import { checkinEvents } from './events.ts';
import { type Admission, findAdmission, insertUndone } from './store.ts';

type Violation =
  | { code: 'WRONG_STATE'; data: { state: 'closed' | 'sealed' } }
  | { code: 'NOT_ADMITTED' }
  | { code: 'NOT_THE_LEAD' }
  | { code: 'MARKING_BEGUN'; data: { locked: boolean } };
export type UndoError = Violation | PinError;

interface UndoWish {
  candidateId: string;
  reason: string;
  lead: { staffId: StaffId; pin: string };
  despiteMarks: boolean;
}

/**
 * Takes an admission back: a row of its own that names it, by the site lead's own PIN, while the session is open and no
 * marks are locked. The person may be admitted anew, counts as having come when they first did, and keeps a workstation
 * that was drawn.
 */
export async function undoAdmission(
  deps: CheckinDeps,
  caller: Caller,
  wish: UndoWish,
): Promise<Result<{ undoneAtMs: number }, UndoError>> {
  const before = mayUndo(deps, deps.db, wish);
  if (!before.ok) return refuse(deps, caller, wish, before.error);
  const checked = await deps.checkPin(wish.lead.staffId, wish.lead.pin, 'undo-admission', actorOf(caller));
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const undone = inTransaction(deps.db, (w): Result<{ undoneAtMs: number }, Violation> => {
    const still = mayUndo(deps, w, wish);
    if (!still.ok) return still;
    const { candidateId, turn, attemptId, roomId } = still.value;
    const { reason } = wish;
    const leadStaffId = wish.lead.staffId;
    insertUndone(w, { candidateId, turn, atMs, byStaffId: caller.member?.staffId ?? '', leadStaffId, reason });
    deps.journal.append(
      w,
      actorOf(caller),
      checkinEvents.admissionUndone,
      {
        candidateId,
        turn,
        attemptId,
        roomId,
        reason,
        leadStaffId,
        draftMarks: deps.marksOf(w, candidateId) === 'draft',
      },
      sessionOf(deps, candidateId),
    );
    return ok({ undoneAtMs: atMs });
  });
  if (!undone.ok) return refuse(deps, caller, wish, undone.error);
  deps.changed();
  return undone;
}

const sessionOf = (deps: CheckinDeps, candidateId: string): string | null =>
  deps.book()?.candidate(candidateId)?.sessionId ?? null;

function mayUndo(deps: CheckinDeps, db: ReadDb, wish: UndoWish): Result<Admission, Violation> {
  const admission = findAdmission(db, wish.candidateId);
  const sessionId = sessionOf(deps, wish.candidateId);
  if (!admission || sessionId === null) return err({ code: 'NOT_ADMITTED' });
  const state = deps.sessionState(sessionId);
  if (state === 'closed' || state === 'sealed') return err({ code: 'WRONG_STATE', data: { state } });
  if (!deps.isLead(wish.lead.staffId)) return err({ code: 'NOT_THE_LEAD' });
  const marks = deps.marksOf(db, wish.candidateId);
  if (marks === 'locked' || (marks === 'draft' && !wish.despiteMarks)) {
    return err({ code: 'MARKING_BEGUN', data: { locked: marks === 'locked' } });
  }
  return ok(admission);
}

function refuse(deps: CheckinDeps, caller: Caller, wish: UndoWish, violation: Violation) {
  const { candidateId } = wish;
  const sessionId = sessionOf(deps, candidateId);
  // Nothing is added to the record of a sealed session.
  const onRecord = sessionId !== null && deps.sessionState(sessionId) !== 'sealed' ? sessionId : null;
  const data = { candidateId, code: violation.code, leadStaffId: wish.lead.staffId };
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), checkinEvents.undoRefused, data, onRecord));
  return err(violation);
}
