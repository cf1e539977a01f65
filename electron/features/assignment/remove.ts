import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { boardOf } from './board.ts';
import { putInForce } from './change-panel.ts';
import type { AssignmentBoard } from './contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { evaluateRoom } from './evaluate-room.ts';
import { assignmentEvents } from './events.ts';
import { insertRecusal, type Recusal, type RecusalGround, recusedFrom } from './exception-store.ts';
import { groundOf } from './facts.ts';
import { panelNow } from './judge.ts';
import { openRoom, type PanelChanged, type PlaceError, panelChanged, refuse } from './refuse.ts';

export type RemoveError = PlaceError | PanelChanged;

/**
 * Takes somebody off a panel. Before the door is open that only opens the seat; from then on it is the lead's demand to
 * recuse (要求回避), which binds for the session. Marks they gave stay on record and count for nothing.
 */
export function removeFromPanel(
  deps: AssignmentDeps,
  caller: Caller,
  wish: {
    sessionId: string;
    roomId: string;
    version: number;
    examinerId: string;
    ground: RecusalGround;
    reason: string;
  },
): Result<AssignmentBoard, RemoveError> {
  const { sessionId, roomId, examinerId, ground: why, reason } = wish;
  const done = inTransaction(deps.db, (w): Result<true, RemoveError> => {
    const at = { step: 'remove', sessionId, roomId, examinerId };
    const opened = openRoom(deps, w, wish);
    if (!opened.ok) return opened.error.code === 'WRONG_STATE' ? refuse(deps, w, caller, at, opened.error) : opened;
    const other = panelChanged(deps, w, opened.value, wish);
    if (other) return refuse(deps, w, caller, at, other);
    if (!panelNow(opened.value, roomId).some((p) => p.examinerId === examinerId)) {
      return refuse(deps, w, caller, at, { code: 'NO_SUCH_PLACE' });
    }
    const demanded = deps.sessionState(sessionId) !== 'preparing';
    if (demanded)
      recordRecusal(deps, w, caller, { sessionId, roomId, examinerId, by: 'demand', ground: why, note: reason });
    takeOff(deps, w, caller, { sessionId, roomId, examinerId, act: demanded ? 'demanded' : 'removed', reason });
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(boardOf(deps, deps.db, sessionId)!);
}

export type RecuseError = PlaceError | PinError | { code: 'NOT_ON_PANEL' };

/**
 * An examiner takes themselves off a session (自行回避), by their own PIN: out of every panel of it, at once, without
 * anybody's leave. The lead replaces them from the reserves.
 */
export async function recuse(
  deps: AssignmentDeps,
  caller: Caller,
  wish: { sessionId: string; roomId: string; ground: RecusalGround; note: string; pin: string },
): Promise<Result<Record<string, never>, RecuseError>> {
  const { sessionId, roomId, ground: why, note } = wish;
  const examinerId = caller.member?.examinerId ?? null;
  const at = { step: 'recuse', sessionId, roomId, examinerId };
  const early = inTransaction(deps.db, (w) => {
    const error = recuseViolation(deps, w, { sessionId, roomId, examinerId });
    return error && refuse(deps, w, caller, at, error);
  });
  if (early) return early;
  const checked = await deps.checkPin(caller.member!.staffId, wish.pin, 'recuse', actorOf(caller, 'examiner'));
  if (!checked.ok) return checked;
  const done = inTransaction(deps.db, (w): Result<Record<string, never>, RecuseError> => {
    const error = recuseViolation(deps, w, { sessionId, roomId, examinerId });
    if (error) return refuse(deps, w, caller, at, error);
    recordRecusal(deps, w, caller, { sessionId, roomId, examinerId: examinerId!, by: 'self', ground: why, note });
    for (const { roomId: room } of deps.shelf
      .book()!
      .seatsOf(examinerId!)
      .filter((s) => s.sessionId === sessionId)) {
      takeOff(deps, w, caller, { sessionId, roomId: room, examinerId: examinerId!, act: 'recused', reason: note });
    }
    return ok({});
  });
  if (done.ok) deps.changed();
  return done;
}

function recuseViolation(
  deps: AssignmentDeps,
  w: WriteDb,
  { sessionId, roomId, examinerId }: { sessionId: string; roomId: string; examinerId: string | null },
): Exclude<RecuseError, PinError> | null {
  const opened = openRoom(deps, w, { sessionId, roomId });
  if (!opened.ok) return opened.error;
  return panelNow(opened.value, roomId).some((p) => p.examinerId === examinerId) ? null : { code: 'NOT_ON_PANEL' };
}

/** Who is off stays off: a second word about the same person adds nothing. */
function recordRecusal(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  r: Pick<Recusal, 'sessionId' | 'roomId' | 'examinerId' | 'by' | 'ground' | 'note'>,
): void {
  const { sessionId, ...data } = r;
  const actor = actorOf(caller, r.by === 'self' ? 'examiner' : 'site-lead');
  const seq = deps.journal.append(w, actor, assignmentEvents.recused, data, sessionId);
  if (recusedFrom(w, sessionId).has(r.examinerId)) return;
  insertRecusal(w, { ...r, byStaffId: caller.member?.staffId ?? '', atMs: deps.clock.wallMs(), seq });
}

function takeOff(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  wish: {
    sessionId: string;
    roomId: string;
    examinerId: string;
    act: 'removed' | 'recused' | 'demanded';
    reason: string;
  },
): void {
  const { sessionId, roomId, examinerId, act, reason } = wish;
  // Read after the recusal was recorded: it is one of the facts.
  const ground = groundOf(deps, w, sessionId)!;
  const before = panelNow(ground, roomId);
  const panel = before.filter((p) => p.examinerId !== examinerId);
  const evaluated = evaluateRoom(ground, roomId, panel);
  putInForce(deps, w, caller, {
    sessionId,
    roomId,
    act,
    before,
    panel,
    evaluated,
    reason,
    passedOver: null,
    decided: [],
  });
}
