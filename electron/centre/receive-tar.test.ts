import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { headerOf, padded } from '../lib/tar-header.ts';
import { unpackBundle } from './receive-tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaodian-receive-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An archive of these paths in this order, as whoever sends it likes: each file holds its own path. */
function archiveOf(paths: readonly string[]): string {
  const archive = join(mkdtempSync(join(folder, 'in-')), 'archive.tar');
  const parts = paths.flatMap((path) => {
    const body = Buffer.from(path);
    return [headerOf(path, body.length), body, Buffer.alloc(padded(body.length) - body.length)];
  });
  writeFileSync(archive, Buffer.concat([...parts, Buffer.alloc(1024)]));
  return archive;
}
const target = (): string => join(mkdtempSync(join(folder, 'out-')), 'bundle');

test('a bundle comes out as it went in', async () => {
  const out = target();
  const paths = ['b-1/bagit.txt', 'b-1/data/index.json.age', 'b-1/data/video/201/cam-1/1.age'];
  expect(await unpackBundle(createReadStream(archiveOf(paths)), 'b-1', out)).toEqual({ ok: true, value: { files: 3 } });
  for (const path of paths) expect(readFileSync(join(out, path.slice(4)), 'utf8')).toBe(path);
});

test.each([
  ['of another bundle', 'b-2/bag-info.txt'],
  ['of a bundle whose name begins alike', 'b-11/bagit.txt'],
  ['beside the bundle', 'bagit.txt'],
  ['above it', 'b-1/../bagit.txt'],
  ['above it from within', 'b-1/data/../../x.age'],
  ['that no bundle has', 'b-1/autorun.inf'],
  ['of a device', 'b-1/data/CON.age'],
  ['that a bundle has already', 'b-1/bagit.txt'],
  ['that differs by its case alone', 'b-1/data/INDEX.json.age'],
])('a name %s is refused, and nothing is left', async (_, path) => {
  const out = target();
  const archive = archiveOf(['b-1/bagit.txt', 'b-1/data/index.json.age', path]);
  expect(await unpackBundle(createReadStream(archive), 'b-1', out)).toEqual({
    ok: false,
    error: { code: 'ARCHIVE_BROKEN', fault: { code: 'REFUSED_FILE', path } },
  });
  expect(existsSync(out)).toBe(false);
});

test('an archive cut short leaves nothing', async () => {
  const archive = archiveOf(['b-1/bagit.txt', 'b-1/data/index.json.age']);
  truncateSync(archive, 600);
  const cut = target();
  expect(await unpackBundle(createReadStream(archive), 'b-1', cut)).toMatchObject({
    error: { code: 'ARCHIVE_BROKEN' },
  });
  expect(existsSync(cut)).toBe(false);
});
