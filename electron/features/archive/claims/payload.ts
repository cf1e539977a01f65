import { LABEL } from '../bag-info.ts';
import { BAG_INFO_FILE, MANIFEST_FILE } from '../bundle-format.ts';
import { type OpenedItem, readOnce } from '../open-item.ts';
import { type Bag, hashFile } from '../read-bag.ts';
import { type Claim, fail, pass, type Question } from './claim.ts';
import { compareListing, faultsOf, type Listing } from './listed-files.ts';

const FILES: Question = {
  id: 'complete.2',
  title: {
    zh: 'data 下的文件与清单逐个相符，没有多，没有少',
    en: 'Every file under data is as listed: none more, none less',
  },
  command: `sha256sum -c ${MANIFEST_FILE}`,
};
const AMOUNT: Question = {
  id: 'complete.3',
  title: { zh: '文件个数和总字节数与说明一致', en: 'The number of files and bytes is as declared' },
};
export const isPayload = (path: string): boolean => path.startsWith('data/');

/**
 * Every payload file against manifest-sha256.txt, and their number and size against Payload-Oxum. Where there are
 * identities the files are opened in the same reading; `opened` has what came of each that was listed and there.
 */
export async function payloadClaims(
  bag: Bag,
  bagInfo: ReadonlyMap<string, string>,
  identities: readonly string[],
): Promise<{ claims: Claim[]; listing: Listing; opened: Map<string, OpenedItem> }> {
  const opened = new Map<string, OpenedItem>();
  const hashAndOpen = async (path: string) => {
    const read = await readOnce(bag, path, identities);
    if (read) opened.set(path, read.opened);
    return read?.storedSha256;
  };
  const hashOf = identities.length === 0 ? (path: string) => hashFile(bag, path) : hashAndOpen;
  const listing = await compareListing(bag, MANIFEST_FILE, isPayload, hashOf);
  const faults = faultsOf(listing);
  const sizes = [...bag.files].filter(([path]) => isPayload(path)).map(([, size]) => size);
  const amount = `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`;
  const declared = bagInfo.get(LABEL.oxum);

  let files: Claim;
  if (!listing.listed) files = fail(FILES, '清单读不出。', 'The manifest cannot be read.', [MANIFEST_FILE]);
  else if (faults) files = fail(FILES, faults.zh, faults.en, faults.files);
  else if (sizes.length === 0)
    files = fail(FILES, 'data 下没有文件。', 'There is nothing under data.', [MANIFEST_FILE]);
  else {
    files = pass(
      FILES,
      `${sizes.length} 个文件，SHA-256，核的是加密后的文件。`,
      `${sizes.length} files, SHA-256 of the encrypted files.`,
    );
  }
  const oxum =
    declared === amount
      ? pass(AMOUNT, `Payload-Oxum ${amount}`, `Payload-Oxum ${amount}`)
      : fail(AMOUNT, `说明与实际（${amount}）不一致。`, `Declared otherwise than found (${amount}).`, [BAG_INFO_FILE]);
  return { claims: [files, oxum], listing, opened };
}
