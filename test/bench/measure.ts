/** The value at `share` (0 to 1) of the sorted values, nearest rank. @throws RangeError on no values */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds that `work` took. */
export async function timeMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures several ways in turn, round after round, so that a busy moment of the machine hits all of them alike.
 *
 * @param ways  each answers with its own figure
 * @returns the median of each
 */
export async function alternating<Name extends string>(
  rounds: number,
  ways: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const found = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) found.get(name)!.push(await ways[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(found.get(name)!)])) as Record<Name, number>;
}
