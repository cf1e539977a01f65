import { actorOf, type Caller } from '../../../contract/caller.ts';
import { inTransaction } from '../../../db/database.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { PublishedDraw } from '../../draw/panels/verify-draw.ts';
import type { SessionState } from '../../session/contract.ts';
import { putInForce } from '../change-panel.ts';
import type { AssignmentDeps } from '../deps.ts';
import { evaluateRoom, sha256Hex } from '../evaluate-room.ts';
import { assignmentEvents } from '../events.ts';
import { groundOf } from '../facts.ts';
import { panelNow } from '../judge.ts';
import type { AssignedSeat } from '../store.ts';
import type { DrawView } from './contract.ts';
import { openShares } from './shares.ts';
import { type DrawError, drawAt, keepStep } from './step.ts';
import { type Draw, findDraw } from './store.ts';
import { drawView } from './view.ts';

/**
 * Step 4: the lottery. Killed in the middle, it is asked for again and gives the same: the seed is on record. Asked for by
 * two desks, one result is kept.
 */
export async function runDraw(
  deps: AssignmentDeps,
  caller: Caller,
  { drawId }: { drawId: string },
): Promise<Result<DrawView, DrawError>> {
  const at = { drawId, step: 'run', stages: ['opened', 'drawn'] as const };
  const found = inTransaction(deps.db, (w) => drawAt(deps, w, caller, at));
  if (!found.ok) return found;
  const draw = found.value;
  if (draw.stage === 'opened') {
    const { drawn, reserves, tookMs } = await deps.draws.draw(draw.prepared.data.input, draw.opened!.data.seed);
    inTransaction(deps.db, (w) => {
      if (findDraw(w, drawId)?.stage !== 'opened') return;
      const data = {
        drawId,
        drawnSha256: sha256Hex(canonicalJson(drawn)),
        seats: drawn.length,
        reserves: reserves.length,
      };
      const seq = deps.journal.append(w, actorOf(caller, 'site-lead'), assignmentEvents.drawn, data);
      keepStep(deps, w, caller, { drawId, step: 'drawn', seq }, { drawn, reserves, tookMs: Math.round(tookMs) });
    });
    deps.changed();
  }
  return ok(drawView(deps, deps.db, drawId)!);
}

/**
 * The result becomes the assignment of every room drawn, each evaluated once more: what has changed on file since the draw was
 * prepared shows on the board and is decided there.
 */
export function applyDraw(
  deps: AssignmentDeps,
  caller: Caller,
  { drawId }: { drawId: string },
): Result<DrawView, DrawError | { code: 'WRONG_STATE'; data: { state: SessionState } }> {
  const at = { drawId, step: 'apply', stages: ['drawn'] as const };
  const done = inTransaction(
    deps.db,
    (w): Result<true, DrawError | { code: 'WRONG_STATE'; data: { state: SessionState } }> => {
      const found = drawAt(deps, w, caller, at);
      if (!found.ok) return found;
      const { prepared, drawn } = found.value;
      if (prepared.data.planDigest !== deps.shelf.adopted()?.summary.digest) return err({ code: 'NO_SUCH_DRAW' });
      for (const sessionId of prepared.data.sessionIds) {
        const state = deps.sessionState(sessionId);
        if (state === 'sealed' || state === null)
          return err({ code: 'WRONG_STATE', data: { state: state ?? 'sealed' } });
      }
      const { panels } = prepared.data.input;
      for (const { sessionId, roomId } of panels) {
        const panel = drawn!.data.drawn.flatMap((d): AssignedSeat[] =>
          d.sessionId === sessionId && d.roomId === roomId && d.role !== 'supervisor'
            ? [{ examinerId: d.examinerId as AssignedSeat['examinerId'], duty: d.role }]
            : [],
        );
        const ground = groundOf(deps, w, sessionId)!;
        putInForce(deps, w, caller, {
          sessionId,
          roomId,
          act: 'drawn',
          before: panelNow(ground, roomId),
          panel,
          evaluated: evaluateRoom(ground, roomId, panel),
          reason: drawId,
          passedOver: null,
          decided: [],
        });
      }
      const data = { drawId, rooms: panels.length };
      const seq = deps.journal.append(w, actorOf(caller, 'site-lead'), assignmentEvents.drawApplied, data);
      keepStep(deps, w, caller, { drawId, step: 'applied', seq }, { rooms: panels.length });
      return ok(true);
    },
  );
  if (!done.ok) return done;
  deps.changed();
  return ok(drawView(deps, deps.db, drawId)!);
}

/** Ends a draw without a result. What was sealed and opened so far stays on record, and so does the reason. */
export function cancelDraw(
  deps: AssignmentDeps,
  caller: Caller,
  { drawId, reason }: { drawId: string; reason: string },
): Result<DrawView, DrawError> {
  const at = { drawId, step: 'cancel', stages: ['prepared', 'committed', 'opened', 'drawn'] as const };
  const done = inTransaction(deps.db, (w): Result<true, DrawError> => {
    const found = drawAt(deps, w, caller, at);
    if (!found.ok) return found;
    const data = { drawId, stage: found.value.stage, reason };
    const seq = deps.journal.append(w, actorOf(caller, 'site-lead'), assignmentEvents.drawCancelled, data);
    keepStep(deps, w, caller, { drawId, step: 'cancelled', seq }, { reason });
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(drawView(deps, deps.db, drawId)!);
}

/** The draw as anybody needs it to repeat it; null until it has been drawn. */
export function publishedDraw(draw: Draw): PublishedDraw | null {
  if (!draw.drawn || !draw.committed) return null;
  const { drawn, reserves } = draw.drawn.data;
  return {
    format: 'kaodian-published-draw/1',
    input: draw.prepared.data.input,
    commitment: draw.committed.data.commitment,
    shares: openShares(draw),
    drawn,
    reserves: reserves as NonNullable<PublishedDraw['reserves']>,
  };
}
