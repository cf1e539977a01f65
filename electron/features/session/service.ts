import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedSession } from '../plan/plan-schema.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import type { ReadinessItem, SessionRow, SessionState } from './contract.ts';
import { sessionEvents } from './events.ts';
import { admissionWindow, stateOf } from './rules.ts';
import { insertAbsence, insertStep, stepsOf } from './store.ts';

export interface SessionDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  rules: RulesOf;
  readiness: (sessionId: string) => Promise<ReadinessItem[]>;
  /** What else begins in the same commit as the session. */
  onOpened: (w: WriteDb, sessionId: string) => void;
  /**
   * What else has to stop in the same commit as the session: its cameras, its open attempts. What it returns is called
   * after the commit.
   */
  onClosed: (w: WriteDb, caller: Caller, sessionId: string) => () => void;
  changed: () => void;
}

export function sessionState(deps: Pick<SessionDeps, 'db' | 'clock' | 'book'>, sessionId: string): SessionState | null {
  const session = deps.book()?.session(sessionId);
  if (!session) return null;
  const steps = stepsOf(deps.db, sessionId).map((s) => s.step);
  return stateOf(steps, session.startsAtMs, deps.clock.wallMs());
}

export function sessionRow(deps: Pick<SessionDeps, 'db' | 'clock' | 'book'>, session: PlannedSession): SessionRow {
  const { sessionId, label, part, occupation, level, startsAtMs, endsAtMs } = session;
  const state = sessionState(deps, sessionId)!;
  return { sessionId, label, part, occupation, level, startsAtMs, endsAtMs, state };
}

/**
 * The session a room's door works for: the one that is open or running; else the next to come; else the last. Two
 * sessions never share a room at one time (the plan is refused if they do).
 */
export function sessionAtDoor(
  deps: SessionDeps,
  roomId: string,
): { session: PlannedSession; state: SessionState; open: boolean } | null {
  const sessions = deps.book()?.sessionsOfRoom(roomId) ?? [];
  const withState = sessions.map((session) => ({ session, state: sessionState(deps, session.sessionId)! }));
  const open = withState.find((s) => s.state === 'open' || s.state === 'running');
  const next = withState.find((s) => s.state === 'preparing');
  const chosen = open ?? next ?? withState.at(-1);
  return chosen ? { ...chosen, open: chosen === open } : null;
}

/** The session is not where this step begins: on record, since somebody pressed for it. */
function wrongState(deps: SessionDeps, w: WriteDb, caller: Caller, sessionId: string, step: 'open' | 'close' | 'mark') {
  const state = sessionState(deps, sessionId)!;
  deps.journal.append(w, actorOf(caller), sessionEvents.stepRefused, { step, state }, sessionId);
  return err({ code: 'WRONG_STATE' as const, data: { state } });
}

type OpenError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'NOT_READY'; data: { readiness: ReadinessItem[] } };

/** The readiness gate. Every item is on record, also those that only ask for a look. */
export async function openSession(
  deps: SessionDeps,
  caller: Caller,
  sessionId: string,
): Promise<Result<SessionRow, OpenError>> {
  const session = deps.book()?.session(sessionId);
  if (!session) return err({ code: 'NO_SUCH_SESSION' });
  if (sessionState(deps, sessionId) !== 'preparing') {
    return inTransaction(deps.db, (w) => wrongState(deps, w, caller, sessionId, 'open'));
  }
  const readiness = await deps.readiness(sessionId);
  const stops = readiness.filter((r) => r.result === 'stop').map((r) => r.code);
  const actor = actorOf(caller, 'site-lead');
  const result = inTransaction(deps.db, (w): Result<SessionRow, OpenError> => {
    if (stops.length > 0) {
      deps.journal.append(w, actor, sessionEvents.openRefused, { stops }, sessionId);
      return err({ code: 'NOT_READY', data: { readiness } });
    }
    if (stepsOf(w, sessionId).length > 0) return wrongState(deps, w, caller, sessionId, 'open');
    insertStep(w, sessionId, 'open', deps.clock.wallMs());
    const items = readiness.map(({ code, result }) => ({ code, result }));
    deps.journal.append(w, actor, sessionEvents.opened, { readiness: items }, sessionId);
    deps.onOpened(w, sessionId);
    return ok(sessionRow(deps, session));
  });
  deps.changed();
  return result;
}

type CloseError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'TOO_EARLY'; data: { endsAtMs: number } };

/** Ends the session. Nobody is absent before the late limit has passed; ending before the end time needs a reason. */
export function closeSession(
  deps: SessionDeps,
  caller: Caller,
  wish: { sessionId: string; earlyReason: string },
): Result<SessionRow, CloseError> {
  const { sessionId, earlyReason } = wish;
  const book = deps.book();
  const session = book?.session(sessionId);
  if (!book || !session) return err({ code: 'NO_SUCH_SESSION' });
  const actor = actorOf(caller, 'site-lead');
  let afterwards = () => {};
  const result = inTransaction(deps.db, (w): Result<SessionRow, CloseError> => {
    const state = sessionState(deps, sessionId)!;
    if (state !== 'running' && state !== 'open') return wrongState(deps, w, caller, sessionId, 'close');
    const nowMs = deps.clock.wallMs();
    const { lateAtMs } = admissionWindow(session.startsAtMs, deps.rules(sessionId));
    const mayEnd = nowMs >= session.endsAtMs || (earlyReason !== '' && nowMs > lateAtMs);
    if (!mayEnd) {
      deps.journal.append(w, actor, sessionEvents.closeRefused, { endsAtMs: session.endsAtMs }, sessionId);
      return err({ code: 'TOO_EARLY', data: { endsAtMs: session.endsAtMs } });
    }
    const admitted = new Set(admissionsIn(w, sessionId).map((a) => a.candidateId));
    const absent = book
      .candidatesOf(sessionId)
      .map((c) => c.candidateId as string)
      .filter((id) => !admitted.has(id));
    for (const id of absent) insertAbsence(w, sessionId, id);
    afterwards = deps.onClosed(w, caller, sessionId);
    insertStep(w, sessionId, 'closed', nowMs);
    deps.journal.append(w, actor, sessionEvents.closed, { absent, earlyReason }, sessionId);
    return ok(sessionRow(deps, session));
  });
  if (result.ok) afterwards();
  deps.changed();
  return result;
}

/** `F4`: a moment somebody wants to find again. */
export function markMoment(
  deps: SessionDeps,
  caller: Caller,
  wish: { sessionId: string; roomId: string | null; cameraId: string | null; note: string },
): Result<
  { atMs: number; by: string },
  { code: 'NO_SUCH_SESSION' } | { code: 'WRONG_STATE'; data: { state: SessionState } }
> {
  const state = sessionState(deps, wish.sessionId);
  if (state === null) return err({ code: 'NO_SUCH_SESSION' });
  if (state === 'sealed') {
    return inTransaction(deps.db, (w) => wrongState(deps, w, caller, wish.sessionId, 'mark'));
  }
  const { sessionId, ...data } = wish;
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), sessionEvents.marked, data, sessionId));
  return ok({ atMs: deps.clock.wallMs(), by: caller.member?.staffId ?? '' });
}
