import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { writeEvidence } from './attempt-evidence.ts';
import { forgetCardPicture } from './card-picture.ts';
import { type Closing, journalClosing, recordOf, type Said } from './closing-record.ts';
import type { Attempt, Decision, ManualReason, Outcome } from './contract.ts';
import type { CloseDeps } from './deps.ts';
import { attemptView, doorState } from './door.ts';
import { checkinEvents } from './events.ts';
import { compareAgain } from './find-lookalike.ts';
import { type AttemptError, findOpen } from './find-open.ts';
import { rememberFace, stillToLearn } from './known-faces.ts';
import { framesNeeded, type OpenAttempt } from './open-attempt.ts';
import { type NotAllowed, refuseAdmission } from './refuse-admission.ts';
import { mayAdmitByHand } from './rules.ts';
import { findAdmission, insertAdmission, insertAttempt } from './store.ts';
import { picturesShown } from './what-was-seen.ts';

/**
 * Admits by the machine's decision, taken again inside the commit: what the screen showed may be a second old, and
 * another door may have admitted the same person meanwhile.
 */
export async function admit(
  deps: CloseDeps,
  caller: Caller,
  attemptId: string,
): Promise<Result<Attempt, AttemptError | NotAllowed>> {
  const open = findOpen(deps, attemptId);
  if (!open.ok) return open;
  return close(deps, caller, open.value, 'admitted', (d) => d.kind === 'admit', null);
}

/** Admits because two persons looked: the caller, and a second by their own PIN. The clock and the room still bind. */
export async function admitByHand(
  deps: CloseDeps,
  caller: Caller,
  wish: {
    attemptId: string;
    reason: ManualReason;
    note: string;
    checks: Record<string, true>;
    second: { staffId: StaffId; pin: string };
  },
): Promise<Result<Attempt, AttemptError | NotAllowed | PinError | { code: 'SAME_PERSON' }>> {
  const open = findOpen(deps, wish.attemptId);
  if (!open.ok) return open;
  const { staffId, pin } = wish.second;
  if (staffId === caller.member?.staffId || !deps.staffMay(staffId)) {
    const data = { attemptId: wish.attemptId, secondStaffId: staffId };
    const sessionId = sessionOf(open.value);
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.secondRefused, data, sessionId),
    );
    return err({ code: 'SAME_PERSON' });
  }
  const checked = await deps.checkPin(staffId, pin, 'second-person', actorOf(caller));
  if (!checked.ok) return checked;
  const { reason, note } = wish;
  const checks = Object.keys(wish.checks);
  const pictures = reason === 'declines-face' ? [] : picturesShown(open.value);
  const saw = [caller.member?.staffId ?? '', staffId].map((who) => ({ staffId: who, checks, pictures }));
  const said: Said = { kind: 'by-hand', reason, note, checks, second: staffId, saw };
  return close(deps, caller, open.value, 'admitted-by-hand', mayAdmitByHand, said);
}

/**
 * Ends an attempt without admission because the lead or a supervisor took a possible impersonation over: theirs to settle.
 *
 * @param by  who decided it, by their own PIN
 */
export async function hold(
  deps: CloseDeps,
  caller: Caller,
  attemptId: string,
  by: { staffId: StaffId; note: string },
): Promise<Result<Attempt, AttemptError | NotAllowed>> {
  const open = findOpen(deps, attemptId);
  if (!open.ok) return open;
  const suspected = (d: Decision) => d.kind === 'possible-impersonation';
  return close(deps, caller, open.value, 'held', suspected, { ...by, kind: 'held' });
}

/** Moves the person aside so that the queue goes on; a later attempt starts afresh and counts from this arrival. */
export async function setAside(
  deps: CloseDeps,
  caller: Caller,
  attemptId: string,
  note: string,
): Promise<Result<Attempt, AttemptError>> {
  const open = findOpen(deps, attemptId);
  if (!open.ok) return open;
  const said: Said = { kind: 'set-aside', note };
  return (await close(deps, caller, open.value, 'set-aside', () => true, said)) as Result<Attempt, AttemptError>;
}

/** Closes an attempt that ends without admission, under the name its decision gives it. */
export async function dismiss(
  deps: CloseDeps,
  caller: Caller,
  attemptId: string,
): Promise<Result<Attempt, AttemptError>> {
  const open = findOpen(deps, attemptId);
  if (!open.ok) return open;
  const { kind } = attemptView(deps, open.value).decision;
  const outcome = kind === 'not-here' ? 'sent-elsewhere' : kind === 'refuse' ? 'refused' : 'abandoned';
  return (await close(deps, caller, open.value, outcome, () => true, null)) as Result<Attempt, AttemptError>;
}

/** One closing after the other: a card laid on while an admission is written must not turn it into an abandonment. */
function close(...how: Parameters<typeof closeNow>): ReturnType<typeof closeNow> {
  const [, , attempt] = how;
  const closed = attempt.closing.then(() => closeNow(...how));
  attempt.closing = closed.catch(() => undefined);
  return closed;
}

async function closeNow(
  deps: CloseDeps,
  caller: Caller,
  a: OpenAttempt,
  outcome: Outcome,
  allowed: (d: Decision) => boolean,
  said: Said | null,
): Promise<Result<Attempt, AttemptError | NotAllowed>> {
  const open = findOpen(deps, a.attemptId);
  if (!open.ok) return open;
  const before = attemptView(deps, a);
  if (!allowed(before.decision)) return refuseAdmission(deps, caller, a, before);
  const declined = said?.kind === 'by-hand' && said.reason === 'declines-face';
  const evidence = await writeEvidence(deps, a, before, declined);
  // Another lane may have let the same face in since it was compared here.
  if (mayEnter(outcome)) compareAgain(deps, a, actorOf(caller));

  const result = inTransaction(deps.db, (w): Result<Attempt, AttemptError | NotAllowed> => {
    const still = findOpen(deps, a.attemptId);
    if (!still.ok) return still;
    const view = attemptView(deps, a);
    const notAllowed = err({ code: 'NOT_ALLOWED' as const, data: { decision: view.decision } });
    if (!allowed(view.decision)) return notAllowed;
    const closing = { said, evidence };
    if (outcome !== 'admitted' && outcome !== 'admitted-by-hand') {
      return ok(putOnRecord(deps, w, caller, a, view, outcome, closing));
    }
    const standing = findAdmission(w, view.candidateId!);
    if (standing) {
      // Only who is out for a break comes in again; the admission of before stands.
      if (deps.awayOf(standing.candidateId)?.kind !== 'break') return notAllowed;
      const again = outcome === 'admitted' ? 'readmitted' : 'readmitted-by-hand';
      const closed = putOnRecord(deps, w, caller, a, view, again, closing);
      deps.cameBack(w, caller, { sessionId: sessionOf(a)!, admission: standing, attemptId: a.attemptId });
      return ok(closed);
    }
    const seat = deps.drawSeat(w, a.candidate!, a.attemptId);
    const seated = { ...view, place: view.place && { ...view.place, seat } };
    const closed = putOnRecord(deps, w, caller, a, seated, outcome, closing);
    insertAdmission(w, sessionOf(a)!, {
      candidateId: closed.candidateId!,
      roomId: a.roomId,
      attemptId: closed.attemptId,
      atMs: closed.closedAtMs!,
      byName: caller.member?.name ?? '',
    });
    return ok(closed);
  });
  if (!result.ok && result.error.code === 'NOT_ALLOWED') return refuseAdmission(deps, caller, a, attemptView(deps, a));
  if (result.ok) {
    if (mayEnter(result.value.outcome)) {
      rememberFace(deps.knownFaces, a, declined);
      if (!declined) awaitFaces(deps, a);
    }
    leaveDoor(deps, a, result.value);
  }
  deps.changed();
  return result;
}

const mayEnter = (outcome: Outcome | null): boolean => outcome === 'admitted' || outcome === 'admitted-by-hand';

/** Let in before everybody's face was known: compared as soon as it is. Only the templates wait for it, no picture and no document. */
function awaitFaces(deps: CloseDeps, a: OpenAttempt): void {
  const toLearn = a.session ? stillToLearn(deps, a.session.sessionId) : 0;
  if (a.frames.length < framesNeeded || toLearn === 0) return;
  const frames = a.frames.map((frame) => ({ ...frame, jpeg: new Uint8Array() }));
  deps.knownFaces.awaited.add({ ...a, frames, picture: null, document: { by: 'none' }, ticket: null, over: true });
}

function leaveDoor(deps: CloseDeps, a: OpenAttempt, closed: Attempt): void {
  a.over = true;
  const door = doorState(deps.doors, a);
  door.attempt = null;
  door.shown = closed;
  forgetCardPicture(door);
}

/** The session an attempt belongs to from its first moment, whatever the door works for by now. */
const sessionOf = (a: OpenAttempt): string | null => a.session?.sessionId ?? null;

/** Attempt, evidence and journal entry in one commit; the attempt as it stands closed. */
function putOnRecord(
  deps: CloseDeps,
  w: WriteDb,
  caller: Caller,
  a: OpenAttempt,
  view: Attempt,
  outcome: Outcome,
  closing: Closing,
): Attempt {
  const closed: Attempt = { ...view, outcome, closedAtMs: deps.clock.wallMs() };
  for (const s of closing.evidence) deps.vault.keep(w, s);
  const record = recordOf(deps, a, closed, caller, closing);
  insertAttempt(w, { sessionId: sessionOf(a), roomId: a.roomId }, outcome, record);
  journalClosing(deps, w, caller, a, record, closing.said);
  return closed;
}

/**
 * Closes open attempts as abandoned inside the commit that takes their session or plan away: no attempt outlives it. No
 * picture is kept of whoever stands there, as writing one cannot be waited for.
 *
 * @returns  to be called after the commit: the doors show what was closed
 */
export function abandonAttempts(
  deps: CloseDeps,
  w: WriteDb,
  caller: Caller,
  whichOf: (a: OpenAttempt) => boolean,
): () => void {
  const open = [...deps.doors.values()].flatMap((door) => (door.attempt && whichOf(door.attempt) ? door.attempt : []));
  const nothing: Closing = { said: null, evidence: [] };
  const closed = open.map((a) => putOnRecord(deps, w, caller, a, attemptView(deps, a), 'abandoned', nothing));
  return () => {
    for (const [i, a] of open.entries()) leaveDoor(deps, a, closed[i]!);
  };
}
