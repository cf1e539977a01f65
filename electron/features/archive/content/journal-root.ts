import { HASH_BYTES } from '../../../journal/merkle.ts';
import { LEAVES_PATH } from '../bundle-format.ts';
import { rootOf } from '../claims/journal.ts';
import type { ReadBytes } from '../verify-bundle.ts';

/** Whether this is the Merkle root over the first `size` entries of the bundle's journal; false also where it is too short. */
export async function isJournalRoot(readBytes: ReadBytes, seed: { size: number; root: string }): Promise<boolean> {
  const leaves = Buffer.from((await readBytes(LEAVES_PATH)) ?? []);
  if (seed.size * HASH_BYTES > leaves.length) return false;
  return Buffer.from(rootOf(leaves, seed.size)).toString('hex') === seed.root;
}
