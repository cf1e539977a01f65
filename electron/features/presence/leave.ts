import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb, type WriteDb } from '../../db/database.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Sealed } from '../../vault/vault.ts';
import type { RuleRef } from '../checkin/attempt-schema.ts';
import { ruleRef } from '../checkin/facts.ts';
import { type Admission, admissionsIn, findAdmission } from '../checkin/store.ts';
import { isHandwriting } from '../consent/rules.ts';
import type { Strokes } from '../scoring/contract.ts';
import type { LeaveKind, PersonInRoom, Whereabouts } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { leaveFromMs, type MovementKind } from './rules.ts';
import { insertMovement } from './store.ts';
import { personView, whereIs } from './where.ts';

type NotNow = { code: 'WRONG_STATE'; data: { state: string } } | { code: 'NOT_ADMITTED' };
export type LeaveError =
  | NotNow
  | { code: 'NOT_INSIDE'; data: { where: Whereabouts } }
  | { code: 'EARLY_LEAVE'; data: { rule: RuleRef } }
  | { code: 'NO_SIGNATURE' }
  | { code: 'DISK_FULL' };

interface LeaveWish {
  candidateId: string;
  kind: LeaveKind;
  note: string;
  strokes?: Strokes | undefined;
}

/** The admission that stands, in a session that is open or running. */
function admittedNow(deps: PresenceDeps, db: ReadDb, candidateId: string): Result<Admission, NotNow> {
  const admission = findAdmission(db, candidateId);
  const sessionId = deps.book()?.candidate(candidateId)?.sessionId;
  if (!admission || sessionId === undefined) return err({ code: 'NOT_ADMITTED' });
  const state = deps.sessionState(sessionId)!;
  return state === 'open' || state === 'running' ? ok(admission) : err({ code: 'WRONG_STATE', data: { state } });
}

/** The clause that asks to stay longer, while it is too early by it. */
function earlyRule(deps: PresenceDeps, candidateId: string): RuleRef | null {
  const { sessionId } = deps.book()!.candidate(candidateId)!;
  const rules = deps.rules(sessionId);
  const fromMs = leaveFromMs(deps.book()!.session(sessionId)!.startsAtMs, rules);
  if (deps.clock.wallMs() >= fromMs) return null;
  return leaveRule(deps, sessionId);
}

export const leaveRule = (deps: Pick<PresenceDeps, 'pack' | 'rules'>, sessionId: string): RuleRef =>
  ruleRef(deps.pack(sessionId), 'admission.leave-after-minutes', {
    minutes: String(deps.rules(sessionId)['admission.leave-after-minutes']),
  });

/**
 * Somebody leaves: for a break, or for good with the work handed in. Too early by the rule, it needs a note and is on record
 * with the clause; the pack warns, it does not forbid.
 */
export async function signOut(
  deps: PresenceDeps,
  caller: Caller,
  wish: LeaveWish,
): Promise<Result<PersonInRoom, LeaveError>> {
  const early = mayLeave(deps, deps.db, wish);
  if (!early.ok) return refuse(deps, caller, wish, early.error);
  let signature: Sealed | null = null;
  if (wish.kind === 'finished' && wish.strokes) {
    const sealed = await writeSignature(deps, wish.candidateId, wish.strokes);
    if (!sealed) return refuse(deps, caller, wish, { code: 'DISK_FULL' });
    signature = sealed;
  }
  const left = inTransaction(deps.db, (w): Result<Admission, LeaveError> => {
    const still = mayLeave(deps, w, wish);
    if (!still.ok) return still;
    const { candidateId, kind, note } = wish;
    const rule = earlyRule(deps, candidateId);
    if (signature) deps.vault.keep(w, signature);
    move(deps, w, caller, still.value, { kind, note, evidenceId: signature?.evidenceId ?? null });
    deps.journal.append(
      w,
      actorOf(caller),
      presenceEvents.left,
      {
        candidateId,
        roomId: still.value.roomId,
        kind,
        note,
        ruleId: rule?.ruleId ?? null,
        evidenceId: signature?.evidenceId ?? null,
        sha256: signature?.sha256 ?? null,
      },
      sessionOf(deps, candidateId),
    );
    return still;
  });
  if (!left.ok) return refuse(deps, caller, wish, left.error);
  deps.changed();
  return ok(personView(deps, left.value));
}

function mayLeave(deps: PresenceDeps, db: ReadDb, wish: LeaveWish): Result<Admission, LeaveError> {
  const admission = admittedNow(deps, db, wish.candidateId);
  if (!admission.ok) return admission;
  const where = whereIs(deps, admission.value, db);
  if (where.kind !== 'inside') return err({ code: 'NOT_INSIDE', data: { where } });
  const rule = earlyRule(deps, wish.candidateId);
  if (rule && wish.note.length < 2) return err({ code: 'EARLY_LEAVE', data: { rule } });
  if (wish.kind === 'finished' && wish.strokes && !isHandwriting(wish.strokes)) return err({ code: 'NO_SIGNATURE' });
  return admission;
}

async function writeSignature(deps: PresenceDeps, candidateId: string, strokes: Strokes): Promise<Sealed | null> {
  const atMs = deps.clock.wallMs();
  const signature = { format: 'kaodian-leave-signature/1', candidateId, atMs, strokes };
  const sealed = await deps.vault.write(Buffer.from(JSON.stringify(signature)), {
    sessionId: sessionOf(deps, candidateId),
    kind: 'leave-signature',
    subject: candidateId,
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  });
  return sealed.ok ? sealed.value : null;
}

export type UndoLeaveError = NotNow | { code: 'NOT_OUT' };

/** The wrong person was signed out: they are inside, as they were all the time. The entry before stays. */
export function undoSignOut(
  deps: PresenceDeps,
  caller: Caller,
  wish: { candidateId: string; note: string },
): Result<PersonInRoom, UndoLeaveError> {
  const { candidateId, note } = wish;
  const undone = inTransaction(deps.db, (w): Result<Admission, UndoLeaveError> => {
    const admission = admittedNow(deps, w, candidateId);
    const where = admission.ok ? whereIs(deps, admission.value, w) : null;
    const error: UndoLeaveError | null = !admission.ok
      ? admission.error
      : where?.kind === 'break' || where?.kind === 'finished'
        ? null
        : { code: 'NOT_OUT' };
    if (error || !admission.ok) {
      const data = { candidateId, code: error!.code };
      deps.journal.append(w, actorOf(caller), presenceEvents.undoRefused, data, onRecord(deps, candidateId));
      return err(error!);
    }
    const { roomId } = admission.value;
    const kind = where!.kind as LeaveKind;
    move(deps, w, caller, admission.value, { kind: 'undone', note });
    deps.journal.append(
      w,
      actorOf(caller),
      presenceEvents.leaveUndone,
      { candidateId, roomId, kind, note },
      sessionOf(deps, candidateId),
    );
    return admission;
  });
  if (!undone.ok) return undone;
  deps.changed();
  return ok(personView(deps, undone.value));
}

/** Back from a break, in the commit in which the door lets them in again. */
export function cameBack(
  deps: PresenceDeps,
  w: WriteDb,
  caller: Caller,
  back: { admission: Admission; attemptId: string },
): void {
  const { candidateId, roomId } = back.admission;
  const { attemptId } = back;
  move(deps, w, caller, back.admission, { kind: 'in', attemptId });
  const data = { candidateId, roomId, attemptId };
  deps.journal.append(w, actorOf(caller), presenceEvents.cameBack, data, sessionOf(deps, candidateId));
}

/** Signs out whoever is inside or on a break, in the commit that ends the session; none of them has signed. */
export function endPresence(deps: PresenceDeps, w: WriteDb, caller: Caller, sessionId: string): void {
  const [inside, onBreak]: [string[], string[]] = [[], []];
  for (const admission of admissionsIn(w, sessionId)) {
    const where = whereIs(deps, admission, w);
    if (where.kind !== 'inside' && where.kind !== 'break') continue;
    (where.kind === 'inside' ? inside : onBreak).push(admission.candidateId);
    move(deps, w, caller, admission, { kind: where.kind === 'inside' ? 'ended-inside' : 'ended-on-break' });
  }
  if (inside.length + onBreak.length === 0) return;
  deps.journal.append(w, { kind: 'station' }, presenceEvents.ended, { inside, onBreak }, sessionId);
}

interface Step {
  kind: MovementKind;
  note?: string;
  attemptId?: string;
  evidenceId?: string | null;
}

function move(deps: PresenceDeps, w: WriteDb, caller: Caller, admission: Admission, step: Step): void {
  insertMovement(w, {
    movementId: newId('M'),
    candidateId: admission.candidateId,
    sessionId: sessionOf(deps, admission.candidateId),
    roomId: admission.roomId,
    admission: admission.attemptId,
    kind: step.kind,
    atMs: deps.clock.wallMs(),
    byStaffId: caller.member?.staffId ?? '',
    note: step.note ?? '',
    attemptId: step.attemptId ?? null,
    evidenceId: step.evidenceId ?? null,
  });
}

const sessionOf = (deps: PresenceDeps, candidateId: string): string => deps.book()!.candidate(candidateId)!.sessionId;

/** The session under which a refusal goes on record; none once it is sealed: nothing is added to it then. */
function onRecord(deps: PresenceDeps, candidateId: string): string | null {
  const sessionId = deps.book()?.candidate(candidateId)?.sessionId ?? null;
  return sessionId !== null && deps.sessionState(sessionId) !== 'sealed' ? sessionId : null;
}

function refuse<const E extends LeaveError>(deps: PresenceDeps, caller: Caller, wish: LeaveWish, error: E) {
  const data = { candidateId: wish.candidateId, kind: wish.kind, code: error.code };
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), presenceEvents.leaveRefused, data, onRecord(deps, wish.candidateId)),
  );
  return err(error);
}
