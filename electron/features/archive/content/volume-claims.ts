import { countState, isSettled } from '../../paper/counting.ts';
import type { BundleIndex, IndexItem } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim, ReadBytes } from '../verify-bundle.ts';
import { indexMark, indexPath } from '../volume/volume-index.ts';
import { PAPER_PATH, PaperDocument, VolumeIndexDocument } from './volume-documents.ts';

const INDEXED: Question = {
  id: 'volumes.1',
  title: {
    zh: '五卷各有卷内目录，与包内文件逐件相符',
    en: 'Each of the five volumes has its index, which agrees with its files',
  },
};
const COUNTED: Question = {
  id: 'volumes.2',
  title: { zh: '纸质件数录了两遍，两遍一致', en: 'Pieces of paper were typed twice alike' },
};
const VOLUMES = [1, 2, 3, 4, 5] as const;

/** What a bundle proves of its volumes: that the indexes list what there is, and that paper was counted by the rules. */
export const volumeClaims: ContentClaim = async (index, readJson, _readLines, readBytes): Promise<Claim[]> => {
  const indexes: VolumeIndexDocument[] = [];
  for (const volume of VOLUMES) {
    const read = VolumeIndexDocument.safeParse(await readJson(indexPath(volume, 'json')));
    if (read.success && read.data.volume === volume) indexes.push(read.data);
  }
  if (indexes.length === 0) {
    const none = ['包里没有卷内目录。', 'The bundle has no index of volumes.'] as const;
    return [notPresent(INDEXED, ...none), notPresent(COUNTED, ...none)];
  }
  const paper = PaperDocument.safeParse(await readJson(PAPER_PATH));
  return [await indexed(index, indexes, readBytes), counted(indexes, paper.success ? paper.data : null)];
};

async function indexed(
  index: BundleIndex,
  indexes: readonly VolumeIndexDocument[],
  readBytes: ReadBytes,
): Promise<Claim> {
  const wrong: string[] = [];
  for (const volume of VOLUMES) {
    const one = indexes.find((i) => i.volume === volume);
    if (!one || !(await pageAgrees(volume, readBytes))) wrong.push(indexPath(volume, one ? 'pdf' : 'json'));
    const own = new Set([indexPath(volume, 'json'), indexPath(volume, 'pdf')]);
    const items = index.items.filter((i) => i.volume === volume && !own.has(i.path));
    if (one) wrong.push(...disagreements(one, items));
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
  if (one.pieces.some((p, i) => p.number !== i + 1)) wrong.push(indexPath(one.volume as 1, 'json'));
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

type Paper = typeof PaperDocument._output;

function counted(indexes: readonly VolumeIndexDocument[], paper: Paper | null): Claim {
  if (paper === null) return notPresent(COUNTED, '包里没有清点记录。', 'The bundle has no record of a count.');
  const attempt = paper.restarts.length;
  const entries = paper.entries.filter((e) => e.attempt === attempt);
  const state = countState(paper.lines, entries);
  const wrong = indexes.filter(
    (i) => (i.paper?.pieces ?? null) !== (isSettled(state) ? (state.agreed.get(`volume:${i.volume}`) ?? null) : null),
  );
  if (wrong.length > 0) {
    const volumes = wrong.map((i) => i.volume).join('、');
    return fail(COUNTED, `卷 ${volumes} 的件数与清点记录不一致。`, `Volumes ${volumes} differ from the count.`, [
      PAPER_PATH,
    ]);
  }
  if (!isSettled(state))
    return notPresent(
      COUNTED,
      '没有清点完，考点应已说明原因。',
      'Not counted to the end; the site should have said why.',
    );
  const alone = Object.values(Object.groupBy(entries, (e) => e.round)).filter(
    (round) => paper.otherPersonNeeded && round?.[0]?.byStaff === round?.[1]?.byStaff,
  );
  if (alone.length > 0) {
    return fail(COUNTED, '规则要求两人，有一轮是同一人录的。', 'The rules ask for two persons; one round is by one.', [
      PAPER_PATH,
    ]);
  }
  const rounds = state.round - 1;
  const names = state.countedBy.map(printable).join('、');
  return pass(
    COUNTED,
    `${paper.lines.length} 行，${rounds} 轮，${names}。`,
    `${paper.lines.length} lines in ${rounds} rounds, by ${names}.`,
  );
}
