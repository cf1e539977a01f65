import type { Counts } from './contract.ts';
import type { Admission, AttemptRow } from './store.ts';

/**
 * The board's numbers: everyone expected is counted once. Who was set aside and not admitted since counts as set aside
 * until the session is over; whoever is none of admitted, absent and set aside has not come yet.
 *
 * @param expected  candidate ids of the room or session
 */
export function countsOf(
  expected: readonly string[],
  admissions: readonly Admission[],
  attempts: readonly AttemptRow[],
  absent: ReadonlySet<string>,
): Counts {
  const admitted = new Set(admissions.map((a) => a.candidateId));
  const latest = new Map(attempts.map((a) => [a.candidateId, a.outcome]));
  const counts: Counts = { expected: expected.length, admitted: 0, setAside: 0, notYet: 0, absent: 0 };
  for (const id of expected) {
    if (admitted.has(id)) counts.admitted += 1;
    else if (absent.has(id)) counts.absent += 1;
    else if (latest.get(id) === 'set-aside') counts.setAside += 1;
    else counts.notYet += 1;
  }
  return counts;
}
