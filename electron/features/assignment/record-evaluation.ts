import { actorOf, type Caller, theStation } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import type { AssignmentDeps } from './deps.ts';
import { evaluateRoom, evaluationData, keepEvaluation } from './evaluate-room.ts';
import { type EvaluationStage, evaluationsOf, type RecordedEvaluation } from './evaluation-store.ts';
import { assignmentEvents } from './events.ts';
import { type Ground, groundOf } from './facts.ts';
import { panelNow } from './judge.ts';
import { isAbout } from './rules.ts';
import { versionOf } from './store.ts';

/** Evaluates the panel in force and keeps what came out, whatever it is. */
export function recordEvaluation(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  ground: Ground,
  at: { roomId: string; stage: EvaluationStage; examinerId: string | null },
): RecordedEvaluation {
  const { sessionId } = ground.session;
  const { roomId, stage, examinerId } = at;
  const panel = panelNow(ground, roomId);
  const evaluated = evaluateRoom(ground, roomId, panel);
  const version = versionOf(w, sessionId, roomId);
  const data = { roomId, version, panel, stage, examinerId, evaluation: evaluationData(evaluated) };
  const seq = deps.journal.append(w, actorOf(caller), assignmentEvents.evaluated, data, sessionId);
  return keepEvaluation(w, evaluated, { sessionId, version, ...at }, { atMs: deps.clock.wallMs(), seq });
}

/** As `recordEvaluation`, unless the last one of this kind is of the same panel, facts and rules. */
function recordIfNew(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  ground: Ground,
  recorded: readonly RecordedEvaluation[],
  at: { roomId: string; stage: EvaluationStage; examinerId: string | null },
): void {
  const last = recorded.findLast(
    (e) => e.roomId === at.roomId && e.stage === at.stage && e.examinerId === at.examinerId,
  );
  const { factsSha256, packSha256 } = evaluateRoom(ground, at.roomId, panelNow(ground, at.roomId));
  const version = versionOf(w, ground.session.sessionId, at.roomId);
  const same = last?.version === version && last.factsSha256 === factsSha256 && last.packSha256 === packSha256;
  if (same) return;
  recordEvaluation(deps, w, caller, ground, at);
}

/**
 * Every panel of the session that was not evaluated yet, at the opening: who takes the plan's panels as they are has them
 * evaluated all the same. Who is signed on already need not do so again to be evaluated as at sign-on.
 */
export function evaluateAtOpening(deps: AssignmentDeps, w: WriteDb, caller: Caller, sessionId: string): void {
  evaluateAll(deps, w, caller, sessionId, 'assignment');
  const ground = groundOf(deps, w, sessionId);
  if (ground === null || ground.session.rubricId === null) return;
  const here = deps.signedOn();
  const recorded = evaluationsOf(w, sessionId);
  for (const { roomId } of ground.book.roomsOf(sessionId)) {
    for (const { examinerId } of panelNow(ground, roomId).filter((p) => here.has(p.examinerId))) {
      recordIfNew(deps, w, caller, ground, recorded, { roomId, stage: 'sign-on', examinerId });
    }
  }
}

/** Every panel of the session as it is before it is signed off and sealed. */
export function evaluateAtSealing(deps: AssignmentDeps, sessionId: string): void {
  inTransaction(deps.db, (w) => evaluateAll(deps, w, theStation, sessionId, 'sealing'));
}

function evaluateAll(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  sessionId: string,
  stage: EvaluationStage,
): void {
  const ground = groundOf(deps, w, sessionId);
  if (ground === null || ground.session.rubricId === null) return;
  const recorded = evaluationsOf(w, sessionId);
  for (const { roomId } of ground.book.roomsOf(sessionId)) {
    recordIfNew(deps, w, caller, ground, recorded, { roomId, stage, examinerId: null });
  }
}

/**
 * An examiner signs on: every panel they sit on in a session of about this day is evaluated anew, so that what has changed
 * since the assignment shows before they mark. Signing on again adds nothing unless the facts have changed.
 */
export function evaluateAtSignOn(deps: AssignmentDeps, caller: Caller): void {
  const examinerId = caller.member?.examinerId;
  const book = deps.shelf.book();
  if (!examinerId || !book) return;
  const seats = book.seatsOf(examinerId).filter(({ sessionId }) => {
    const session = book.session(sessionId)!;
    const near = isAbout(session, deps.clock.wallMs());
    return near && session.rubricId !== null && deps.sessionState(sessionId) !== 'sealed';
  });
  if (seats.length === 0) return;
  inTransaction(deps.db, (w) => {
    for (const { sessionId, roomId } of seats) {
      const ground = groundOf(deps, w, sessionId)!;
      recordIfNew(deps, w, caller, ground, evaluationsOf(w, sessionId), { roomId, stage: 'sign-on', examinerId });
    }
  });
  deps.changed();
}
