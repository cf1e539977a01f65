import { parseManifest } from '../bag-text.ts';
import { type Bag, readSmall } from '../read-bag.ts';

const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

export type Listing = {
  /** Path to hash as the manifest gives it; `undefined` when the manifest itself cannot be read. */
  listed: ReadonlyMap<string, string> | undefined;
  damaged: string[];
  missing: string[];
  extra: string[];
};

/**
 * Compares a manifest with the files that `covers` says it should list.
 *
 * @param hashOf  SHA-256 of a file of the bag; asked for every one of them, once
 */
export async function compareListing(
  bag: Bag,
  manifest: string,
  covers: (path: string) => boolean,
  hashOf: (path: string) => Promise<string | undefined>,
): Promise<Listing> {
  const present = [...bag.files.keys()].filter(covers);
  const bytes = await readSmall(bag, manifest, MAX_MANIFEST_BYTES);
  const parsed = bytes && parseManifest(bytes.toString('utf8'));
  if (!parsed?.ok) return { listed: undefined, damaged: [], missing: [], extra: [] };
  const listed = parsed.value;
  const [damaged, missing]: [string[], string[]] = [[], []];
  for (const [path, hash] of listed) {
    if (!covers(path) || !bag.files.has(path)) missing.push(path);
    else if ((await hashOf(path)) !== hash) damaged.push(path);
  }
  return { listed, damaged, missing, extra: present.filter((path) => !listed.has(path)) };
}

/** Every file at fault, and how many of which kind, in both languages; `undefined` when there is none. */
export function faultsOf(listing: Listing): { zh: string; en: string; files: string[] } | undefined {
  const { damaged, missing, extra } = listing;
  const files = [...damaged, ...missing, ...extra];
  if (files.length === 0) return undefined;
  return {
    zh: `与清单不符 ${damaged.length} 个，缺少 ${missing.length} 个，多出 ${extra.length} 个。`,
    en: `${damaged.length} differ from the list, ${missing.length} missing, ${extra.length} extra.`,
    files,
  };
}
