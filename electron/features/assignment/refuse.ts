import { actorOf, type Caller } from '../../contract/caller.ts';
import type { WriteDb } from '../../db/database.ts';
import { err, type Result } from '../../lib/result.ts';
import type { Violation } from '../examiners/violation.ts';
import type { SessionState } from '../session/contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { assignmentEvents } from './events.ts';
import { type Ground, groundOf } from './facts.ts';
import { changesIn, versionOf } from './store.ts';

export type PlaceError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'NO_SUCH_PLACE' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } };

export type PanelChanged = {
  code: 'PANEL_CHANGED';
  data: { version: number; byName: string; atMs: number; examiners: string[] };
};

/** Puts on record that something was not done, and why. */
export function refuse<const E extends { code: string }>(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  at: { step: string; sessionId: string; roomId: string; examinerId?: string | null; findings?: readonly Violation[] },
  error: E,
): { ok: false; error: E } {
  const { step, sessionId, roomId, examinerId = null, findings = [] } = at;
  deps.journal.append(
    w,
    actorOf(caller),
    assignmentEvents.refused,
    { step, code: error.code, roomId, examinerId, findings: [...findings] },
    sessionId,
  );
  return err(error);
}

/** The session, where its panels can still be changed: until it is sealed. */
export function openGround(deps: AssignmentDeps, w: WriteDb, sessionId: string): Result<Ground, PlaceError> {
  const ground = groundOf(deps, w, sessionId);
  const state = deps.sessionState(sessionId);
  if (ground === null || state === null) return err({ code: 'NO_SUCH_SESSION' });
  return state === 'sealed' ? err({ code: 'WRONG_STATE', data: { state } }) : { ok: true, value: ground };
}

/** As `openGround`, for one room that the session uses and a panel marks in. */
export function openRoom(
  deps: AssignmentDeps,
  w: WriteDb,
  { sessionId, roomId }: { sessionId: string; roomId: string },
): Result<Ground, PlaceError> {
  const ground = openGround(deps, w, sessionId);
  if (!ground.ok) return ground;
  const { book, session } = ground.value;
  const there = session.rubricId !== null && book.roomsOf(sessionId).some((r) => r.roomId === roomId);
  return there ? ground : err({ code: 'NO_SUCH_PLACE' });
}

/** What another desk has done since this one looked; null where nothing. */
export function panelChanged(
  deps: AssignmentDeps,
  w: WriteDb,
  { book }: Ground,
  { sessionId, roomId, version }: { sessionId: string; roomId: string; version: number },
): PanelChanged | null {
  const now = versionOf(w, sessionId, roomId);
  if (now === version) return null;
  const last = changesIn(w, sessionId).findLast((c) => c.roomId === roomId);
  return {
    code: 'PANEL_CHANGED',
    data: {
      version: now,
      byName: deps.staff().find((m) => m.staffId === last?.byStaffId)?.name ?? '',
      atMs: last?.atMs ?? 0,
      examiners: book.panel(sessionId, roomId).map((p) => book.examiner(p.examinerId)?.name ?? p.examinerId),
    },
  };
}
