import type { z } from 'zod';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { RoomId, SessionId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { LookUp } from './contract.ts';
import { onRecord, type TimelineDeps } from './deps.ts';
import { timelineEvents } from './events.ts';
import { findLookUp, insertLookUp, insertView, type LookUpRow } from './store.ts';
import type { Span } from './viewed-spans.ts';

export type NoLookUp = { code: 'NO_SUCH_LOOK_UP' };

/** Who looks, at which room, and why, goes on record before anything is shown. */
export function beginLookUp(
  deps: TimelineDeps,
  caller: Caller,
  wish: { sessionId: SessionId; roomId: RoomId; reason: string },
): Result<z.infer<typeof LookUp>, { code: 'NO_SUCH_ROOM' }> {
  const { sessionId, roomId, reason } = wish;
  const book = deps.book();
  if (!book?.session(sessionId) || !book.roomsOf(sessionId).some((r) => r.roomId === roomId)) {
    return err({ code: 'NO_SUCH_ROOM' });
  }
  const { member } = caller;
  const role = member?.roles.find((r) => r === 'supervisor' || r === 'site-lead') ?? '';
  const row: LookUpRow = {
    lookUpId: newId('L'),
    sessionId,
    roomId,
    staffId: member?.staffId ?? '',
    role,
    reason,
    begunMs: deps.clock.wallMs(),
  };
  inTransaction(deps.db, (w) => {
    insertLookUp(w, row);
    const data = { lookUpId: row.lookUpId, roomId, reason };
    deps.journal.append(w, actorOf(caller, role), timelineEvents.begun, data, onRecord(deps, sessionId));
  });
  return ok(lookUpView(deps, row));
}

export const lookUpView = (deps: TimelineDeps, { lookUpId, reason, staffId, role, begunMs }: LookUpRow) => ({
  lookUpId,
  reason,
  byName: deps.staffName(staffId),
  role,
  begunAtMs: begunMs,
});

/** A look-up is for the person who gave the reason, and for nobody else. */
export function ownLookUp(deps: TimelineDeps, caller: Caller, lookUpId: string): Result<LookUpRow, NoLookUp> {
  const found = findLookUp(deps.db, lookUpId);
  return found !== null && found.staffId === caller.member?.staffId ? ok(found) : err({ code: 'NO_SUCH_LOOK_UP' });
}

/** Puts on record what look-ups were given. The actor is whoever looked. */
export function recordViews(deps: TimelineDeps, spans: readonly Span[]): void {
  if (spans.length === 0) return;
  inTransaction(deps.db, (w) => {
    for (const span of spans) {
      const lookUp = findLookUp(w, span.lookUpId);
      if (lookUp === null) continue;
      const { staffId, role, sessionId } = lookUp;
      insertView(w, span.lookUpId, span);
      deps.journal.append(
        w,
        { kind: 'staff', staffId, role, desk: '' },
        timelineEvents.viewed,
        span,
        onRecord(deps, sessionId),
      );
    }
  });
}

/** Called every second, and with `all` before the station closes. */
export const recordViewsOver = (deps: TimelineDeps, all = false): void =>
  recordViews(deps, all ? deps.viewed.rest() : deps.viewed.over(deps.clock.monotonicMs()));
