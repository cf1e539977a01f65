import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { placeAllStored, placeBytes, placeStored, writeFully } from './place-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaodian-place-'));
afterAll(() => rmSync(dir, { recursive: true }));
const bytes = Buffer.alloc(2_500_000, 'kaodian');
const hash = createHash('sha256').update(bytes).digest('hex');

test('short writes are carried on with, and no progress at all is a full disk', async () => {
  const disk: number[] = [];
  const handleWith = (room: number) =>
    ({
      write: async (b: Uint8Array, at: number, length: number) => {
        const bytesWritten = Math.min(3, length, room - disk.length);
        disk.push(...b.subarray(at, at + bytesWritten));
        return { bytesWritten };
      },
    }) as unknown as FileHandle;
  await writeFully(handleWith(100), Buffer.from('evidence'));
  expect(Buffer.from(disk).toString()).toBe('evidence');
  await expect(writeFully(handleWith(12), Buffer.from('evidence'))).rejects.toMatchObject({ code: 'ENOSPC' });
});

test('nothing is written over, and a link is no evidence', async () => {
  writeFileSync(join(dir, 'a'), 'a');
  await expect(placeBytes(join(dir, 'a'), bytes)).rejects.toMatchObject({ code: 'EEXIST' });
  symlinkSync(join(dir, 'a'), join(dir, 'link'));
  const placed = await placeStored(join(dir, 'link'), join(dir, 'b'), hash);
  expect(placed).toEqual({ ok: false, error: { code: 'SOURCE_MISSING' } });
});

test('many are placed in their order, one missing among them, and nothing is under way when a placing fails', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `many-${i}`);
  for (const name of names) writeFileSync(join(dir, name), name);
  rmSync(join(dir, 'many-9'));
  const placesIn = (folder: string) =>
    names.map((name) => ({ source: join(dir, name), target: join(folder, name), storedSha256: hash }));
  const there = mkdtempSync(join(dir, 'there-'));
  expect(await placeAllStored(placesIn(there))).toEqual(
    names.map((name) =>
      name === 'many-9' ? { ok: false, error: { code: 'SOURCE_MISSING' } } : { ok: true, value: name.length },
    ),
  );
  expect(names.filter((name) => existsSync(join(there, name)))).toEqual(names.filter((name) => name !== 'many-9'));

  const half = mkdtempSync(join(dir, 'half-'));
  const [first, ...rest] = placesIn(half);
  const stuck = placeAllStored([{ ...first!, target: '\0' }, ...rest]);
  await expect(stuck).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
  expect(readdirSync(half).sort()).toEqual(names.slice(1, 8));
});

const OTHER_DISK = '/dev/shm';
const twoDisks = existsSync(OTHER_DISK) && statSync(OTHER_DISK).dev !== statSync(dir).dev;
describe.skipIf(!twoDisks)('onto another disk (skipped where there is none)', () => {
  test('the file is copied, and only when its bytes are those on record', async () => {
    const away = mkdtempSync(join(OTHER_DISK, 'kaodian-place-'));
    writeFileSync(join(dir, 'source'), bytes);
    const good = await placeStored(join(dir, 'source'), join(away, 'good'), hash);
    const changed = await placeStored(join(dir, 'source'), join(away, 'changed'), 'ab'.repeat(32));
    const same = readFileSync(join(away, 'good')).equals(bytes);
    rmSync(away, { recursive: true });
    expect([good, same]).toEqual([{ ok: true, value: bytes.length }, true]);
    expect(changed).toEqual({ ok: false, error: { code: 'SOURCE_CHANGED' } });
  });
});
