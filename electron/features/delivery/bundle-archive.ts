import { basename, join, resolve } from 'node:path';
import { layOutTar, type TarLayout } from '../../lib/write-tar.ts';
import type { BundleRow } from '../archive/contract.ts';
import { readBag } from '../archive/read-bag.ts';

/** The bundle's own name, which it bears outside this station too: station, session and number. */
export const bundleName = ({ folder }: Pick<BundleRow, 'folder'>): string => basename(folder);

/**
 * A sealed bundle as one archive, below its own name. The bundle is never changed after sealing, so the archive is the same bytes
 * at every try.
 *
 * @throws ErrnoException when the folder cannot be listed, Error when something lies in it that is no plain file
 */
export async function layOutBundle(dir: string): Promise<TarLayout> {
  const bag = await readBag(dir);
  if (bag.oddities.length > 0) throw new Error('the bundle holds what is no plain file');
  const name = basename(resolve(dir));
  return layOutTar(
    [...bag.files].map(([path, sizeBytes]) => ({ path: `${name}/${path}`, sizeBytes, source: join(dir, path) })),
  );
}
