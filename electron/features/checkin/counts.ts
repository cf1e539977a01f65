import type { Counts, Outcome } from './attempt-schema.ts';
import type { Admission, AttemptRow } from './store.ts';

export const nobody: Counts = { expected: 0, admitted: 0, byHand: 0, away: 0, setAside: 0, notYet: 0, absent: 0 };

/** Beside the queue: set aside by staff, or held for the lead. */
export const waits = (outcome: Outcome | undefined): boolean => outcome === 'set-aside' || outcome === 'held';

/** Let somebody in who had not been inside before. */
export const admits = (outcome: Outcome | undefined): boolean =>
  outcome === 'admitted' || outcome === 'admitted-by-hand';

/**
 * The board's numbers: everyone expected is counted once. Who was set aside and not admitted since counts as set aside
 * until the session is over; whoever is none of admitted, absent and set aside has not come yet.
 *
 * @param expected  candidate ids of the room or session
 * @param away      candidate ids out of the room now
 */
export function countsOf(
  expected: readonly string[],
  admissions: readonly Admission[],
  attempts: readonly AttemptRow[],
  absent: ReadonlySet<string>,
  away: Pick<ReadonlySet<string>, 'has'>,
): Counts {
  const admitted = new Map(admissions.map((a) => [a.candidateId, a]));
  const latest = new Map(attempts.map((a) => [a.candidateId, a.outcome]));
  const counts: Counts = { ...nobody, expected: expected.length };
  for (const id of expected) {
    const admission = admitted.get(id);
    if (admission) {
      counts.admitted += 1;
      if (admission.byHand) counts.byHand += 1;
      if (away.has(id)) counts.away += 1;
    } else if (absent.has(id)) counts.absent += 1;
    else if (waits(latest.get(id))) counts.setAside += 1;
    else counts.notYet += 1;
  }
  return counts;
}
