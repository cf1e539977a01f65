import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import type { EvidenceId, StaffId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { EvidenceKind, Sealed } from '../../vault/vault.ts';
import type { PinError } from '../staff/pin.ts';
import type { Attempt, Decision, ManualReason, Outcome } from './contract.ts';
import type { CloseDeps, DoorDeps } from './deps.ts';
import { attemptView, backgroundOf, doorState } from './door.ts';
import { checkinEvents } from './events.ts';
import { factsOf } from './facts.ts';
import { livePicture, type OpenAttempt } from './open-attempt.ts';
import { mayAdmitByHand } from './rules.ts';
import { type AttemptRecord, findAdmission, findRecord, insertAdmission, insertAttempt } from './store.ts';

export type AttemptError = { code: 'ATTEMPT_CLOSED'; data: { attempt: Attempt } } | { code: 'NO_SUCH_ATTEMPT' };
type NotAllowed = { code: 'NOT_ALLOWED'; data: { decision: Decision } };

/** The open attempt of this id, or what became of it. */
export function findOpen(deps: CloseDeps, attemptId: string): Result<OpenAttempt, AttemptError> {
  for (const door of deps.doors.values()) if (door.attempt?.attemptId === attemptId) return ok(door.attempt);
  const record = findRecord(deps.db, attemptId);
  return record ? err({ code: 'ATTEMPT_CLOSED', data: { attempt: record.attempt } }) : err({ code: 'NO_SUCH_ATTEMPT' });
}

interface Manual {
  reason: ManualReason;
  note: string;
  checks: string[];
  second: StaffId;
}

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
  const manual: Manual = { reason: wish.reason, note: wish.note, checks: Object.keys(wish.checks), second: staffId };
  return close(deps, caller, open.value, 'admitted-by-hand', mayAdmitByHand, manual);
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
  return (await close(deps, caller, open.value, 'set-aside', () => true, null, note)) as Result<Attempt, AttemptError>;
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
  manual: Manual | null,
  note = '',
): Promise<Result<Attempt, AttemptError | NotAllowed>> {
  const open = findOpen(deps, a.attemptId);
  if (!open.ok) return open;
  const before = attemptView(deps, a);
  if (!allowed(before.decision)) return refuseAdmission(deps, caller, before);
  const evidence = await writeEvidence(deps, a, before, manual);

  const result = inTransaction(deps.db, (w): Result<Attempt, AttemptError | NotAllowed> => {
    const still = findOpen(deps, a.attemptId);
    if (!still.ok) return still;
    const view = attemptView(deps, a);
    const admitting = outcome === 'admitted' || outcome === 'admitted-by-hand';
    if (!allowed(view.decision) || (admitting && findAdmission(w, view.candidateId!))) {
      return err({ code: 'NOT_ALLOWED', data: { decision: view.decision } });
    }
    const closed = putOnRecord(deps, w, caller, a, view, outcome, manual, evidence, note);
    if (admitting) {
      insertAdmission(w, sessionOf(a)!, {
        candidateId: closed.candidateId!,
        roomId: a.roomId,
        attemptId: closed.attemptId,
        atMs: closed.closedAtMs!,
        byName: caller.member?.name ?? '',
      });
    }
    return ok(closed);
  });
  if (!result.ok && result.error.code === 'NOT_ALLOWED') return refuseAdmission(deps, caller, attemptView(deps, a));
  if (result.ok) leaveDoor(deps, a, result.value);
  deps.changed();
  return result;
}

function leaveDoor(deps: CloseDeps, a: OpenAttempt, closed: Attempt): void {
  const door = doorState(deps.doors, a);
  door.attempt = null;
  door.shown = closed;
  door.cardPicture = null;
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
  manual: Manual | null,
  evidence: Sealed[],
  note: string,
): Attempt {
  const closed: Attempt = { ...view, outcome, closedAtMs: deps.clock.wallMs() };
  for (const s of evidence) deps.vault.keep(w, s);
  const record = recordOf(deps, a, closed, caller, manual, evidence);
  insertAttempt(w, { sessionId: sessionOf(a), roomId: a.roomId }, outcome, record);
  journalClosing(deps, w, caller, a, closed, record, manual, note);
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
  const closed = open.map((a) => putOnRecord(deps, w, caller, a, attemptView(deps, a), 'abandoned', null, [], ''));
  return () => {
    for (const [i, a] of open.entries()) leaveDoor(deps, a, closed[i]!);
  };
}

function refuseAdmission(deps: CloseDeps, caller: Caller, view: Attempt): Result<never, NotAllowed> {
  const { attemptId, decision } = view;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller),
      checkinEvents.admitRefused,
      { attemptId, decision: decision.kind },
      view.place?.sessionId ?? null,
    ),
  );
  return err({ code: 'NOT_ALLOWED', data: { decision } });
}

/**
 * Encrypts what the attempt rests on. A disk without room costs the pictures, never the admission. Who declines the
 * comparison of faces is not kept as a picture that no engine asked for.
 */
async function writeEvidence(deps: DoorDeps, a: OpenAttempt, view: Attempt, manual: Manual | null): Promise<Sealed[]> {
  const sessionId = sessionOf(a);
  const items: [EvidenceKind, string, Uint8Array][] = [];
  const live = manual?.reason === 'declines-face' ? a.frames[0]?.jpeg : livePicture(a);
  if (live) items.push(['live-face', 'image/jpeg', live]);
  if (a.document.by === 'reader') {
    items.push(['card-text', 'application/octet-stream', a.document.text]);
    if (a.document.photo) {
      const type = a.document.photoForm === 'jpeg' ? 'image/jpeg' : 'application/x-wlt';
      items.push(['card-photo', type, a.document.photo]);
    }
  }
  if (a.document.by === 'camera') items.push(['card-picture', 'image/jpeg', a.document.picture]);
  if (a.document.by === 'other') items.push(['document-picture', 'image/jpeg', a.document.picture]);
  const atMs = deps.clock.wallMs();
  const written = await Promise.all(
    items.map(([kind, mediaType, bytes]) =>
      deps.vault.write(bytes, {
        sessionId,
        kind,
        subject: view.candidateId ?? view.attemptId,
        mediaType,
        beginMs: atMs,
        endMs: atMs,
      }),
    ),
  );
  return written.flatMap((w) => (w.ok ? [w.value] : []));
}

function recordOf(
  deps: DoorDeps,
  a: OpenAttempt,
  closed: Attempt,
  caller: Caller,
  manual: Manual | null,
  evidence: Sealed[],
): AttemptRecord {
  const engine = deps.engine();
  const { pass, near } = factsOf(a, backgroundOf(deps, a)).face;
  return {
    attempt: closed,
    by: caller.member?.staffId ?? '',
    second: manual?.second ?? null,
    manual: manual && { reason: manual.reason, note: manual.note, checks: manual.checks },
    engine: engine && {
      name: engine.name,
      models: engine.models.map(({ file, sha256 }) => ({ file, sha256 })),
      pass,
      near,
    },
    frameSha256: a.frames.map((f) => f.sha256),
    evidence: evidence.map(({ kind, evidenceId, sha256 }) => ({ kind, evidenceId: evidenceId as EvidenceId, sha256 })),
  };
}

function journalClosing(
  deps: DoorDeps,
  w: WriteDb,
  caller: Caller,
  a: OpenAttempt,
  closed: Attempt,
  record: AttemptRecord,
  manual: Manual | null,
  note: string,
): void {
  const data = {
    attemptId: closed.attemptId,
    candidateId: closed.candidateId,
    roomId: a.roomId,
    lane: a.lane,
    seat: closed.place?.seat ?? null,
    decision: closed.decision.kind,
    edges: closed.edges,
    documentBy: closed.documentBy,
    ticketPresented: a.ticket !== null,
    engine: record.engine?.name ?? null,
    frameSha256: record.frameSha256,
    evidence: record.evidence,
  };
  const sessionId = sessionOf(a);
  const actor = actorOf(caller);
  switch (closed.outcome) {
    case 'admitted':
      deps.journal.append(w, actor, checkinEvents.admitted, data, sessionId);
      return;
    case 'admitted-by-hand': {
      const { reason, note, checks, second } = manual!;
      deps.journal.append(
        w,
        actor,
        checkinEvents.admittedByHand,
        { ...data, reason, note, checks, secondStaffId: second },
        sessionId,
      );
      return;
    }
    case 'set-aside':
      deps.journal.append(w, actor, checkinEvents.setAside, { ...data, note }, sessionId);
      return;
    case 'sent-elsewhere':
      deps.journal.append(
        w,
        actor,
        checkinEvents.sentElsewhere,
        { ...data, toRoomId: closed.place?.roomId ?? '' },
        sessionId,
      );
      return;
    case 'refused': {
      const { decision } = closed;
      if (decision.kind !== 'refuse') throw new Error('refused without a rule');
      const { ruleId, facts } = decision.rule;
      deps.journal.append(w, actor, checkinEvents.refused, { ...data, ruleId, facts }, sessionId);
      return;
    }
    default:
      deps.journal.append(w, actor, checkinEvents.abandoned, data, sessionId);
  }
}
