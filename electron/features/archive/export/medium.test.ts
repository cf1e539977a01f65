import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LoopDisk, loopDisk, mountHindrance } from '../../../../test/harness/loop-disk.ts';
import type { Medium } from '../../../devices/disk/port.ts';
import { systemDisks } from '../../../devices/disk/system-disks.ts';
import { verifyBundle } from '../verify-bundle.ts';
import type { Place } from './division.ts';
import { type ExportError, exportMedium, type MediumWish, type Progress } from './export-medium.ts';
import { MediumHasher } from './hash-medium.ts';
import { JOIN_COMMAND } from './medium-texts.ts';
import { sealedVideo } from './specimen-video.ts';

const MIB = 1024 * 1024;
const { s, dir } = await sealedVideo(6, 2 * MIB);
const NAME = basename(dir);
afterAll(() => rmSync(s.folder, { recursive: true }));

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'kaodian-export-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const folder = (name: string): string => {
  mkdirSync(join(scratch, name));
  return join(scratch, name);
};
/** The medium as the computer says it, but for what a test wants otherwise. */
const under =
  (changed: Partial<Medium> = {}): MediumWish['under'] =>
  async (at) => {
    const medium = await systemDisks.under(at);
    return medium && { ...medium, ...changed };
  };

type Run = { phases: string[] };
/** @param onBytes  called as bytes go, with those of the phase so far */
async function write(
  to: string,
  wish: Partial<MediumWish> = {},
  onBytes: (phase: string, bytes: number) => void = () => {},
  signal = new AbortController().signal,
) {
  const run: Run = { phases: [] };
  let done = 0;
  const progress: Progress = {
    phase: (kind) => {
      run.phases.push(kind);
      done = 0;
    },
    add: (bytes) => {
      done += bytes;
      onBytes(run.phases.at(-1)!, done);
    },
  };
  const all: MediumWish = {
    bundleDir: dir,
    folder: to,
    under: under(),
    after: null,
    divide: false,
    number: 1,
    ...wish,
  };
  return { run, result: await exportMedium(all, progress, signal) };
}
const errorOf = async (done: ReturnType<typeof write>): Promise<ExportError | null> => {
  const { result } = await done;
  return result.ok ? null : result.error;
};
const failing = async (at: string, also: string[] = []) =>
  (await verifyBundle(at, { also })).claims.filter((c) => c.result === 'fail').map((c) => [c.id, c.files]);
const lost = { code: 'FOLDER_UNUSABLE', data: { reason: 'disk-lost' } };

describe('any folder', () => {
  test('a copy that was stopped bears no bundle’s name, and the next try goes on from it', async () => {
    const to = folder('a');
    const aborter = new AbortController();
    const stop = (_: string, bytes: number) => bytes > 5 * MIB && aborter.abort();
    expect(await errorOf(write(to, {}, stop, aborter.signal))).toEqual({ code: 'STOPPED' });
    expect(readdirSync(to)).toEqual([`${NAME}.partial`]);
    const before = readFileSync(join(to, `${NAME}.partial/data/video/R1/C1/100000.age`));
    expect(before.length).toBeGreaterThan(2 * MIB);
    const { result } = await write(to);
    expect(result).toMatchObject({ ok: true, value: { until: null, leftBytes: 0 } });
    expect(readdirSync(to)).toEqual([NAME]);
    expect(await failing(join(to, NAME))).toEqual([]);
  });

  test('what an earlier try left is taken on trust nowhere: torn files are written anew, strangers go', async () => {
    const to = folder('a');
    const partial = join(to, `${NAME}.partial`);
    cpSync(dir, partial, { recursive: true });
    const torn = join(partial, 'data/video/R1/C1/100002.age');
    writeFileSync(torn, Buffer.alloc(readFileSync(torn).length));
    writeFileSync(join(partial, 'data/video/R1/C1/100003.age'), 'short');
    writeFileSync(join(partial, 'data/stranger'), 'x');
    const { result, run } = await write(to);
    expect([result.ok, run.phases]).toEqual([true, ['writing', 'reading-back']]);
    expect(await failing(join(to, NAME))).toEqual([]);
  });

  test('a folder that vanishes is a disk that was pulled; put back, the copy goes on', async () => {
    const to = folder('a');
    const pull = (phase: string, bytes: number) => {
      if (phase === 'writing' && bytes > 5 * MIB && existsSync(to)) renameSync(to, `${to}-pulled`);
    };
    expect(await errorOf(write(to, {}, pull))).toEqual(lost);
    renameSync(`${to}-pulled`, to);
    expect((await write(to)).result.ok).toBe(true);
    expect(await failing(join(to, NAME))).toEqual([]);
  });

  test('no room is said before a byte is written', async () => {
    const to = folder('a');
    expect(await errorOf(write(to, { under: under({ freeBytes: 5 * MIB }) }))).toEqual({
      code: 'NOT_ENOUGH_ROOM',
      data: { neededBytes: expect.any(Number), freeBytes: 5 * MIB },
    });
    expect(readdirSync(to)).toEqual([]);
  });

  test('two media at once', async () => {
    const [a, b] = [folder('a'), folder('b')];
    const both = await Promise.all([write(a), write(b)]);
    expect(both.map(({ result }) => result.ok)).toEqual([true, true]);
    for (const at of [a, b]) expect(await failing(join(at, NAME))).toEqual([]);
  });

  test('files too large for the file system go in parts, which sha256sum checks and cat joins', async () => {
    const to = folder('a');
    expect((await write(to, { under: under({ maxFileBytes: MIB }) })).result.ok).toBe(true);
    expect(readdirSync(join(to, NAME, 'data/video/R1/C1'))).toContain('100000.age.from-0000001048576');
    expect(await failing(join(to, NAME))).toEqual([]);
    execFileSync('sha256sum', ['-c', '--quiet', '--strict', `${NAME}.parts-sha256.txt`], { cwd: to });
    execFileSync('bash', ['-c', JOIN_COMMAND], { cwd: join(to, NAME) });
    execFileSync('sha256sum', ['-c', '--quiet', '--strict', 'manifest-sha256.txt'], { cwd: join(to, NAME) });
    expect(readdirSync(join(to, NAME, 'data/video/R1/C1'))).toEqual(readdirSync(join(dir, 'data/video/R1/C1')));
  });

  test('one bundle over several small media: each says which it is, together they are the bundle', async () => {
    const rooms = [4 * MIB, 6 * MIB, 3.5 * MIB, 20 * MIB];
    const media: string[] = [];
    let after: Place | null = null;
    for (const [i, freeBytes] of rooms.entries()) {
      const to = folder(`disk${i}`);
      const { result } = await write(to, {
        under: under({ freeBytes, maxFileBytes: MIB }),
        after,
        divide: true,
        number: i + 1,
      });
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      media.push(join(to, NAME));
      expect(readdirSync(to)).toContain(`${NAME}.disk-${i + 1}.txt`);
      after = result.value.until;
    }
    expect(after).toBeNull();
    expect(await failing(media[0]!, media.slice(1))).toEqual([]);
    expect((await failing(media[0]!, media.slice(2))).map(([id]) => id)).toContain('complete.2');
    const joined = folder('joined');
    for (const at of media) cpSync(at, join(joined, NAME), { recursive: true });
    execFileSync('bash', ['-c', JOIN_COMMAND], { cwd: join(joined, NAME) });
    execFileSync('sha256sum', ['-c', '--quiet', '--strict', 'manifest-sha256.txt'], { cwd: join(joined, NAME) });
    expect(await failing(join(joined, NAME))).toEqual([]);
  });
});

const why = mountHindrance('ext4');
if (why !== null) console.warn(`no disk is mounted and pulled: ${why}`);

describe.skipIf(why !== null)('a mounted disk (ext4)', () => {
  let disk: LoopDisk;
  beforeEach(() => {
    disk = loopDisk('ext4', 64);
  });
  afterEach(() => disk.remove());

  test('is read back from itself: what changed on it behind the cache is seen', async () => {
    const { result } = await write(disk.mount);
    expect(result).toMatchObject({ ok: true, value: { readFrom: 'medium' } });
    const path = join(disk.mount, NAME, 'data/video/R1/C1/100001.age');
    const known = readFileSync(path);
    disk.flipWhere(known.subarray(MIB, MIB + 64));
    const hashed = async () => new MediumHasher('medium').hash(path, new AbortController().signal, () => {});
    const cached = await new MediumHasher('cache').hash(path, new AbortController().signal, () => {});
    expect(readFileSync(path).equals(known)).toBe(true);
    expect(await hashed()).not.toBe(cached);
  });

  test.each(['unmounted under the copy', 'its power cut'] as const)(
    '%s: lost, and gone on with once it is back',
    async (how) => {
      let pulled = false;
      const pull = (phase: string, bytes: number) => {
        if (phase !== 'writing' || bytes < 7 * MIB || pulled) return;
        pulled = true;
        if (how === 'its power cut') disk.cutPower();
        else disk.pull();
      };
      expect(await errorOf(write(disk.mount, {}, pull))).toEqual(lost);
      disk.plugIn();
      expect(readdirSync(disk.mount)).not.toContain(NAME);
      expect((await write(disk.mount)).result).toMatchObject({ ok: true, value: { readFrom: 'medium' } });
      expect(await failing(join(disk.mount, NAME))).toEqual([]);
    },
  );

  test('full in the middle, although it had said otherwise: what is there stays, and it goes on once there is room', async () => {
    const ballast = join(disk.mount, 'ballast');
    writeFileSync(ballast, Buffer.alloc(45 * MIB));
    const tooMuch = under({ freeBytes: 1e12 });
    expect(await errorOf(write(disk.mount, { under: tooMuch }))).toEqual({
      code: 'FOLDER_UNUSABLE',
      data: { reason: 'disk-full' },
    });
    rmSync(ballast);
    expect((await write(disk.mount)).result.ok).toBe(true);
    expect(await failing(join(disk.mount, NAME))).toEqual([]);
  });

  test('read-only', async () => {
    disk.mountReadOnly();
    expect(await errorOf(write(disk.mount))).toEqual({ code: 'FOLDER_UNUSABLE', data: { reason: 'not-writable' } });
  });
});

const whyNoFat = mountHindrance('vfat');
if (whyNoFat !== null) console.warn(`no FAT is mounted: ${whyNoFat}`);

test.skipIf(whyNoFat !== null)('a real FAT says what it takes, and takes a bundle', async () => {
  const disk = loopDisk('vfat', 64);
  try {
    expect(await systemDisks.under(disk.mount)).toMatchObject({ fileSystem: 'vfat', maxFileBytes: 2 ** 32 - 1 });
    expect((await write(disk.mount)).result).toMatchObject({ ok: true, value: { readFrom: 'medium' } });
    expect(await failing(join(disk.mount, NAME))).toEqual([]);
  } finally {
    disk.remove();
  }
});
