import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Share } from './mutant-worker.ts';
import type { Case, Verdict } from './try-mutant.ts';

const WORKERS = 2;

export interface Tried {
  verdicts: (Verdict & { index: number })[];
  /** How many there were of each family. */
  families: Record<string, number>;
}

/** Tries mutants `from` to `from + count` of a seed on all of them verified whole. @param folder  for the workspaces */
export async function runMutants(
  given: Case,
  wish: { seed: number; from: number; count: number; folder: string },
  told: (done: number) => void = () => {},
): Promise<Tried> {
  const verdicts: Tried['verdicts'] = [];
  const work = Array.from({ length: WORKERS }, (_, offset) => {
    const { folder, ...rest } = wish;
    const workerData: Share = { given, ...rest, step: WORKERS, offset, dir: join(folder, `work-${offset}`) };
    const worker = new Worker(new URL('./mutant-worker.ts', import.meta.url), { workerData });
    return new Promise<void>((resolve, reject) => {
      worker.on('message', (verdict) => {
        verdicts.push(verdict);
        told(verdicts.length);
      });
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  });
  await Promise.all(work);
  verdicts.sort((a, b) => a.index - b.index);
  const counts = Map.groupBy(verdicts, (v) => v.family);
  return { verdicts, families: Object.fromEntries([...counts].map(([family, some]) => [family, some.length])) };
}

/** Those that did not end as they should, in words, with what makes each again. */
export const complaintsOf = ({ verdicts }: Tried, seed: number): string[] =>
  verdicts
    .filter((v) => v.accepted || v.unnamed.length > 0 || v.misplaced.length > 0)
    .map(
      (v) =>
        `${v.index} (KAODIAN_SEED=${seed}) ${v.family}: ${v.what}: ` +
        [
          v.accepted && 'ACCEPTED',
          v.unnamed.length > 0 && `not named ${v.unnamed.join(', ')}`,
          v.misplaced.length > 0 && `also called damaged ${v.misplaced.join(', ')}`,
        ]
          .filter(Boolean)
          .join('; '),
    );
