import type { BundleIndex, IndexItem } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim, ReadBytes } from '../verify-bundle.ts';
import { indexMark, indexPath } from '../volume/volume-index.ts';
import { COUNTED, countedPaper } from './paper-claim.ts';
import { DECLARATIONS_PATH, DeclarationsDocument, VolumeIndexDocument } from './volume-documents.ts';

const INDEXED: Question = {
  id: 'volumes.1',
  title: {
    zh: '五卷各有卷内目录，与包内文件逐件相符',
    en: 'Each of the five volumes has its index, which agrees with its files',
  },
};
const VOLUMES = [1, 2, 3, 4, 5] as const;

/** What a bundle proves of its volumes: that the indexes list what there is, and that paper was counted by the rules. */
export const volumeClaims: ContentClaim = async (index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const indexes: VolumeIndexDocument[] = [];
  for (const volume of VOLUMES) {
    const read = VolumeIndexDocument.safeParse(await readJson(indexPath(volume, 'json')));
    if (read.success && read.data.volume === volume) indexes.push(read.data);
  }
  if (indexes.length === 0) {
    const none = ['包里没有卷内目录。', 'The bundle has no index of volumes.'] as const;
    return [notPresent(INDEXED, ...none), notPresent(COUNTED, ...none)];
  }
  const declared = DeclarationsDocument.safeParse(await readJson(DECLARATIONS_PATH)).data?.declarations ?? [];
  const reasons = new Map(declared.map((d) => [d.itemId, d.reason]));
  return [await indexed(index, indexes, reasons, readBytes), await countedPaper(indexes, readJson, readLines)];
};

async function indexed(
  index: BundleIndex,
  indexes: readonly VolumeIndexDocument[],
  reasons: ReadonlyMap<string, string>,
  readBytes: ReadBytes,
): Promise<Claim> {
  const wrong: string[] = [];
  for (const volume of VOLUMES) {
    const one = indexes.find((i) => i.volume === volume);
    if (!one || !(await pageAgrees(volume, readBytes))) wrong.push(indexPath(volume, one ? 'pdf' : 'json'));
    const own = new Set([indexPath(volume, 'json'), indexPath(volume, 'pdf')]);
    const items = index.items.filter((i) => i.volume === volume && !own.has(i.path));
    if (!one) continue;
    const told =
      one.sessionId === index.bundle.sessionId && one.missing.every((m) => reasons.get(m.itemId) === m.reason);
    if (!told) wrong.push(indexPath(volume, 'json'));
    wrong.push(...disagreements(one, items));
  }
  const apart = index.items.filter((i) => i.volume === 'supervision').map((i) => `${i.path} ${i.storedSha256}`);
  const listed = indexes.flatMap((i) => i.apart.map((a) => `${a.path} ${a.storedSha256}`));
  if (apart.sort().join('\n') !== listed.sort().join('\n')) wrong.push(indexPath(3, 'json'));
  const pieces = indexes.reduce((n, i) => n + i.pieces.length, 0);
  if (wrong.length === 0)
    return pass(
      INDEXED,
      `五卷共 ${pieces} 件，件号连续。`,
      `${pieces} pieces in five volumes, numbered without a gap.`,
    );
  const shown = wrong.slice(0, 10).map(printable).join('、');
  return fail(
    INDEXED,
    `对不上：${shown}。`,
    `These do not agree: ${shown}.`,
    wrong.filter((w) => w.startsWith('data/')),
  );
}

/** The page's properties name the data it was made from. */
async function pageAgrees(volume: (typeof VOLUMES)[number], readBytes: ReadBytes): Promise<boolean> {
  const data = await readBytes(indexPath(volume, 'json'));
  const page = await readBytes(indexPath(volume, 'pdf'));
  return data !== undefined && page !== undefined && Buffer.from(page).includes(indexMark(data), 0, 'latin1');
}

function disagreements(one: VolumeIndexDocument, items: readonly IndexItem[]): string[] {
  const wrong: string[] = [];
  const sizeOf = (p: VolumeIndexDocument['pieces'][number]) => p.files.reduce((n, f) => n + f.sizeBytes, 0);
  if (one.pieces.some((p, i) => p.number !== i + 1 || p.sizeBytes !== sizeOf(p))) {
    wrong.push(indexPath(one.volume as 1, 'json'));
  }
  const files = one.pieces.flatMap((p) => p.files);
  const byPath = new Map(files.map((f) => [f.path, f]));
  if (byPath.size !== files.length) wrong.push(indexPath(one.volume as 1, 'json'));
  for (const item of items) {
    const file = byPath.get(item.path);
    byPath.delete(item.path);
    const same = file?.sha256 === item.sha256 && file.sizeBytes === item.sizeBytes && file.mediaType === item.mediaType;
    if (!same) wrong.push(item.path);
  }
  return [...wrong, ...byPath.keys()];
}
