import type { Violation } from '../examiners/violation.ts';
import type { AssignmentDeps } from './deps.ts';
import { findingsAbout } from './evaluate-room.ts';
import type { EvaluationStage, RecordedEvaluation } from './evaluation-store.ts';
import { type Ground, groundOf } from './facts.ts';
import { panelNow } from './judge.ts';
import { sameFinding } from './rules.ts';

export interface Accepted {
  reason: string;
  byStaffId: string;
  atMs: number;
}

/** What is found about a room's panel in force, by the facts as they are now, and what was decided about each. */
export interface Standing {
  finding: Violation;
  accepted: Accepted | null;
  /** It was not so when this panel was assigned: the facts have changed since. False where no assignment is on record yet. */
  cameUpLater: boolean;
}

/** @param recorded  the session's evaluations: see `evaluationsOf` */
export function standingFindings(ground: Ground, recorded: readonly RecordedEvaluation[], roomId: string): Standing[] {
  const accepted = recorded
    .filter((e) => e.roomId === roomId)
    .flatMap((e) => e.decisions.map((d) => ({ ...d, about: e.findings[d.finding]! })));
  const assigned = lastEvaluation(recorded, roomId, 'assignment');
  return findingsAbout(ground, roomId, panelNow(ground, roomId)).map((finding) => {
    const decision = accepted.findLast((d) => sameFinding(d.about, finding));
    const cameUpLater = assigned !== null && !assigned.findings.some((f) => sameFinding(f, finding));
    return { finding, accepted: decision ?? null, cameUpLater };
  });
}

/** The last evaluation of a room's panel at a stage, or at any. */
export const lastEvaluation = (
  recorded: readonly RecordedEvaluation[],
  roomId: string,
  stage: EvaluationStage,
): RecordedEvaluation | null => recorded.findLast((e) => e.roomId === roomId && e.stage === stage) ?? null;

/** What forbids the panel in force in a room, by the facts as they are now; empty where it may mark, or none marks here. */
export function panelFaults(deps: AssignmentDeps, sessionId: string, roomId: string): Violation[] {
  const ground = groundOf(deps, deps.db, sessionId);
  if (ground === null || ground.session.rubricId === null) return [];
  return findingsAbout(ground, roomId, panelNow(ground, roomId)).filter((f) => f.severity === 'block');
}
