import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { entryBytes } from '../../journal/entry.ts';
import { encrypt } from '../../vault/age/age.ts';
import { sealedSpecimen, signAgain, specimen } from './specimen-bundle.ts';
import { type VerifyOptions, verifyBundle } from './verify-bundle.ts';

const s = specimen();
const dir = await sealedSpecimen(s);
const known: VerifyOptions = {
  allowedSigners: s.allowedSigners,
  identity: [s.centre.identity, s.supervision.identity],
  retainedCheckpoints: [s.earlierCheckpoint],
};
afterAll(() => rmSync(s.folder, { recursive: true }));

const allFiles = (readdirSync(dir, { recursive: true }) as string[])
  .filter((path) => statSync(join(dir, path)).isFile())
  .map((path) => relative('.', path));
const resultsOf = async (at: string, options: VerifyOptions = known) =>
  Object.fromEntries((await verifyBundle(at, options)).claims.map((c) => [c.id, c.result]));
let copies = 0;
/** A copy that `change` may spoil; evidence is linked into the bundle, so the copy has files of its own. */
async function failuresAfter(change: (copy: string) => void, options = known) {
  copies += 1;
  const copy = join(s.folder, `copy-${copies}`);
  cpSync(dir, copy, { recursive: true });
  change(copy);
  const report = await verifyBundle(copy, options);
  rmSync(copy, { recursive: true });
  const failed = report.claims.filter((c) => c.result === 'fail');
  return { ids: failed.map((c) => c.id), files: failed.flatMap((c) => c.files ?? []) };
}

describe('an untouched bundle', () => {
  test('passes every claim it can, with key, outside list and a kept checkpoint', async () => {
    const results = await resultsOf(dir);
    const outside = ['chain.1', 'time.1', 'delivery.1', 'journal.5', 'signature.3'];
    expect(outside.map((id) => results[id])).toEqual(outside.map(() => 'not-present'));
    const rest = Object.fromEntries(Object.entries(results).filter(([id]) => !outside.includes(id)));
    expect(rest).toEqual(Object.fromEntries(Object.keys(rest).map((id) => [id, 'pass'])));
    expect(Object.keys(rest)).toHaveLength(13);
  });
  test('claims nothing about its inside without a key, nor about its signer without an outside list', async () => {
    const results = await resultsOf(dir, {});
    const notPresent = Object.keys(results).filter((id) => results[id] === 'not-present');
    expect(notPresent).toEqual([
      ...['signature.2', 'signature.3', 'journal.2', 'journal.3', 'journal.4', 'journal.5'],
      ...['contents.1', 'contents.2', 'contents.3'],
      ...['chain.1', 'time.1', 'delivery.1'],
    ]);
    expect(Object.values(results)).not.toContain('fail');
  });
  test('says which files another key alone opens', async () => {
    const report = await verifyBundle(dir, { ...known, identity: s.centre.identity });
    const claim = report.claims.find((c) => c.id === 'contents.4');
    expect([claim?.result, claim?.files]).toEqual(['not-present', ['data/supervision/record.json.age']]);
    expect(report.counts.fail).toBe(0);
  });
  test('lets other features ask about what lies inside', async () => {
    const seen: unknown[] = [];
    await verifyBundle(dir, {
      ...known,
      contentClaims: [
        async (index, readJson) => {
          seen.push(index.items.length, await readJson('data/4-results/S1.json.age'), await readJson('data/none.age'));
          return [];
        },
      ],
    });
    expect(seen).toEqual([6, { passed: ['0001'], note: '成绩（样本）' }, undefined]);
  });
});

describe('one byte flipped is refused, and its file named', () => {
  test.each(allFiles)('%s', async (file) => {
    const length = readFileSync(join(dir, file)).length;
    for (const at of new Set([0, 21, Math.floor(length / 3), Math.floor(length / 2), length - 2, length - 1])) {
      const { files } = await failuresAfter((copy) => {
        const bytes = readFileSync(join(copy, file));
        bytes[at % length]! ^= 0x20;
        writeFileSync(join(copy, file), bytes);
      }, {});
      expect(files).toContain(file);
    }
  });
  test('anywhere, any bit', async () => {
    const pick = fc.record({ file: fc.constantFrom(...allFiles), at: fc.nat(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(pick, async ({ file, at, bit }) => {
        const { files } = await failuresAfter((copy) => {
          const bytes = readFileSync(join(copy, file));
          bytes[at % bytes.length]! ^= 1 << bit;
          writeFileSync(join(copy, file), bytes);
        }, {});
        expect(files).toContain(file);
      }),
      { numRuns: 150 },
    );
  });
  test.each(allFiles)('%s, cut or gone', async (file) => {
    const cut = (copy: string) => writeFileSync(join(copy, file), readFileSync(join(copy, file)).subarray(0, -1));
    expect((await failuresAfter(cut)).files).toContain(file);
    expect((await failuresAfter((copy) => rmSync(join(copy, file)))).files).toContain(file);
  });
});

describe('a bundle that is more, or other, than it should be', () => {
  test.each([
    ['a file beside data', 'extra.txt', ['complete.1']],
    ['a file in data', 'data/1-enrolment/extra.age', ['complete.2', 'complete.3', 'contents.2']],
    ['a name with a space', 'data/a b.age', ['complete.1', 'complete.2', 'complete.3', 'contents.2']],
    ['a name of Windows', 'data/con.age', ['complete.1', 'complete.2', 'complete.3', 'contents.2']],
    ['a hidden file', '.hidden', ['complete.1']],
  ])('%s', async (_name, path, ids) => {
    const failures = await failuresAfter((copy) => {
      mkdirSync(join(copy, path, '..'), { recursive: true });
      writeFileSync(join(copy, path), 'x');
    });
    expect(failures.ids).toEqual(ids);
    expect(failures.files).toContain(path);
  });
  test('an empty folder, alone or in another', async () => {
    const failures = await failuresAfter((copy) =>
      mkdirSync(join(copy, 'data/4-results/more/less'), { recursive: true }),
    );
    expect(failures).toEqual({ ids: ['complete.1'], files: ['data/4-results/more', 'data/4-results/more/less'] });
  });
  test('names that differ in case alone', async () => {
    const name = (copy: string, folder: string) => join(copy, 'data/video/R1/C1', folder);
    const failures = await failuresAfter((copy) => cpSync(name(copy, '0001.age'), name(copy, '0001.AGE')));
    expect(failures.ids).toContain('complete.1');
  });
  test('a link, even to the right bytes', async () => {
    const failures = await failuresAfter((copy) => {
      renameSync(join(copy, 'data/video'), join(copy, '..', 'video-away'));
      symlinkSync(join(copy, '..', 'video-away'), join(copy, 'data/video'));
    });
    rmSync(join(s.folder, 'video-away'), { recursive: true });
    expect(failures.ids).toEqual(expect.arrayContaining(['complete.1', 'complete.2']));
    expect(failures.files).toContain('data/video');
  });
  test('a manifest that points out of the bundle', async () => {
    const failures = await failuresAfter((copy) => {
      const line = `${'0'.repeat(64)}  data/../../secret\n`;
      writeFileSync(join(copy, 'manifest-sha256.txt'), readFileSync(join(dir, 'manifest-sha256.txt')) + line);
    });
    expect(failures.files).toEqual(expect.arrayContaining(['data/../../secret', 'manifest-sha256.txt']));
  });
  test('an empty directory', async () => {
    const empty = join(s.folder, 'empty');
    mkdirSync(empty);
    const report = await verifyBundle(empty, known);
    expect(report.counts.pass).toBe(0);
    await expect(verifyBundle(join(s.folder, 'nowhere'))).rejects.toThrow();
  });
});

describe('who signed', () => {
  const other = specimen();
  afterAll(() => rmSync(other.folder, { recursive: true }));

  test('a list from outside without this key fails, also for another station’s name', async () => {
    const results = await resultsOf(dir, { allowedSigners: other.allowedSigners });
    expect([results['signature.1'], results['signature.2']]).toEqual(['pass', 'fail']);
    const renamed = s.allowedSigners.replace('STATION-1', 'STATION-2');
    expect((await resultsOf(dir, { allowedSigners: renamed }))['signature.2']).toBe('fail');
    expect((await resultsOf(dir, { allowedSigners: 'nonsense' }))['signature.2']).toBe('fail');
  });
  test('a bundle resealed by someone else passes everything but the outside list', async () => {
    const resealed = await sealedSpecimen(other);
    const failed = (await verifyBundle(resealed, { allowedSigners: s.allowedSigners })).claims.filter(
      (c) => c.result === 'fail',
    );
    expect(failed.map((c) => c.id)).toEqual(['signature.2']);
  });
  test('another’s checkpoint, and one that is not the start of this journal', async () => {
    expect((await resultsOf(dir, { ...known, retainedCheckpoints: [other.earlierCheckpoint] }))['journal.4']).toBe(
      'fail',
    );
    expect((await resultsOf(dir, { ...known, retainedCheckpoints: ['x'] }))['journal.4']).toBe('fail');
  });
});

describe('what the station itself could falsify, the journal shows', () => {
  /** Seals again with changed journal files under the old checkpoint, as a dishonest station could. */
  async function failedWith(change: (kind: string, bytes: Buffer) => Uint8Array) {
    copies += 1;
    const documents = s.wish.documents.map((d) =>
      'bytes' in d ? { ...d, bytes: change(d.kind, Buffer.from(d.bytes)) } : d,
    );
    const resealed = await sealedSpecimen({
      ...s,
      wish: { ...s.wish, documents, dir: join(s.folder, `lie-${copies}`) },
    });
    const report = await verifyBundle(resealed, known);
    return report.claims.filter((c) => c.result === 'fail').map((c) => c.id);
  }
  const entries = (edit: (lines: string[]) => string[]) => (kind: string, bytes: Buffer) =>
    kind === 'journal-entries'
      ? Buffer.from(`${edit(bytes.toString('utf8').trimEnd().split('\n')).join('\n')}\n`)
      : bytes;

  test.each([
    ['nothing changed', (_: string, b: Buffer) => b, []],
    ['an entry edited', entries((l) => l.with(1, l[1]!.replace('"seat":1', '"seat":9'))), ['journal.3']],
    ['two entries swapped', entries((l) => l.with(0, l[1]!).with(1, l[0]!)), ['journal.3']],
    [
      'an entry of another session, with its right hash',
      entries((l) => l.toSpliced(2, 0, Buffer.from(entryBytes(s.entries[2]!)).toString('utf8'))),
      ['journal.3'],
    ],
    ['an entry in another spelling', entries((l) => l.with(0, ` ${l[0]}`)), ['journal.3']],
    ['an entry nested beyond reason', entries((l) => l.with(0, '['.repeat(1e5))), ['journal.3']],
    ['an endless line', entries((l) => l.with(0, '1'.repeat(2e6))), ['journal.3']],
    [
      'the tail cut',
      (kind: string, b: Buffer) => (kind === 'journal-leaves' ? b.subarray(0, -32) : b),
      ['journal.2', 'journal.3'],
    ],
    [
      'a leaf replaced',
      (kind: string, b: Buffer) => (kind === 'journal-leaves' ? Buffer.concat([Buffer.alloc(32), b.subarray(32)]) : b),
      ['journal.2', 'journal.3', 'journal.4'],
    ],
  ])('%s', async (_name, change, ids) => {
    expect(await failedWith(change)).toEqual(ids);
  });
});

describe('what only the station could sign, the contents show', () => {
  const lines = (text: string, from: string | RegExp, to: string) => text.replace(from, to);
  test.each([
    ['a rehearsal mark taken on', (info: string) => `${info}Kaodian-Rehearsal: true\n`, ['contents.1']],
    ['another name', (info: string) => lines(info, 'STATION-1-S1-1', 'STATION-1-S1-2'), ['contents.1']],
    ['another amount', (info: string) => lines(info, /Payload-Oxum: .*/, 'Payload-Oxum: 1.1'), ['complete.3']],
    [
      'another previous bundle',
      (info: string) => `${info}Kaodian-Previous-Tagmanifest-Sha256: x\n`,
      ['contents.1', 'chain.1'],
    ],
    [
      'another station',
      (info: string) => lines(info, 'Station: STATION-1', 'Station: STATION-2'),
      ['signature.1', 'signature.2', 'journal.1'],
    ],
  ])('%s', async (_name, change, ids) => {
    const failures = await failuresAfter((copy) => {
      writeFileSync(join(copy, 'bag-info.txt'), change(readFileSync(join(copy, 'bag-info.txt'), 'utf8')));
      signAgain(copy, s);
    });
    expect(failures.ids).toEqual(ids);
  });
  test('a file encrypted anew with the same content, and one with another', async () => {
    const path = 'data/4-results/S1.json.age';
    const replaced = (content: string) => (copy: string) => {
      writeFileSync(join(copy, path), encrypt(Buffer.from(content), s.wish.recipients));
      signAgain(copy, s);
    };
    const same = '{"note":"成绩（样本）","passed":["0001"]}';
    expect(await failuresAfter(replaced(same))).toEqual({ ids: ['contents.2'], files: [path] });
    const other = same.replace('0001', '0002');
    expect(await failuresAfter(replaced(other))).toEqual({ ids: ['contents.2', 'contents.3'], files: [path, path] });
  });
  test('a file added, or taken away', async () => {
    const added = (copy: string) => {
      writeFileSync(join(copy, 'data/video/more.age'), 'x');
      signAgain(copy, s);
    };
    const gone = (copy: string) => {
      rmSync(join(copy, 'data/video/R1/C1/0001.age'));
      signAgain(copy, s);
    };
    expect((await failuresAfter(added)).ids).toEqual(['complete.3', 'contents.2']);
    expect((await failuresAfter(gone)).ids).toEqual(['complete.3', 'contents.2', 'contents.3']);
  });
});

test('bundles of one station are linked, and another in between is noticed', async () => {
  const first = await verifyBundle(dir);
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256')
    .update(readFileSync(join(dir, 'tagmanifest-sha256.txt')))
    .digest('hex');
  expect(first.bundle.sealCode.replaceAll(' ', '').toLowerCase()).toBe(hash.slice(0, 12));
  const next = specimen({ number: 2, previousTagManifestSha256: hash });
  const nextDir = await sealedSpecimen(next);
  const chain = async (previous?: string) =>
    (await resultsOf(nextDir, { identity: next.centre.identity, ...(previous && { previous }) }))['chain.1'];
  expect([await chain(), await chain(dir), await chain(nextDir)]).toEqual(['not-present', 'pass', 'fail']);
  rmSync(next.folder, { recursive: true });
});
