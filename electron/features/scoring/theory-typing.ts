import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { Strokes } from './contract.ts';
import { decisionsIn } from './decision-store.ts';
import { isOpen, makeDecision } from './decisions.ts';
import type { DecisionView } from './decisions-contract.ts';
import { scoringEvents } from './events.ts';
import { type KeeperError, keeperViolation } from './keeper.ts';
import { refuse, type ScoringDeps } from './open-sheet.ts';
import { acceptMarks, refused, type TheoryError, theoryViolation } from './theory.ts';
import type { TheoryView } from './theory-contract.ts';
import { THEORY_MAX_TENTHS } from './theory-file.ts';
import { theorySession } from './theory-session.ts';
import { insertFinished, insertSettled, saveTyped, theoryResultOf } from './theory-store.ts';
import { theoryView, typingOf } from './theory-view.ts';

type Over = { code: 'OVER_MAXIMUM'; data: { maxTenths: number } };
const overMaximum: Over = { code: 'OVER_MAXIMUM', data: { maxTenths: THEORY_MAX_TENTHS } };
type TypingError =
  | TheoryError
  | Over
  | { code: 'NO_SUCH_CANDIDATE' }
  | { code: 'NOT_ADMITTED' }
  | { code: 'CHANGED_ELSEWHERE'; data: { now: number | null; version: number; desk: string; savedAtMs: number } }
  | { code: 'TWO_HAVE_TYPED' }
  | { code: 'TYPING_FINISHED' };

/** One mark as the caller reads it off the paper. At most two persons type, and neither sees the other's marks before both have finished. */
export function typeTheory(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; candidateId: string; tenths: number | null; version: number },
): Result<{ savedAtMs: number; version: number }, TypingError> {
  const { sessionId, candidateId, tenths } = wish;
  const me = caller.member!.staffId;
  const violation = (db: ReadDb): TypingError | null => {
    const found = theoryViolation(deps, db, caller, sessionId);
    if (found) return found;
    const session = theorySession(deps, db, sessionId)!;
    if (!session.candidates.some((c) => c.candidateId === candidateId)) return { code: 'NO_SUCH_CANDIDATE' };
    if (!session.admitted.has(candidateId)) return { code: 'NOT_ADMITTED' };
    if (tenths !== null && tenths > THEORY_MAX_TENTHS) return overMaximum;
    const { typists, finished, typed } = typingOf(db, session);
    if (finished.includes(me)) return { code: 'TYPING_FINISHED' };
    if (typists.length >= 2 && !typists.includes(me)) return { code: 'TWO_HAVE_TYPED' };
    const stands = typed.find((t) => t.staffId === me && t.candidateId === candidateId);
    if ((stands?.version ?? 0) === wish.version) return null;
    const { tenths: now = null, version = 0, desk = '', savedMs: savedAtMs = 0 } = stands ?? {};
    return { code: 'CHANGED_ELSEWHERE', data: { now, version, desk, savedAtMs } };
  };
  return inTransaction(deps.db, (w): Result<{ savedAtMs: number; version: number }, TypingError> => {
    const found = violation(w);
    if (found) return refuse(deps, w, caller, { sessionId, roomId: '' }, 'theory-type', found);
    const savedMs = deps.clock.wallMs();
    const version = wish.version + 1;
    saveTyped(w, sessionId, { staffId: me, candidateId, tenths, version, desk: caller.desk, savedMs });
    deps.journal.append(w, actorOf(caller, 'score-keeper'), scoringEvents.theoryTyped, { candidateId }, sessionId);
    return ok({ savedAtMs: savedMs, version });
  });
}

type FinishError = TheoryError | { code: 'INCOMPLETE'; data: { missing: number } } | { code: 'TYPING_FINISHED' };

/** The caller has typed everybody who was admitted; nothing of theirs changes after. */
export function finishTyping(deps: ScoringDeps, caller: Caller, sessionId: string): Result<TheoryView, FinishError> {
  const me = caller.member!.staffId;
  const done = inTransaction(deps.db, (w): Result<true, FinishError> => {
    const no = (error: FinishError) => refuse(deps, w, caller, { sessionId, roomId: '' }, 'theory-finish', error);
    const found = theoryViolation(deps, w, caller, sessionId);
    if (found) return no(found);
    const session = theorySession(deps, w, sessionId)!;
    const { typed, finished } = typingOf(w, session);
    if (finished.includes(me)) return no({ code: 'TYPING_FINISHED' });
    const mine = Object.fromEntries(
      typed.flatMap((t) => (t.staffId === me && t.tenths !== null ? [[t.candidateId, t.tenths]] : [])),
    );
    const missing = [...session.admitted].filter((id) => mine[id] === undefined).length;
    if (missing > 0) return no({ code: 'INCOMPLETE', data: { missing } });
    insertFinished(w, sessionId, me, deps.clock.wallMs());
    const marksSha256 = createHash('sha256').update(canonicalJson(mine)).digest('hex');
    const data = { marksSha256, marks: Object.keys(mine).length };
    deps.journal.append(w, actorOf(caller, 'score-keeper'), scoringEvents.typingFinished, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(theoryView(deps, caller, theorySession(deps, deps.db, sessionId)!));
}

interface Second {
  staffId: string;
  pin: string;
}
type TwoError = { code: 'SAME_PERSON' } | { code: 'NOT_THE_TYPISTS' };

/** Both who typed, and nobody else: the caller and the second person are the two. */
function twoViolation(typists: readonly string[], me: string, second: Second): TwoError | null {
  if (second.staffId === me) return { code: 'SAME_PERSON' };
  return typists.length === 2 && typists.includes(me) && typists.includes(second.staffId)
    ? null
    : { code: 'NOT_THE_TYPISTS' };
}

type SettleError = TheoryError | PinError | Over | TwoError | { code: 'NO_DIFFERENCE' };

/** Where both typed otherwise, they look at the paper once more and agree on a mark; both typed marks stay on record. */
export async function settleDifference(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; candidateId: string; tenths: number; reason: string; second: Second },
): Promise<Result<TheoryView, SettleError>> {
  const { sessionId, candidateId, tenths, reason, second } = wish;
  const me = caller.member!.staffId;
  const violation = (db: ReadDb): Exclude<SettleError, PinError> | null => {
    const found = theoryViolation(deps, db, caller, sessionId);
    if (found) return found;
    if (tenths > THEORY_MAX_TENTHS) return overMaximum;
    const { typists, differing } = typingOf(db, theorySession(deps, db, sessionId)!);
    const two = twoViolation(typists, me, second);
    if (two) return two;
    return differing.some((d) => d.candidateId === candidateId) ? null : { code: 'NO_DIFFERENCE' };
  };
  const early = refused(deps, caller, sessionId, 'theory-settle', violation);
  if (early) return early;
  const checked = await deps.checkPin(second.staffId, second.pin, 'settle-difference', actorOf(caller, 'score-keeper'));
  if (!checked.ok) return checked;
  const done = inTransaction(deps.db, (w): Result<true, SettleError> => {
    const found = violation(w);
    if (found) return refuse(deps, w, caller, { sessionId, roomId: '' }, 'theory-settle', found);
    const pair = typingOf(w, theorySession(deps, w, sessionId)!).differing.find((d) => d.candidateId === candidateId)!;
    const atMs = deps.clock.wallMs();
    insertSettled(w, sessionId, { candidateId, tenths, reason, byStaff: me, secondStaff: second.staffId, atMs });
    const typed = [pair.a ?? 0, pair.b ?? 0];
    const data = { candidateId, typed, tenths, reason, secondStaffId: second.staffId };
    deps.journal.append(w, actorOf(caller, 'score-keeper'), scoringEvents.differenceSettled, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(theoryView(deps, caller, theorySession(deps, deps.db, sessionId)!));
}

type AcceptTypedError = TheoryError | PinError | TwoError | { code: 'NOT_AGREED' } | { code: 'CHECK_CODE_DIFFERS' };

/** What both typed alike, or settled, becomes the marks: signed by one, confirmed by the other's PIN. */
export async function acceptTyped(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; pin: string; strokes: Strokes; checkCode: string; second: Second },
): Promise<Result<TheoryView, AcceptTypedError>> {
  const { sessionId, second } = wish;
  const me = caller.member!.staffId;
  const violation = (db: ReadDb): TheoryError | TwoError | { code: 'NOT_AGREED' } | null => {
    const found = theoryViolation(deps, db, caller, sessionId);
    if (found) return found;
    const typing = typingOf(db, theorySession(deps, db, sessionId)!);
    return twoViolation(typing.typists, me, second) ?? (typing.marks ? null : { code: 'NOT_AGREED' });
  };
  const early = refused(deps, caller, sessionId, 'theory-accept', violation);
  if (early) return early;
  const marks = typingOf(deps.db, theorySession(deps, deps.db, sessionId)!).marks!;
  const checked = await deps.checkPin(second.staffId, second.pin, 'accept-theory', actorOf(caller, 'score-keeper'));
  if (!checked.ok) return checked;
  return acceptMarks(deps, caller, {
    ...wish,
    result: { sessionId, source: 'typed-twice', fileSha256: null, marks },
    file: null,
    second: { staffId: second.staffId, name: deps.nameOf(second.staffId) },
    violation,
  });
}

type CorrectError =
  | KeeperError
  | PinError
  | Over
  | { code: 'NO_SUCH_CANDIDATE' }
  | { code: 'NOTHING_CHANGES' }
  | { code: 'DECISION_OPEN' };

/** A theory mark that was read or typed wrong: a new entry beside it, checked by a second score keeper. */
export async function correctTheory(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; candidateId: string; tenths: number; reason: string; pin: string; strokes: Strokes },
): Promise<Result<DecisionView, CorrectError>> {
  const { sessionId, candidateId, tenths } = wish;
  const candidate = deps.book()?.candidate(candidateId);
  const number = candidate?.ticketNumber ?? '';
  const roomId = candidate?.roomId ?? '';
  const standing = (db: ReadDb): number | null => {
    const corrected = decisionsIn(db, sessionId, roomId).findLast(
      (d) => d.number === number && d.check?.agrees && d.body.kind === 'theory-correction',
    );
    if (corrected?.body.kind === 'theory-correction') return corrected.body.tenths;
    return theoryResultOf(db, sessionId)?.marks[candidateId] ?? null;
  };
  const before = standing(deps.db);
  const body = { kind: 'theory-correction' as const, before: before ?? 0, tenths };
  const { reason, pin, strokes } = wish;
  const act = { sessionId, roomId, number, body, reason, pin, strokes, role: 'score-keeper' as const };
  return makeDecision(deps, caller, act, (db): Exclude<CorrectError, PinError> | null => {
    const found = keeperViolation(deps, db, caller, sessionId);
    if (found) return found;
    if (!candidate || before === null) return { code: 'NO_SUCH_CANDIDATE' };
    if (tenths > THEORY_MAX_TENTHS) return overMaximum;
    if (isOpen(db, sessionId, roomId, number)) return { code: 'DECISION_OPEN' };
    return standing(db) === tenths || standing(db) !== before ? { code: 'NOTHING_CHANGES' } : null;
  });
}
