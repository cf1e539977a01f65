import { LABEL } from '../bag-info.ts';
import { parseBoundedJson } from '../bounded-json.ts';
import { BAG_INFO_FILE, BundleIndex, externalIdentifier, INDEX_PATH, type IndexItem } from '../bundle-format.ts';
import { type OpenedItem, openItem, openSmallItem } from '../open-item.ts';
import type { Bag } from '../read-bag.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';
import type { Listing } from './listed-files.ts';
import { isPayload } from './payload.ts';

const INDEX: Question = {
  id: 'contents.1',
  title: { zh: '目录文件能打开，与包的说明一致', en: 'The index opens and agrees with the description' },
  command: 'age -d -i centre.key data/index.json.age',
};
const ITEMS: Question = {
  id: 'contents.2',
  title: { zh: '目录所列与包内文件一一对应', en: 'The index lists exactly the files in the bundle' },
};
const PLAIN: Question = {
  id: 'contents.3',
  title: { zh: '每个文件都能解密，明文与目录所记相符', en: 'Every file decrypts to what the index recorded' },
  command: 'age -d -i centre.key FILE.age | sha256sum',
};
const OTHERS: Question = {
  id: 'contents.4',
  title: { zh: '只给别的密钥看的文件', en: 'Files meant for another key alone' },
};
const NO_KEY = [
  '没有给密钥，没有看里面：--key FILE',
  'No key was given, nothing inside was looked at: --key FILE',
] as const;
const NO_INDEX = ['目录打不开，无从核对。', 'Without the index there is nothing to check against.'] as const;
const MAX_INDEX_BYTES = 256 * 1024 * 1024;

export const contentsWithoutKey = (): Claim[] => [INDEX, ITEMS, PLAIN].map((q) => notPresent(q, ...NO_KEY));

/** Opens and reads the index; the reason in words when it cannot be trusted to be one. */
export async function readIndex(
  bag: Bag,
  identities: readonly string[],
): Promise<{ index: BundleIndex } | { zh: string; en: string }> {
  const opened = await openSmallItem(bag, INDEX_PATH, identities, MAX_INDEX_BYTES);
  if (!opened)
    return { zh: '用这把密钥打不开，或文件已损坏。', en: 'It does not open with this key, or it is damaged.' };
  const json = parseBoundedJson(opened.bytes, MAX_INDEX_BYTES);
  const parsed = json.ok ? BundleIndex.safeParse(json.value) : undefined;
  if (!parsed?.success) return { zh: '不是本格式的目录。', en: 'It is not an index of this format.' };
  const paths = new Set(parsed.data.items.map((item) => item.path.toLowerCase()));
  if (paths.size < parsed.data.items.length) return { zh: '有重复的路径。', en: 'It lists a path twice.' };
  return { index: parsed.data };
}

/** What the index says against what lies in the bundle, down to the plaintext of every file. */
export async function contentsClaims(
  bag: Bag,
  bagInfo: ReadonlyMap<string, string>,
  payload: { listing: Listing; opened: ReadonlyMap<string, OpenedItem> },
  identities: readonly string[],
): Promise<{ claims: Claim[]; index: BundleIndex | undefined }> {
  const read = await readIndex(bag, identities);
  if (!('index' in read)) {
    const claims = [
      fail(INDEX, read.zh, read.en, [INDEX_PATH]),
      ...[ITEMS, PLAIN].map((q) => notPresent(q, ...NO_INDEX)),
    ];
    return { claims, index: undefined };
  }
  const { index } = read;
  const { bundle } = index;
  const agrees =
    bagInfo.get(LABEL.identifier) === externalIdentifier(bundle) &&
    bagInfo.get(LABEL.previous) === (bundle.previousTagManifestSha256 ?? undefined) &&
    (bagInfo.get(LABEL.rehearsal) === 'true') === bundle.rehearsal;
  const first = agrees
    ? pass(
        INDEX,
        `${index.items.length} 项，${externalIdentifier(bundle)}`,
        `${index.items.length} items, ${externalIdentifier(bundle)}`,
      )
    : fail(INDEX, '包名、前包或演练标记不一致。', 'Its name, previous bundle or rehearsal mark differ.', [
        BAG_INFO_FILE,
      ]);
  return {
    claims: [
      first,
      matchItems(bag, payload.listing, index.items),
      ...(await plainClaims(bag, index.items, payload.opened, identities)),
    ],
    index,
  };
}

function matchItems(bag: Bag, listing: Listing, items: readonly IndexItem[]): Claim {
  const listed = new Set([INDEX_PATH, ...items.map((item) => item.path)]);
  const files = [
    ...[...bag.files.keys()].filter((path) => isPayload(path) && !listed.has(path)),
    ...items.filter((i) => !bag.files.has(i.path) || listing.listed?.get(i.path) !== i.storedSha256).map((i) => i.path),
  ];
  if (files.length === 0) return pass(ITEMS, `${items.length} 项，一一对应。`, `${items.length} items, one to one.`);
  return fail(ITEMS, `${files.length} 个对不上。`, `${files.length} do not match.`, files);
}

async function plainClaims(
  bag: Bag,
  items: readonly IndexItem[],
  before: ReadonlyMap<string, OpenedItem>,
  identities: readonly string[],
): Promise<Claim[]> {
  const [wrong, forOthers]: [string[], string[]] = [[], []];
  for (const item of items) {
    const opened = before.get(item.path) ?? (await openItem(bag, item.path, identities));
    if (opened.kind === 'age' && opened.error.code === 'NO_MATCH') forOthers.push(item.path);
    else if (opened.kind !== 'opened' || opened.sha256 !== item.sha256 || opened.sizeBytes !== item.sizeBytes) {
      wrong.push(item.path);
    }
  }
  const opened = items.length - forOthers.length;
  const plain =
    wrong.length > 0
      ? fail(PLAIN, `${wrong.length} 个打不开或不相符。`, `${wrong.length} do not open or differ.`, wrong)
      : pass(PLAIN, `解密并核对了 ${opened} 个文件。`, `${opened} files decrypted and compared.`);
  if (forOthers.length === 0) return [plain];
  const others = `${forOthers.length}`;
  return [
    plain,
    notPresent(
      OTHERS,
      `${others} 个，这把密钥打不开，没有核对。`,
      `${others}, not opened by this key and not checked.`,
      forOthers,
    ),
  ];
}
