import { createHash } from 'node:crypto';
import { LABEL } from '../features/archive/bag-info.ts';
import { parseBagInfo } from '../features/archive/bag-text.ts';
import { BAG_INFO_FILE, TAG_MANIFEST_FILE } from '../features/archive/bundle-format.ts';
import { readBag, readSmall } from '../features/archive/read-bag.ts';
import type { Announced } from './intake.ts';

/** What a bundle that came on a disk says of itself; undefined when the folder is no bundle. Nothing of it is believed yet. */
export async function announcedBy(folder: string): Promise<Announced | undefined> {
  const bag = await readBag(folder).catch(() => undefined);
  if (!bag) return undefined;
  const info = parseBagInfo((await readSmall(bag, BAG_INFO_FILE, 64 * 1024))?.toString('utf8') ?? '');
  const tagManifest = await readSmall(bag, TAG_MANIFEST_FILE, 1024 * 1024);
  const stationId = info.get(LABEL.station);
  const bundleId = info.get(LABEL.identifier);
  if (!stationId || !bundleId || !/^[A-Za-z0-9][A-Za-z0-9_-]{0,119}$/.test(bundleId) || !tagManifest) return undefined;
  return { stationId, bundleId, tagManifestSha256: createHash('sha256').update(tagManifest).digest('hex') };
}
