import type { Violation } from '../examiners/violation.ts';
import { findingsAbout } from './evaluate-room.ts';
import type { EvaluationStage, RecordedEvaluation } from './evaluation-store.ts';
import type { Ground } from './facts.ts';
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
}

/** @param recorded  the session's evaluations: see `evaluationsOf` */
export function standingFindings(ground: Ground, recorded: readonly RecordedEvaluation[], roomId: string): Standing[] {
  const accepted = recorded
    .filter((e) => e.roomId === roomId)
    .flatMap((e) => e.decisions.map((d) => ({ ...d, about: e.findings[d.finding]! })));
  return findingsAbout(ground, roomId, panelNow(ground, roomId)).map((finding) => {
    const decision = accepted.findLast((d) => sameFinding(d.about, finding));
    return { finding, accepted: decision ?? null };
  });
}

/** The last evaluation of a room's panel at a stage, or at any. */
export const lastEvaluation = (
  recorded: readonly RecordedEvaluation[],
  roomId: string,
  stage: EvaluationStage,
): RecordedEvaluation | null => recorded.findLast((e) => e.roomId === roomId && e.stage === stage) ?? null;

/** Rooms of a session whose panel in force a rule forbids, with what forbids it. */
export function unlawfulRooms(ground: Ground): { roomId: string; name: string; findings: Violation[] }[] {
  const { book, session } = ground;
  if (session.rubricId === null) return [];
  return book.roomsOf(session.sessionId).flatMap(({ roomId, name }) => {
    const findings = findingsAbout(ground, roomId, panelNow(ground, roomId)).filter((f) => f.severity === 'block');
    return findings.length > 0 ? [{ roomId, name, findings }] : [];
  });
}
