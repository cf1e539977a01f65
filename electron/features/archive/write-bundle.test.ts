import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { generateIdentity } from '../../vault/age/age.ts';
import { parseBagInfo } from './bag-text.ts';
import { type Specimen, sealedSpecimen, specimen } from './specimen-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';
import { type BundleWish, writeBundle } from './write-bundle.ts';

let s: Specimen;
const fresh = (...args: Parameters<typeof specimen>) => {
  s = specimen(...args);
  return s;
};
afterEach(() => rmSync(s.folder, { recursive: true, force: true }));
const read = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

describe('a sealed bundle', () => {
  test('has the layout, the link to the one before and the rehearsal mark', async () => {
    const previous = 'ab'.repeat(32);
    const dir = await sealedSpecimen(fresh({ rehearsal: true, previousTagManifestSha256: previous }));
    const files = (readdirSync(dir, { recursive: true }) as string[]).filter((f) => statSync(join(dir, f)).isFile());
    expect(files.sort()).toEqual([
      'README-开包说明.txt',
      'allowed_signers',
      'bag-info.txt',
      'bagit.txt',
      'data/4-results/S1.json.age',
      'data/index.json.age',
      'data/journal/entries.jsonl.age',
      'data/journal/leaves.bin.age',
      'data/supervision/record.json.age',
      'data/video/R1/C1/0001.age',
      'data/video/R1/C1/0002.age',
      'journal.checkpoint',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha256.txt.sig',
    ]);
    const payload = files.filter((f) => f.startsWith('data/')).map((f) => statSync(join(dir, f)).size);
    expect(Object.fromEntries(parseBagInfo(read(dir, 'bag-info.txt')))).toMatchObject({
      'External-Identifier': 'STATION-1-S1-1',
      'Bagging-Date': '2026-05-16',
      'Payload-Oxum': `${payload.reduce((a, b) => a + b)}.${payload.length}`,
      'Kaodian-Previous-Tagmanifest-Sha256': previous,
      'Kaodian-Rehearsal': 'true',
    });
    expect(read(dir, 'README-开包说明.txt')).toContain('演练数据');
  });

  test('links evidence in without reading it: what changed before sealing is found by verification', async () => {
    const [file] = fresh().wish.stored;
    appendFileSync(file!.sourceFile, 'x');
    const dir = await sealedSpecimen(s);
    expect(statSync(join(dir, file!.path)).ino).toBe(statSync(file!.sourceFile).ino);
    const failed = (await verifyBundle(dir)).claims.filter((c) => c.result === 'fail');
    expect(failed.map((c) => [c.id, c.files])).toEqual([['complete.2', [file!.path]]]);
  });

  test('shows no plaintext of a person outside the encrypted files', async () => {
    const dir = await sealedSpecimen(fresh());
    for (const name of readdirSync(dir).filter((f) => statSync(join(dir, f)).isFile())) {
      expect(read(dir, name)).not.toContain('考生');
    }
  });
});

describe('nothing is left behind when it is refused', () => {
  const document = (path: string) => ({ ...s.wish.documents[0]!, path });
  const cases: [string, (wish: BundleWish) => Partial<BundleWish>, object][] = [
    ['a path out of the bundle', () => ({ documents: [document('data/4-results/../../x.age')] }), { code: 'BAD_ITEM' }],
    ['a path in another volume', () => ({ documents: [document('data/2-plan/x.age')] }), { code: 'BAD_ITEM' }],
    [
      'a path not marked as encrypted',
      () => ({ documents: [document('data/4-results/x.json')] }),
      { code: 'BAD_ITEM' },
    ],
    ['a path in Chinese', () => ({ documents: [document('data/4-results/成绩.age')] }), { code: 'BAD_ITEM' }],
    [
      'two paths that differ in case alone',
      () => ({ documents: [document('data/4-results/a.age'), document('data/4-results/A.age')] }),
      { code: 'DUPLICATE_PATH' },
    ],
    ['nobody to encrypt to', () => ({ recipients: [] }), { code: 'BAD_RECIPIENT' }],
    ['a recipient that is none', () => ({ recipients: [generateIdentity().identity] }), { code: 'BAD_RECIPIENT' }],
    ['a checkpoint of another origin', () => ({ stationName: 'STATION-2' }), { code: 'BAD_CHECKPOINT' }],
    [
      'evidence that is gone',
      (w) => ({ stored: w.stored.map((f) => ({ ...f, sourceFile: `${f.sourceFile}.gone` })) }),
      { code: 'SOURCE_MISSING', path: 'data/video/R1/C1/0001.age' },
    ],
  ];
  test.each(cases)('%s', async (_name, change, error) => {
    fresh();
    const before = readdirSync(s.folder).sort();
    const result = await writeBundle({ ...s.wish, ...change(s.wish) });
    expect(result).toMatchObject({ ok: false, error });
    expect(readdirSync(s.folder).sort()).toEqual(before);
  });
  test('a bundle that stands there already', async () => {
    await sealedSpecimen(fresh());
    expect(await writeBundle(s.wish)).toEqual({ ok: false, error: { code: 'EXISTS' } });
  });
  test('what an earlier crash left in the way is replaced', async () => {
    fresh();
    mkdirSync(`${s.wish.dir}.partial/data`, { recursive: true });
    writeFileSync(`${s.wish.dir}.partial/data/left`, 'x');
    const dir = await sealedSpecimen(s);
    expect(readdirSync(join(dir, 'data'))).not.toContain('left');
    expect(readdirSync(s.folder)).not.toContain('STATION-1-S1-1.partial');
  });
});
