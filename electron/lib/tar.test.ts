import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readTar, type TarSink } from './read-tar.ts';
import { BLOCK, headerOf } from './tar-header.ts';
import { layOutTar, TarSourceChanged, tarBytes } from './write-tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaodian-tar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = `bundle-1/${'d'.repeat(120)}/${'e'.repeat(120)}/${'f'.repeat(110)}.age`;
const CONTENTS: Record<string, Buffer> = {
  'bundle-1/bagit.txt': Buffer.from('BagIt\n'),
  'bundle-1/data/empty.age': Buffer.alloc(0),
  'bundle-1/data/one-block.age': Buffer.alloc(BLOCK, 7),
  'bundle-1/data/large.age': Buffer.alloc(700_001, 9),
  [`bundle-1/${'a'.repeat(90)}/${'b'.repeat(90)}.age`]: Buffer.from('split between two fields'),
  [LONG]: Buffer.from('only pax holds this'),
  'bundle-1/README-开包说明.txt': Buffer.from('说明'),
};

const files = Object.entries(CONTENTS).map(([path, bytes], i) => {
  const source = join(folder, String(i));
  writeFileSync(source, bytes);
  return { path, sizeBytes: bytes.length, source };
});
const layout = layOutTar(files);

async function bytesOf(from = 0, to = layout.sizeBytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tarBytes(layout, from, to)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(archive: Buffer, { pieceSize = 10_000, maxFiles = 100, accept = (): boolean => true } = {}) {
  const seen: Record<string, Buffer> = {};
  let open: { path: string; parts: Buffer[] } = { path: '', parts: [] };
  const sink: TarSink = {
    accept,
    begin: async (path) => {
      open = { path, parts: [] };
    },
    bytes: async (piece) => {
      open.parts.push(Buffer.from(piece));
    },
    end: async () => {
      seen[open.path] = Buffer.concat(open.parts);
    },
  };
  return { result: await readTar(inPieces(archive, pieceSize), sink, { maxFiles }), seen };
}

test('what is written is read again, in the order of the paths', async () => {
  const { result, seen } = await read(await bytesOf());
  expect(result).toEqual({ ok: true, value: { files: files.length } });
  expect(Object.keys(seen)).toEqual(Object.keys(CONTENTS).sort());
  for (const [path, bytes] of Object.entries(CONTENTS)) expect(seen[path]?.equals(bytes)).toBe(true);
});

test('any stretch is the same bytes as in the whole', async () => {
  const whole = await bytesOf();
  expect(whole.length).toBe(layout.sizeBytes);
  const at = fc.nat(layout.sizeBytes);
  await fc.assert(
    fc.asyncProperty(at, at, async (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      expect((await bytesOf(from, to)).equals(whole.subarray(from, to))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the stock tar reads it, and what the stock tar writes in this manner is read', async () => {
  const archive = join(folder, 'ours.tar');
  writeFileSync(archive, await bytesOf());
  const out = mkdtempSync(join(folder, 'out-'));
  execFileSync('tar', ['-xf', archive, '-C', out]);
  for (const [path, bytes] of Object.entries(CONTENTS)) {
    expect(readFileSync(join(out, path)).equals(bytes)).toBe(true);
  }
  const list = join(folder, 'list');
  writeFileSync(list, Object.keys(CONTENTS).join('\n'));
  const theirs = execFileSync(
    'tar',
    ['-cf', '-', '--format=pax', '--pax-option=delete=atime,delete=ctime,delete=mtime', '-C', out, '-T', list],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { result, seen } = await read(theirs);
  expect(result).toMatchObject({ ok: true });
  expect(seen[LONG]?.equals(CONTENTS[LONG]!)).toBe(true);
});

test('sizes of 8 GiB and more stand in pax, to the byte', async () => {
  const sizeBytes = 9 * 2 ** 30 + 5;
  const header = headerOf('a/large.age', sizeBytes);
  let asked = 0;
  const accept = (_path: string, size: number) => {
    asked = size;
    return false;
  };
  const sink = { accept } as unknown as TarSink;
  const result = await readTar(inPieces(header, 512), sink, { maxFiles: 1 });
  expect(result).toEqual({ ok: false, error: { code: 'REFUSED_FILE', path: 'a/large.age' } });
  expect(asked).toBe(sizeBytes);
});

test.each([
  ['cut at every block', (whole: Buffer, i: number) => whole.subarray(0, i * BLOCK), 'CUT_SHORT'],
  ['cut inside a block', (whole: Buffer, i: number) => whole.subarray(0, i * BLOCK + 100), 'CUT_SHORT'],
] as const)('%s', async (_what, cut, code) => {
  const whole = await bytesOf();
  for (let i = 0; i < whole.length / BLOCK - 1; i += 97) {
    const { result } = await read(cut(whole, i));
    expect(result).toMatchObject({ ok: false, error: { code } });
  }
});

test('a flipped bit in any header is seen', async () => {
  const whole = await bytesOf();
  for (const { at } of layout.places) {
    for (const byte of [0, 60, 100, 130, 150, 156, 257, 345]) {
      const flipped = Buffer.from(whole);
      flipped[at + byte]! ^= 0x41;
      expect((await read(flipped)).result).toMatchObject({ ok: false, error: { code: 'BAD_HEADER' } });
    }
  }
});

/** A header of another kind of thing, with a sound checksum. */
function odd(change: (block: Buffer) => void): Buffer {
  const block = Buffer.from(headerOf('a', 0));
  change(block);
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1) sum += i >= 148 && i < 156 ? 0x20 : block[i]!;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([block, Buffer.alloc(2 * BLOCK)]);
}

test.each([
  ['a symbolic link', (b: Buffer) => b.write('2', 156)],
  ['a hard link', (b: Buffer) => b.write('1', 156)],
  ['a folder', (b: Buffer) => b.write('5', 156)],
  ['a device', (b: Buffer) => b.write('3', 156)],
  ['a GNU long name', (b: Buffer) => b.write('L', 156)],
  ['a plain file with a link name', (b: Buffer) => b.write('etc/passwd', 157)],
  ['a size in base 256', (b: Buffer) => b.writeUInt8(0x80, 124)],
  ['a negative size', (b: Buffer) => b.write('-1', 124)],
  ['no name', (b: Buffer) => b.writeUInt8(0, 0)],
] as const)('%s is no part of a bundle', async (_what, change) => {
  expect((await read(odd(change))).result).toMatchObject({ ok: false, error: { code: 'BAD_HEADER' } });
});

test('bytes hidden behind a file’s end are seen', async () => {
  const whole = await bytesOf();
  const { at, header, file } = layout.places.find((p) => p.file.path === 'bundle-1/bagit.txt')!;
  const hidden = Buffer.from(whole);
  hidden[at + header.length + file.sizeBytes] = 1;
  expect((await read(hidden)).result).toEqual({ ok: false, error: { code: 'BAD_HEADER', at } });
});

test('more files than allowed, a refused path, and bytes after the end', async () => {
  const whole = await bytesOf();
  expect((await read(whole, { maxFiles: 3 })).result).toMatchObject({ error: { code: 'TOO_MANY_FILES' } });
  expect((await read(whole, { accept: () => false })).result).toMatchObject({ error: { code: 'REFUSED_FILE' } });
  const more = Buffer.concat([whole, Buffer.alloc(BLOCK), Buffer.from('x')]);
  expect((await read(more)).result).toMatchObject({ error: { code: 'AFTER_THE_END' } });
});

test('a file that changed its size or is gone ends the writing', async () => {
  const source = join(folder, 'changing', 'f');
  mkdirSync(dirname(source));
  writeFileSync(source, Buffer.alloc(2_000));
  const one = layOutTar([{ path: 'f', sizeBytes: 2_000, source }]);
  const drain = async () => {
    for await (const _ of tarBytes(one, 0, one.sizeBytes));
  };
  await expect(drain()).resolves.toBeUndefined();
  truncateSync(source, 1_999);
  await expect(drain()).rejects.toThrow(TarSourceChanged);
  rmSync(source);
  await expect(drain()).rejects.toThrow(TarSourceChanged);
});
