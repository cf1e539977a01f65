import type { WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { type JournalSeed, journalSeed } from '../draw/journal-seed.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import { seatingEvents } from './events.ts';
import { drawingRooms, freeWorkstations, type SeatingPlan, seatOrder } from './rules.ts';
import { drawnSeatsIn, findDrawnSeat, findSeed, insertDrawnSeat, insertSeed } from './store.ts';

export interface SeatingDeps {
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  rules: RulesOf;
}

const planOf = (book: PlanBook, sessionId: string): SeatingPlan => ({
  workstations: book.plan.workstations,
  candidates: book.candidatesOf(sessionId),
});

/** Fixes the order of every room's free workstations, in the commit that opens the session. */
export function recordSeed(deps: SeatingDeps, w: WriteDb, sessionId: string): void {
  const book = deps.book();
  if (!book || !deps.rules(sessionId)['admission.draw-workstation'] || findSeed(w, sessionId)) return;
  const plan = planOf(book, sessionId);
  const rooms = drawingRooms(plan).map((roomId) => ({ roomId, free: freeWorkstations(plan, roomId) }));
  if (rooms.length > 0) writeSeed(deps, w, sessionId, rooms);
}

function writeSeed(
  deps: SeatingDeps,
  w: WriteDb,
  sessionId: string,
  rooms: { roomId: string; free: string[] }[],
): JournalSeed {
  const seed = journalSeed(deps.journal);
  deps.journal.append(w, { kind: 'station' }, seatingEvents.seedRecorded, { ...seed, rooms }, sessionId);
  insertSeed(w, sessionId, seed, deps.clock.wallMs());
  return seed;
}

/**
 * The workstation's label for somebody about to be admitted: the planned one; the one drawn before, where an admission was
 * taken back; else the next of the room's order, put on record here. '' where the rule pack draws none.
 *
 * @throws Error when a room has fewer free workstations than candidates who draw: no such plan is adopted
 */
export function drawSeat(deps: SeatingDeps, w: WriteDb, candidate: PlannedCandidate, attemptId: string): string {
  const book = deps.book()!;
  const { candidateId, sessionId, roomId } = candidate;
  if (
    candidate.workstationId !== null ||
    findDrawnSeat(w, candidateId) ||
    !deps.rules(sessionId)['admission.draw-workstation']
  ) {
    return book.seat(candidate);
  }
  const free = freeWorkstations(planOf(book, sessionId), roomId);
  const seed = findSeed(w, sessionId) ?? writeSeed(deps, w, sessionId, [{ roomId, free }]);
  const place = 1 + drawnSeatsIn(w, sessionId).filter((s) => s.roomId === roomId).length;
  const workstationId = seatOrder(seed.root, sessionId, roomId, free)[place - 1];
  if (workstationId === undefined) throw new Error(`room ${roomId} has no workstation left to draw`);
  const drawn = { candidateId, attemptId, roomId, place, workstationId };
  deps.journal.append(w, { kind: 'station' }, seatingEvents.drawn, drawn, sessionId);
  insertDrawnSeat(w, sessionId, { ...drawn, atMs: deps.clock.wallMs() });
  return book.workstationLabel(workstationId);
}
