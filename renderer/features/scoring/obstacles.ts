import type { CandidateResult } from '../../../electron/features/scoring/contract.ts';

type Obstacle = CandidateResult['obstacles'][number];

/** The same obstacle of several candidates as one line with their numbers; in the order of first appearance. */
export function groupedObstacles(
  results: readonly CandidateResult[],
): { key: string; obstacle: Obstacle; numbers: string[] }[] {
  const groups = new Map<string, { key: string; obstacle: Obstacle; numbers: string[] }>();
  for (const { anonymousNumber, obstacles } of results) {
    for (const obstacle of obstacles) {
      const key = JSON.stringify([obstacle.code, obstacle.ruleId, obstacle.facts]);
      const group = groups.get(key) ?? { key, obstacle, numbers: [] };
      group.numbers.push(anonymousNumber);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
