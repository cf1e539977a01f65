import { TAG_FILES, TAG_MANIFEST_FILE } from '../bundle-format.ts';
import { type Bag, hashFile } from '../read-bag.ts';
import { type Claim, fail, pass, type Question } from './claim.ts';
import { compareListing, faultsOf } from './listed-files.ts';

const TAGS: Question = {
  id: 'complete.4',
  title: { zh: '清单和说明类文件与总清单相符', en: 'The manifest and the describing files are as listed' },
  command: `sha256sum -c ${TAG_MANIFEST_FILE}`,
};

/** Every file outside `data/` against tagmanifest-sha256.txt, which is what the station signs. */
export async function tagFileClaims(bag: Bag): Promise<Claim[]> {
  const isTagFile = (path: string) => (TAG_FILES as readonly string[]).includes(path);
  const listing = await compareListing(bag, TAG_MANIFEST_FILE, isTagFile, (path) => hashFile(bag, path));
  if (!listing.listed) {
    const zh = '总清单读不出，别的清单和说明都无从核对。';
    const en = 'The tag manifest cannot be read, so there is nothing to hold the other lists and descriptions to.';
    return [fail(TAGS, zh, en, [TAG_MANIFEST_FILE, ...TAG_FILES])];
  }
  const faults = faultsOf(listing);
  if (faults) return [fail(TAGS, faults.zh, faults.en, faults.files)];
  return [pass(TAGS, `${listing.listed.size} 个文件，SHA-256。`, `${listing.listed.size} files, SHA-256.`)];
}
