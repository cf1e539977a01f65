import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { readZip } from './read-zip.ts';
import { writeStoredZip } from './write-zip.ts';

const LIMITS = { maxEntries: 10, maxEntryBytes: 1000, maxTotalBytes: 1500 };
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const zipOf = (...entries: [string, Uint8Array][]) => Buffer.from(writeStoredZip(new Map(entries)));

/** A zip as another program writes it, deflated. */
async function deflated(content: Uint8Array, name = 'a.txt', mode = 0o100644): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(content), name, { compress: true, mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The same zip with every copy of a name overwritten by another of equal length. */
function renamed(zip: Buffer, from: string, to: string | Uint8Array): Buffer {
  const copy = Buffer.from(zip);
  const replacement = Buffer.from(to as string);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) replacement.copy(copy, at);
  return copy;
}

const code = async (zip: Uint8Array, limits = LIMITS) => {
  const read = await readZip(zip, limits);
  return read.ok ? [...read.value.keys()] : read.error.code;
};

test('what is written is read back, whatever the bytes', async () => {
  const name = fc.stringMatching(/^[a-z照片]{1,8}$/);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.uint8Array({ maxLength: 100 }), { maxKeys: 8 }), async (files) => {
      const entries = new Map(Object.entries(files).map(([n, b]) => [n, new Uint8Array(b)]));
      expect(await readZip(writeStoredZip(entries), LIMITS)).toEqual({ ok: true, value: entries });
    }),
    { numRuns: 50 },
  );
});

test('equal contents make equal bytes, and the stock program accepts them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-zip-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const zip = zipOf(['plan.json', bytes('{}')], ['photos/x.jpg', bytes('x')]);
  expect(zip.equals(zipOf(['plan.json', bytes('{}')], ['photos/x.jpg', bytes('x')]))).toBe(true);
  writeFileSync(join(dir, 'a.zip'), zip);
  const { execFileSync } = await import('node:child_process');
  let listing: string;
  try {
    listing = execFileSync('python3', ['-m', 'zipfile', '-t', join(dir, 'a.zip')], { encoding: 'utf8' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw cause;
  }
  expect(listing).toContain('Done testing');
});

test('a deflated zip of another program is read', async () => {
  expect(await readZip(await deflated(bytes('hello')), LIMITS)).toEqual({
    ok: true,
    value: new Map([['a.txt', bytes('hello')]]),
  });
});

test('names of Chinese Windows, neither flagged nor UTF-8, are read as GB 18030', async () => {
  const zip = renamed(zipOf(['abcd.jpg', bytes('x')]), 'abcd', Uint8Array.from([0xd5, 0xd5, 0xc6, 0xac]));
  for (const [signature, flags] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    zip.writeUInt16LE(0, zip.indexOf(Buffer.from(signature, 'latin1')) + flags);
  }
  expect(await code(zip)).toEqual(['照片.jpg']);
});

describe('hostile and broken zips', () => {
  test('a bomb is refused by its listing, before anything is inflated', async () => {
    expect(await code(await deflated(new Uint8Array(10_000_000)))).toBe('too-large');
  });
  test('a bomb that lies about its size is stopped at the size it names', async () => {
    const zip = await deflated(new Uint8Array(10_000_000));
    const central = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(500, central + 24);
    expect(await code(zip)).toBe('damaged');
  });
  test('many small entries are too large together', async () => {
    const part = new Uint8Array(600);
    expect(await code(zipOf(['a', part], ['b', part], ['c', part]))).toBe('too-large');
  });
  test('too many entries', async () => {
    expect(await code(zipOf(...Array.from({ length: 11 }, (_, i): [string, Uint8Array] => [`${i}`, bytes('')])))).toBe(
      'too-many-entries',
    );
  });
  test.each(['../a.jpg', '/abc.jpg', 'a/../../b', 'C:/a.jpg', '..\\a.jpg', 'a\0b.jpg'])('the name %j', async (name) => {
    expect(await code(zipOf([name, bytes('x')]))).toBe('unsafe-name');
  });
  test('a symbolic link', async () => {
    expect(await code(await deflated(bytes('/etc/passwd'), 'a.jpg', 0o120777))).toBe('link');
  });
  test('one name twice', async () => {
    expect(await code(renamed(zipOf(['a.jpg', bytes('1')], ['b.jpg', bytes('2')]), 'b.jpg', 'a.jpg'))).toBe(
      'duplicate-name',
    );
  });
  test('an encrypted entry', async () => {
    const zip = await deflated(bytes('hello'));
    const central = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt16LE(0x801, central + 8);
    expect(await code(zip)).toBe('encrypted');
  });
  test('one flipped byte of the contents', async () => {
    const zip = zipOf(['a.jpg', bytes('hello')]);
    zip.writeUInt8(0x69, zip.indexOf('hello'));
    expect(await code(zip)).toBe('damaged');
  });
  test('every cut of a zip is refused, none throws', async () => {
    const zip = zipOf(['a.jpg', bytes('hello')], ['b.jpg', bytes('world')]);
    for (let end = 0; end < zip.length; end += 1) {
      expect(typeof (await code(zip.subarray(0, end)))).toBe('string');
    }
  });
  test('no random bytes throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), async (at, noise) => {
        const zip = zipOf(['a.jpg', bytes('hello')]);
        Buffer.from(noise).copy(zip, at % zip.length);
        await readZip(zip, LIMITS);
      }),
      { numRuns: 300 },
    );
  });
});
