import type { Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import { boardOf } from './board.ts';
import { seatCandidates } from './candidates.ts';
import { putInForce } from './change-panel.ts';
import type { AssignmentBoard, ShownFinding } from './contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { appliedDraw } from './draw/store.ts';
import { evaluateRoom, findingsAbout } from './evaluate-room.ts';
import type { Ground } from './facts.ts';
import { broughtBy, panelNow, seatsOf, shown, withSeat } from './judge.ts';
import { openRoom, type PanelChanged, type PlaceError, panelChanged, refuse } from './refuse.ts';
import { passedOver, type SeatDuty } from './rules.ts';

export interface SeatWish {
  sessionId: string;
  roomId: string;
  version: number;
  duty: SeatDuty;
  examinerId: ExaminerId;
  replacing: ExaminerId | null;
  reason: string;
}

export type Unlawful = { code: 'UNLAWFUL'; data: { findings: ShownFinding[] } };
export type ReasonNeeded = {
  code: 'REASON_NEEDED';
  data: { findings: ShownFinding[]; passedOver: string | null };
};
export type SeatError = PlaceError | PanelChanged | Unlawful | ReasonNeeded;

/**
 * Puts somebody on a seat. What a rule forbids is refused; a warning, and passing over somebody in the order of the draw,
 * need a reason. All of it is looked at inside the commit, so that two desks cannot both be right.
 */
export function takeSeat(deps: AssignmentDeps, caller: Caller, wish: SeatWish): Result<AssignmentBoard, SeatError> {
  const { sessionId, roomId, examinerId, replacing, duty, reason } = wish;
  const done = inTransaction(deps.db, (w): Result<true, SeatError> => {
    const opened = openRoom(deps, w, wish);
    const at = { step: 'seat', sessionId, roomId, examinerId };
    if (!opened.ok) return opened.error.code === 'WRONG_STATE' ? refuse(deps, w, caller, at, opened.error) : opened;
    const ground = opened.value;
    const other = panelChanged(deps, w, ground, wish);
    if (other) return refuse(deps, w, caller, at, other);
    const now = panelNow(ground, roomId);
    if (!fits(ground, now, wish)) return refuse(deps, w, caller, at, { code: 'NO_SUCH_PLACE' });

    const rest = now.filter((p) => p.examinerId !== replacing);
    const panel = withSeat(now, { examinerId, duty }, replacing);
    const evaluated = evaluateRoom(ground, roomId, panel);
    const before = findingsAbout(ground, roomId, rest);
    const findings = broughtBy(ground, roomId, panel, { before, after: evaluated.findings });
    const blocking = findings.filter((f) => f.severity === 'block');
    if (blocking.length > 0) {
      const data = { findings: blocking.map((f) => shown(ground, f)) };
      return refuse(deps, w, caller, { ...at, findings: blocking }, { code: 'UNLAWFUL', data });
    }
    const candidates = seatCandidates(w, ground, { roomId, duty, replacing });
    // The plan's reserves are in no order that chance has made.
    const wasDrawn = appliedDraw(w, ground.planDigest, sessionId) !== null;
    const inOrder = candidates.map((c) => ({
      ...c,
      drawn: wasDrawn && (c.place.kind === 'drawn-here' || c.place.kind === 'reserve'),
    }));
    const over = passedOver(inOrder, examinerId);
    if (reason === '' && (findings.length > 0 || over !== null)) {
      const name = over && (ground.book.examiner(over)?.name ?? over);
      const data = { findings: findings.map((f) => shown(ground, f)), passedOver: name };
      return refuse(deps, w, caller, { ...at, findings }, { code: 'REASON_NEEDED', data });
    }
    putInForce(deps, w, caller, {
      sessionId,
      roomId,
      act: replacing === null ? 'set' : 'replaced',
      before: now,
      panel,
      evaluated,
      reason,
      passedOver: over,
      decided: evaluated.findings.flatMap((f, i) => (findings.includes(f) ? [i] : [])),
    });
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(boardOf(deps, deps.db, sessionId)!);
}

/** The seat is there and open, or its holder is the one to be replaced; nobody takes two seats of one panel. */
function fits(ground: Ground, now: readonly { examinerId: string; duty: SeatDuty }[], wish: SeatWish): boolean {
  const { roomId, examinerId, replacing, duty } = wish;
  if (!ground.book.examiner(examinerId) || now.some((p) => p.examinerId === examinerId)) return false;
  if (replacing !== null) return now.some((p) => p.examinerId === replacing && p.duty === duty);
  const leadTaken = now.some((p) => p.duty === 'lead');
  if (duty === 'lead') return !leadTaken;
  const members = now.filter((p) => p.duty === 'member').length;
  return members < seatsOf(ground, roomId, now.length) - 1;
}
