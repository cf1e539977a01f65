import { BAGIT_FILE, BAGIT_TEXT, isPayloadPath, TOP_FILES } from '../bundle-format.ts';
import { type Bag, type Oddity, readSmall } from '../read-bag.ts';
import { type Claim, fail, pass, type Question } from './claim.ts';

const SHAPE: Question = {
  id: 'complete.1',
  title: {
    zh: '包的形状正确：该有的都在，没有多余的',
    en: 'The bundle has its shape: all that belongs, nothing besides',
  },
};
const WORDS: Record<Oddity['what'], string> = {
  link: '链接 link',
  special: '特殊文件 special file',
  unreadable: '读不出 unreadable',
  'too-deep': '目录太深 too deep',
  'too-many': '文件太多 too many files',
  twice: '两张盘上都有 on two media',
};

/** The directory itself: BagIt declaration, required files, no links, no foreign names, nothing beside what belongs. */
export async function structureClaims(bag: Bag): Promise<Claim[]> {
  const faults: [string, string][] = bag.oddities.map(({ path, what }) => [path, WORDS[what]]);
  for (const name of TOP_FILES) if (!bag.files.has(name)) faults.push([name, '没有 missing']);
  const declaration = await readSmall(bag, BAGIT_FILE, 1024);
  if (declaration && declaration.toString('latin1') !== BAGIT_TEXT)
    faults.push([BAGIT_FILE, '不是 not BagIt 1.0 UTF-8']);

  const lowered = new Map<string, string>();
  for (const path of bag.files.keys()) {
    if (!TOP_FILES.includes(path) && !isPayloadPath(path))
      faults.push([path, '多余或名字不合规 extra, or a foreign name']);
    const twin = lowered.get(path.toLowerCase());
    if (twin !== undefined) faults.push([path, '只差大小写 differs in case alone']);
    lowered.set(path.toLowerCase(), path);
  }
  const filled = foldersOf([...bag.files.keys(), ...bag.oddities.map(({ path }) => path)]);
  for (const folder of bag.folders) {
    if (!filled.has(folder)) faults.push([folder, '空目录 empty folder']);
    else if (folder !== 'data' && !isPayloadPath(folder)) faults.push([folder, '多余的目录 extra folder']);
  }
  if (faults.length === 0)
    return [pass(SHAPE, 'BagIt 1.0，没有链接，没有多余文件。', 'BagIt 1.0, no links, no extra files.')];
  const kinds = [...new Set(faults.map(([, what]) => what))].join('; ');
  const files = faults.map(([path]) => path);
  return [fail(SHAPE, `${faults.length} 处不对：${kinds}`, `${faults.length} faults: ${kinds}`, files)];
}

/** Every folder above these paths. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
