import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { encrypt, generateIdentity } from '../../vault/age/age.ts';
import { openBundle } from './open-bundle.ts';
import { type Specimen, sealedSpecimen, specimen } from './specimen-bundle.ts';

let s: Specimen;
afterEach(() => rmSync(s.folder, { recursive: true, force: true }));
async function sealed() {
  s = specimen();
  return { dir: await sealedSpecimen(s), out: join(s.folder, 'out'), key: [s.centre.identity] };
}
const kinds = (result: Awaited<ReturnType<typeof openBundle>>) =>
  result.ok ? Object.fromEntries(result.value.files.map((f) => [f.item.path, f.kind])) : result.error.code;

test('every file of the centre opens, the supervisor’s is named as another’s, and a page lists them', async () => {
  const { dir, out, key } = await sealed();
  expect(kinds(await openBundle(dir, key, out))).toEqual({
    'data/4-results/S1.json.age': 'opened',
    'data/journal/entries.jsonl.age': 'opened',
    'data/journal/leaves.bin.age': 'opened',
    'data/supervision/record.json.age': 'other-key',
    'data/video/R1/C1/0001.age': 'opened',
    'data/video/R1/C1/0002.age': 'opened',
  });
  expect(readFileSync(join(out, '4-results/S1.json'), 'utf8')).toBe('{"note":"成绩（样本）","passed":["0001"]}');
  expect(readFileSync(join(out, 'video/R1/C1/0002.mp4'), 'utf8')).toBe('video 0002');
  const page = readFileSync(join(out, 'index.html'), 'utf8');
  expect(page).toContain('"file":"4-results/S1.json"');
  // One script, which the page's own policy names by its hash, and nothing from elsewhere.
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).toMatch(/default-src 'none'; script-src 'sha256-[^']+';/);
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  expect((readdirSync(out, { recursive: true }) as string[]).filter((f) => f.endsWith('.partial'))).toEqual([]);
});

test('a damaged and a missing file are reported, the others open', async () => {
  const { dir, out, key } = await sealed();
  const bytes = readFileSync(join(dir, 'data/4-results/S1.json.age'));
  bytes[bytes.length - 3]! ^= 1;
  writeFileSync(join(dir, 'data/4-results/S1.json.age'), bytes);
  rmSync(join(dir, 'data/video/R1/C1/0001.age'));
  // Opens with the key, but is not what the index recorded.
  writeFileSync(join(dir, 'data/video/R1/C1/0002.age'), encrypt(Buffer.from('video 0003'), [s.centre.recipient]));
  expect(kinds(await openBundle(dir, key, out))).toMatchObject({
    'data/4-results/S1.json.age': 'damaged',
    'data/video/R1/C1/0001.age': 'missing',
    'data/video/R1/C1/0002.age': 'damaged',
    'data/journal/entries.jsonl.age': 'opened',
  });
  expect(existsSync(join(out, '4-results/S1.json'))).toBe(false);
  expect(existsSync(join(out, 'video/R1/C1/0002.mp4'))).toBe(false);
});

test('a link in the bundle is not followed', async () => {
  const { dir, out, key } = await sealed();
  const path = join(dir, 'data/video/R1/C1/0001.age');
  rmSync(path);
  symlinkSync(s.wish.stored[0]!.sourceFile, path);
  expect(kinds(await openBundle(dir, key, out))).toMatchObject({ 'data/video/R1/C1/0001.age': 'missing' });
});

test('an output that is not empty, a wrong key, no bundle', async () => {
  const { dir, out, key } = await sealed();
  expect(kinds(await openBundle(dir, [generateIdentity().identity], out))).toBe('INDEX');
  expect(existsSync(out)).toBe(false);
  expect(kinds(await openBundle(join(dir, 'none'), key, out))).toBe('NO_BUNDLE');
  mkdirSync(out);
  writeFileSync(join(out, 'mine'), 'x');
  expect(kinds(await openBundle(dir, key, out))).toBe('OUT_NOT_EMPTY');
  expect(readFileSync(join(out, 'mine'), 'utf8')).toBe('x');
});

test('an index made to escape or to clash does not open, or not that file', async () => {
  const { dir, out, key } = await sealed();
  const { sourceFile: _, ...item } = s.wish.stored[0]!;
  const withItems = (items: object[]) => {
    const index = { format: 'kaodian-bundle/1', bundle: s.wish.info, items, rulePack: { id: 'a', version: '1' } };
    writeFileSync(join(dir, 'data/index.json.age'), encrypt(Buffer.from(JSON.stringify(index)), [s.centre.recipient]));
  };
  for (const path of [
    'data/video/../../../escape.age',
    '/data/video/x.age',
    'data/video/a\\b.age',
    'data//video/x.age',
  ]) {
    withItems([{ ...item, path }]);
    expect(kinds(await openBundle(dir, key, out))).toBe('INDEX');
  }
  withItems([item, item]);
  expect(kinds(await openBundle(dir, key, out))).toBe('INDEX');
  const inside = { ...item, path: 'data/video/R1/C1/0001.mp4/x.age' };
  mkdirSync(join(dir, 'data/video/R1/C1/0001.mp4'));
  writeFileSync(join(dir, inside.path), readFileSync(join(dir, item.path)));
  const twin = { ...item, path: 'data/video/R1/C1/0001.mp4.age' };
  writeFileSync(join(dir, twin.path), readFileSync(join(dir, item.path)));
  withItems([item, inside, twin]);
  expect(kinds(await openBundle(dir, key, out))).toEqual({
    [item.path]: 'opened',
    [inside.path]: 'damaged',
    [twin.path]: 'damaged',
  });
});
