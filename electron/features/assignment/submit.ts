import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import { boardOf } from './board.ts';
import { decide } from './change-panel.ts';
import type { AssignmentBoard } from './contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { evaluationsOf } from './evaluation-store.ts';
import { assignmentEvents } from './events.ts';
import { panelNow, seatsOf, shown } from './judge.ts';
import { recordEvaluation } from './record-evaluation.ts';
import { openGround, type PanelChanged, type PlaceError, panelChanged, refuse } from './refuse.ts';
import type { ReasonNeeded, Unlawful } from './seat.ts';
import { standingFindings } from './standing.ts';
import { insertSubmission } from './store.ts';

export type SubmitError =
  | PlaceError
  | PanelChanged
  | { code: 'SEATS_OPEN'; data: { roomName: string; seat: number } }
  | Unlawful
  | ReasonNeeded;

/**
 * Hands the whole assignment of a session in: every seat taken, nothing forbidden, every warning set aside for the reason
 * given. Each room's panel is evaluated once more and kept, however it came about.
 */
export function submitAssignment(
  deps: AssignmentDeps,
  caller: Caller,
  wish: { sessionId: string; versions: Record<string, number>; reason: string },
): Result<AssignmentBoard, SubmitError> {
  const { sessionId, reason } = wish;
  const done = inTransaction(deps.db, (w): Result<true, SubmitError> => {
    const opened = openGround(deps, w, sessionId);
    if (!opened.ok) return opened;
    const ground = opened.value;
    const { book, session } = ground;
    const rooms = session.rubricId === null ? [] : book.roomsOf(sessionId);
    const recorded = evaluationsOf(w, sessionId);
    const open = rooms.map((room) => ({
      ...room,
      standing: standingFindings(ground, recorded, room.roomId),
      panel: panelNow(ground, room.roomId),
    }));
    for (const { roomId, name, panel } of open) {
      const at = { step: 'submit', sessionId, roomId };
      const other = panelChanged(deps, w, ground, { sessionId, roomId, version: wish.versions[roomId] ?? -1 });
      if (other) return refuse(deps, w, caller, at, other);
      const lead = panel.some((p) => p.duty === 'lead');
      if (!lead || panel.length < seatsOf(ground, roomId, panel.length)) {
        const data = { roomName: name, seat: lead ? panel.length + 1 : 1 };
        return refuse(deps, w, caller, at, { code: 'SEATS_OPEN', data });
      }
    }
    for (const { roomId, standing } of open) {
      const blocking = standing.flatMap((s) => (s.finding.severity === 'block' ? [s.finding] : []));
      if (blocking.length === 0) continue;
      const data = { findings: blocking.map((f) => shown(ground, f)) };
      const at = { step: 'submit', sessionId, roomId, findings: blocking };
      return refuse(deps, w, caller, at, { code: 'UNLAWFUL', data });
    }
    const undecided = open.flatMap(({ standing }) => standing.filter((s) => s.accepted === null));
    if (undecided.length > 0 && reason === '') {
      const data = { findings: undecided.map((s) => shown(ground, s.finding)), passedOver: null };
      return refuse(deps, w, caller, { step: 'submit', sessionId, roomId: '' }, { code: 'REASON_NEEDED', data });
    }
    for (const { roomId, standing } of open) {
      const evaluation = recordEvaluation(deps, w, caller, ground, { roomId, stage: 'assignment', examinerId: null });
      const places = standing.flatMap((s, i) => (s.accepted === null ? [i] : []));
      decide(deps, w, caller, evaluation, places, reason);
    }
    const versions = wish.versions;
    const actor = actorOf(caller, 'site-lead');
    const seq = deps.journal.append(w, actor, assignmentEvents.submitted, { versions }, sessionId);
    insertSubmission(w, sessionId, { versions, byStaffId: caller.member!.staffId, atMs: deps.clock.wallMs(), seq });
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(boardOf(deps, deps.db, sessionId)!);
}
