import type { CoverageDeps } from './deps.ts';
import { coverageIn, limitsOf } from './service.ts';

/**
 * The statement of coverage that is sealed with a session: of everybody whose admission stands, what was recorded of
 * them, the gaps over the limit with their causes, and who accepted a shortness and why. Whoever holds the bundle can
 * compute it again from the index of the video, the admissions, the movements and the gap entries.
 */
export const coverageStatement = (deps: CoverageDeps, sessionId: string) => ({
  format: 'kaodian-coverage/1' as const,
  ...limitsOf(deps, sessionId),
  candidates: coverageIn(deps, sessionId).map(({ candidate, seenBy, present, covered, acceptance }) => ({
    candidateId: candidate.candidateId,
    seenBy,
    present,
    ...covered,
    acceptance: acceptance && {
      acceptanceId: acceptance.acceptanceId,
      reason: acceptance.reason,
      byStaffId: acceptance.byStaffId,
      secondStaffId: acceptance.secondStaffId,
      atMs: acceptance.atMs,
    },
  })),
});
