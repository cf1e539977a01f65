/** Tries every mutant of a share, in a workspace of its own, and tells one verdict after another. */
import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { chooseAead } from '../../../electron/vault/age/age.ts';
import { type Case, tryMutant } from './try-mutant.ts';
import { Workspace } from './workspace.ts';

export interface Share {
  given: Case;
  seed: number;
  from: number;
  count: number;
  /** Every how-manieth is this worker's, and which. */
  step: number;
  offset: number;
  dir: string;
}

const { given, seed, from, count, step, offset, dir } = workerData as Share;
await chooseAead();
const w = new Workspace(given.bundle, dir);
for (let index = from + offset; index < from + count; index += step) {
  parentPort!.postMessage({ index, ...(await tryMutant(w, given, seed, index)) });
}
rmSync(dir, { recursive: true, force: true });
