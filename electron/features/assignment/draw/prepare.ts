import { actorOf, type Caller } from '../../../contract/caller.ts';
import { inTransaction } from '../../../db/database.ts';
import { newId } from '../../../lib/new-id.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import { shareHash } from '../../draw/panels/commitment.ts';
import { drawInputHash } from '../../draw/panels/draw-input.ts';
import { DRAW_CODE } from '../../draw/panels/draw-panels.ts';
import type { SessionState } from '../../session/contract.ts';
import type { AssignmentDeps } from '../deps.ts';
import { assignmentEvents } from '../events.ts';
import { type Ground, groundOf } from '../facts.ts';
import type { DrawView, ShortageView } from './contract.ts';
import { drawInputOf } from './input.ts';
import { ownShare } from './share-text.ts';
import { shortageView } from './shortage-view.ts';
import { keepStep } from './step.ts';
import { drawsFor, keepShare } from './store.ts';
import { drawView } from './view.ts';

export type PrepareError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'DRAW_UNDERWAY'; data: { drawId: string } }
  | { code: 'NOTHING_TO_DRAW' };

type Prepared = { kind: 'ready'; draw: DrawView } | { kind: 'impossible'; shortage: ShortageView };

/**
 * Step 1 of the ceremony: fixes who is in the draw, publishes the hash of all it depends on, and seals the station's own
 * share before anybody else's is known. Where no lawful assignment exists, says what is short instead.
 */
export async function prepareDraw(
  deps: AssignmentDeps,
  caller: Caller,
  wish: { sessionIds: string[]; seniorLead: boolean; dutiesPerDay: number },
): Promise<Result<Prepared, PrepareError>> {
  const sessionIds = [...new Set(wish.sessionIds)];
  const grounds = drawableGrounds(deps, sessionIds);
  if (!grounds.ok) return grounds;
  const drawId = newId('D');
  const { seniorLead, dutiesPerDay } = wish;
  const { input, excluded } = await drawInputOf(grounds.value, { drawId, seniorLead, dutiesPerDay });
  const witness = await deps.draws.witness(input);
  const actor = actorOf(caller, 'site-lead');
  if (!witness.ok) {
    const { shortage } = witness.error;
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, assignmentEvents.drawImpossible, {
        sessionIds,
        shortage: JSON.parse(JSON.stringify(shortage)),
      }),
    );
    return ok({ kind: 'impossible', shortage: shortageView(deps.shelf.book()!, shortage) });
  }
  const done = inTransaction(deps.db, (w): Result<true, PrepareError> => {
    // Looked at again: another desk may have begun one while this was computed.
    const still = drawableGrounds(deps, sessionIds);
    if (!still.ok) return still;
    const { witnessSha256 } = witness.value;
    const inputSha256 = drawInputHash(input);
    const seats = input.panels.reduce((n, p) => n + p.seats.length, 0);
    const seq = deps.journal.append(w, actor, assignmentEvents.drawPrepared, {
      drawId,
      sessionIds,
      inputSha256,
      witnessSha256,
      code: DRAW_CODE,
      examiners: input.examiners.length,
      seats,
      excluded: excluded.map(({ examinerId, findings }) => ({ examinerId, rules: findings.map((f) => f.ruleId) })),
    });
    const planDigest = deps.shelf.adopted()!.summary.digest;
    keepStep(
      deps,
      w,
      caller,
      { drawId, step: 'prepared', seq },
      {
        planDigest,
        sessionIds,
        input,
        inputSha256,
        witnessSha256,
        seniorLead,
        excluded,
      },
    );
    const own = ownShare();
    const sha256 = shareHash({ party: 'site', share: own.share });
    const sealed = { drawId, party: 'site', sha256, how: 'drawn' as const };
    const sealedSeq = deps.journal.append(w, { kind: 'station' }, assignmentEvents.shareSealed, sealed);
    keepShare(w, drawId, 'site', own);
    keepStep(
      deps,
      w,
      caller,
      { drawId, step: 'share-sealed', party: 'site', seq: sealedSeq },
      { sha256, keptHere: true },
    );
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok({ kind: 'ready', draw: drawView(deps, deps.db, drawId)! });
}

/** The sessions by start, where each is still before its opening, has panels to draw, and is in no other draw. */
function drawableGrounds(deps: AssignmentDeps, sessionIds: readonly string[]): Result<Ground[], PrepareError> {
  const grounds: Ground[] = [];
  for (const sessionId of sessionIds) {
    const ground = groundOf(deps, deps.db, sessionId);
    const state = deps.sessionState(sessionId);
    if (ground === null || state === null) return err({ code: 'NO_SUCH_SESSION' });
    if (state !== 'preparing') return err({ code: 'WRONG_STATE', data: { state } });
    const underway = drawsFor(deps.db, sessionId).find((d) => d.stage !== 'applied' && d.stage !== 'cancelled');
    if (underway) return err({ code: 'DRAW_UNDERWAY', data: { drawId: underway.drawId } });
    if (ground.session.rubricId !== null) grounds.push(ground);
  }
  if (grounds.length === 0) return err({ code: 'NOTHING_TO_DRAW' });
  return ok(grounds.sort((a, b) => a.session.startsAtMs - b.session.startsAtMs));
}
