import { actorOf, type Caller } from '../../contract/caller.ts';
import type { WriteDb } from '../../db/database.ts';
import type { AssignmentDeps } from './deps.ts';
import { type Evaluated, evaluationData, keepEvaluation } from './evaluate-room.ts';
import { insertDecision } from './evaluation-store.ts';
import { assignmentEvents } from './events.ts';
import { isAbout } from './rules.ts';
import { type AssignedSeat, type AssignmentAct, insertChange, versionOf } from './store.ts';

/**
 * Puts a new panel in force: change, evaluation and journal entry in the one commit. A reason sets aside the warnings of
 * `decided`; all others stay open for the lead. Who comes to the panel and is signed on already is evaluated as at sign-on
 * too, since they will not sign on again.
 *
 * @param decided  places in the evaluation's findings
 */
export function putInForce(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  change: {
    sessionId: string;
    roomId: string;
    act: AssignmentAct;
    before: readonly AssignedSeat[];
    panel: readonly AssignedSeat[];
    evaluated: Evaluated;
    reason: string;
    passedOver: string | null;
    decided: readonly number[];
  },
): void {
  const { sessionId, roomId, act, before, panel, evaluated, reason, passedOver } = change;
  const atMs = deps.clock.wallMs();
  const version = versionOf(w, sessionId, roomId) + 1;
  const byStaffId = caller.member?.staffId ?? '';
  const actor = actorOf(caller, act === 'recused' ? 'examiner' : 'site-lead');
  const data = { roomId, version, act, before: [...before], panel: [...panel], reason, passedOver };
  const seq = deps.journal.append(
    w,
    actor,
    assignmentEvents.changed,
    { ...data, evaluation: evaluationData(evaluated) },
    sessionId,
  );
  const planDigest = deps.shelf.adopted()!.summary.digest;
  insertChange(w, { sessionId, roomId, version, planDigest, panel: [...panel], act, reason, byStaffId, atMs, seq });
  const evaluation = keepEvaluation(w, evaluated, { sessionId, roomId, stage: 'assignment', version }, { atMs, seq });
  decide(deps, w, caller, evaluation, change.decided, reason);
  if (!isAbout(deps.shelf.book()!.session(sessionId)!, atMs)) return;
  const here = deps.signedOn();
  for (const { examinerId } of panel) {
    if (!here.has(examinerId) || before.some((p) => p.examinerId === examinerId)) continue;
    const at = { roomId, stage: 'sign-on' as const, examinerId };
    const about = { ...at, version, panel: [...panel], evaluation: evaluationData(evaluated) };
    const entry = deps.journal.append(w, actorOf(caller, 'site-lead'), assignmentEvents.evaluated, about, sessionId);
    keepEvaluation(w, evaluated, { sessionId, version, ...at }, { atMs, seq: entry });
  }
}

/** The lead sets warnings aside for a reason: each on record by itself. */
export function decide(
  deps: AssignmentDeps,
  w: WriteDb,
  caller: Caller,
  evaluation: {
    evaluationId: string;
    sessionId: string;
    roomId: string;
    factsSha256: string;
    findings: Evaluated['findings'];
  },
  decided: readonly number[],
  reason: string,
): void {
  const { evaluationId, sessionId, roomId, factsSha256 } = evaluation;
  for (const finding of decided) {
    const data = { roomId, factsSha256, finding: evaluation.findings[finding]!, decision: 'accepted' as const, reason };
    const seq = deps.journal.append(w, actorOf(caller, 'site-lead'), assignmentEvents.decided, data, sessionId);
    const byStaffId = caller.member?.staffId ?? '';
    const atMs = deps.clock.wallMs();
    insertDecision(w, evaluationId, { finding, decision: 'accepted', reason, byStaffId, atMs, seq });
  }
}
