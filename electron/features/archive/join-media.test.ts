import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { partName } from './export/division.ts';
import { hashFile, readBag } from './read-bag.ts';
import { sealedSpecimen, specimen } from './specimen-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

const s = specimen();
const sealed = await sealedSpecimen(s);
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-join-'));
afterAll(() => {
  rmSync(s.folder, { recursive: true });
  rmSync(scratch, { recursive: true });
});

const VIDEO = 'data/video/R1/C1/0001.age';
let copies = 0;
let dir: string;
let other: string;
beforeEach(() => {
  copies += 1;
  dir = join(scratch, String(copies), 'a');
  other = join(scratch, String(copies), 'b');
  cpSync(sealed, dir, { recursive: true });
});

const sizeOf = (path: string) => statSync(join(dir, path)).size;
/** Replaces a file by parts that begin at these bytes. */
function cut(path: string, ...at: number[]): void {
  const bytes = readFileSync(join(dir, path));
  for (const [i, from] of at.entries()) writeFileSync(join(dir, partName(path, from)), bytes.subarray(from, at[i + 1]));
  rmSync(join(dir, path));
}
/** Puts a file onto the second medium instead. */
function carryOver(path: string): void {
  mkdirSync(dirname(join(other, path)), { recursive: true });
  renameSync(join(dir, path), join(other, path));
}
const failing = async (also: string[] = []) =>
  (await verifyBundle(dir, { also })).claims.filter((c) => c.result === 'fail').map((c) => [c.id, c.files]);

describe('a bundle in parts, or on several media, verifies as the whole it was', () => {
  test('parts', async () => {
    cut(VIDEO, 0, 50, 51);
    expect(await failing()).toEqual([]);
    const whole = createHash('sha256')
      .update(readFileSync(join(sealed, VIDEO)))
      .digest('hex');
    expect(await hashFile(await readBag(dir), VIDEO)).toBe(whole);
  });

  test('two media that both have the describing files, a part on each', async () => {
    cut(VIDEO, 0, 70);
    carryOver(partName(VIDEO, 70));
    carryOver('data/index.json.age');
    cpSync(join(dir, 'manifest-sha256.txt'), join(other, 'manifest-sha256.txt'));
    expect(await failing([other])).toEqual([]);
    expect((await verifyBundle(dir, { also: [other], identity: s.centre.identity })).counts.fail).toBe(0);
  });
});

describe('and what is not whole fails by name', () => {
  test('a medium that is not there', async () => {
    carryOver(VIDEO);
    expect((await failing()).map(([id]) => id)).toEqual(['complete.2', 'complete.3']);
  });

  test.each<[string, () => void]>([
    ['a part is missing', () => rmSync(join(dir, partName(VIDEO, 50)))],
    ['the last part is cut short', () => truncateSync(join(dir, partName(VIDEO, 60)), 3)],
    [
      'a part does not begin where the one before it ends',
      () => renameSync(join(dir, partName(VIDEO, 60)), join(dir, partName(VIDEO, 61))),
    ],
  ])('%s', async (_what, change) => {
    cut(VIDEO, 0, 50, 60);
    change();
    expect((await failing()).some(([id]) => id === 'complete.2')).toBe(true);
  });

  test('a part beside the file itself is a foreign file', async () => {
    writeFileSync(join(dir, partName(VIDEO, sizeOf(VIDEO))), 'more');
    const foreign = [partName(VIDEO, sizeOf(VIDEO))];
    expect(await failing()).toEqual(expect.arrayContaining([['complete.2', foreign]]));
  });

  test('a payload file on both media, and another bundle’s list on the second', async () => {
    mkdirSync(dirname(join(other, VIDEO)), { recursive: true });
    cpSync(join(dir, VIDEO), join(other, VIDEO));
    writeFileSync(join(other, 'manifest-sha256.txt'), 'another');
    expect(await failing([other])).toEqual([['complete.1', ['manifest-sha256.txt', VIDEO].toSorted()]]);
  });
});
