import { actorOf, type Caller } from '../../../contract/caller.ts';
import type { WriteDb } from '../../../db/database.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { AssignmentDeps } from '../deps.ts';
import { assignmentEvents } from '../events.ts';
import type { DrawParty, DrawStage } from './contract.ts';
import { type Draw, type DrawStep, type DrawStepData, findDraw, insertDrawStep } from './store.ts';

export type DrawError = { code: 'NO_SUCH_DRAW' } | { code: 'DRAW_ELSEWHERE'; data: { stage: DrawStage } };

/** The draw, where it stands at this stage; a step that comes twice or too late is refused on record. */
export function drawAt(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  at: { drawId: string; step: string; stages: readonly DrawStage[] },
): Result<Draw, DrawError> {
  const draw = findDraw(w, at.drawId);
  if (draw === null) return err({ code: 'NO_SUCH_DRAW' });
  if (at.stages.includes(draw.stage)) return ok(draw);
  return refuseStep(deps, w, caller, at, { code: 'DRAW_ELSEWHERE', data: { stage: draw.stage } });
}

export function refuseStep<const E extends { code: string }>(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  { drawId, step }: { drawId: string; step: string },
  error: E,
): { ok: false; error: E } {
  deps.journal.append(w, actorOf(caller), assignmentEvents.drawRefused, { drawId, step, code: error.code });
  return err(error);
}

/**
 * Keeps a step beside the journal entry that reports it. A draw may concern several sessions: its entries belong to none, and
 * so stand in the bundle of each.
 */
export function keepStep<S extends DrawStep>(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  at: { drawId: string; step: S; party?: DrawParty; seq: number },
  data: DrawStepData[S],
): void {
  const byStaffId = caller.member?.staffId ?? '';
  insertDrawStep(w, { ...at, byStaffId, atMs: deps.clock.wallMs() }, data);
}
