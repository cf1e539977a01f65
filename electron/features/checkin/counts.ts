import type { Counts } from './contract.ts';
import type { Admission, AttemptRow } from './store.ts';

/**
 * The board's numbers. Who was set aside and not admitted since counts as set aside until the session is over; whoever
 * was expected and is none of these has not come yet.
 *
 * @param expected  candidate ids of the room or session
 */
export function countsOf(
  expected: readonly string[],
  admissions: readonly Admission[],
  attempts: readonly AttemptRow[],
  absent: ReadonlySet<string>,
): Counts {
  const here = new Set(expected);
  const admitted = new Set(admissions.map((a) => a.candidateId).filter((id) => here.has(id)));
  const latest = new Map(attempts.map((a) => [a.candidateId, a.outcome]));
  const setAside = expected.filter((id) => !admitted.has(id) && latest.get(id) === 'set-aside').length;
  const gone = expected.filter((id) => !admitted.has(id) && absent.has(id)).length;
  return {
    expected: expected.length,
    admitted: admitted.size,
    setAside: gone > 0 ? 0 : setAside,
    absent: gone,
    notYet: gone > 0 ? 0 : expected.length - admitted.size - setAside,
  };
}
