import { createHash, randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundle } from '../../../electron/features/archive/open-bundle.ts';
import { type Specimen, sealedSpecimen, specimen } from '../../../electron/features/archive/specimen-bundle.ts';
import { verifyBundle } from '../../../electron/features/archive/verify-bundle.ts';
import type { StoredFile } from '../../../electron/features/archive/write-bundle.ts';
import { chooseAead, encrypt } from '../../../electron/vault/age/age.ts';
import { against, type BenchLine, type Benchmark, rounded } from '../bench-line.ts';
import { alternating, timeMs } from '../measure.ts';
import { cpuSeconds, forgetPeak, hasCommand, noProc, peakMb, residentMb, run } from '../processes.ts';
import { removeFolder } from '../served-station.ts';

const MIB = 1024 ** 2;
const ROUNDS = 5;
const SEGMENT_BYTES = 4 * MIB;

/**
 * Checking a sealed bundle of 1 GiB of video, with and without the key, beside openssl hashing the same files; and how
 * much memory that takes, and opening it, beside a bundle of a quarter the size.
 */
export const verify: Benchmark = async (print) => {
  if (!hasCommand('openssl')) return print({ name: 'verify-1gib', skipped: 'there is no openssl command' });
  await chooseAead();
  const whole = await bundleOf(256);
  const quarter = await bundleOf(64);
  try {
    await speed(print, whole.dir, whole.s);
    await memory(print, quarter, whole);
  } finally {
    for (const { s } of [whole, quarter]) removeFolder(s.folder);
  }
};

/** A bundle with so many segments, each of other bytes. */
async function bundleOf(segments: number): Promise<{ dir: string; s: Specimen }> {
  const s = specimen();
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const stored: StoredFile[] = [];
  const plain = randomBytes(SEGMENT_BYTES - 1024);
  for (let i = 0; i < segments; i += 1) {
    plain.writeUInt32LE(i);
    const bytes = encrypt(plain, [s.centre.recipient]);
    const sourceFile = join(s.folder, `bench-${i}.age`);
    await writeFile(sourceFile, bytes);
    const hashes = { sha256: sha256(plain), sizeBytes: plain.length, storedSha256: sha256(bytes) };
    stored.push({ ...s.wish.stored[0]!, ...hashes, sourceFile, path: `data/video/R1/C1/bench-${i}.age` });
  }
  return { dir: await sealedSpecimen({ ...s, wish: { ...s.wish, stored } }), s };
}

async function sound(dir: string, identity?: string): Promise<void> {
  const { counts } = await verifyBundle(dir, identity === undefined ? {} : { identity });
  if (counts.fail > 0) throw new Error('the sealed bundle does not verify');
}

async function speed(print: (line: BenchLine) => void, dir: string, s: Specimen): Promise<void> {
  const files = (await readdir(join(dir, 'data'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const found = await alternating(ROUNDS, {
    verify: () => timeMs(() => sound(dir)),
    openssl: () => timeMs(() => run('openssl', ['dgst', '-sha256', ...files])),
    key: () => timeMs(() => sound(dir, s.centre.identity)),
    verifyCpu: () => ownCpuMs(() => sound(dir)),
    opensslCpu: async () => (await cpuSeconds(['openssl', 'dgst', '-sha256', ...files])) * 1000,
  });
  const note = `files in the page cache; median of ${ROUNDS}`;
  const peer = 'openssl dgst -sha256 of the same files';
  print({
    name: 'verify-1gib',
    value: rounded(found.verify),
    unit: 'ms',
    goal: 'ratio <= 1.25',
    ...against(found.verify, found.openssl, 'ms', peer),
    note: `without the centre's key; ${note}`,
  });
  print({
    name: 'verify-1gib.cpu',
    value: rounded(found.verifyCpu),
    unit: 'ms',
    goal: 'ratio <= 1.25',
    ...against(found.verifyCpu, found.opensslCpu, 'ms', peer),
    note: 'processor time, all threads',
  });
  print({
    name: 'verify-1gib.key',
    value: rounded(found.key),
    unit: 'ms',
    ...against(found.key, found.openssl, 'ms', peer),
    note: `with the key: every file also decrypted and hashed again; ${note}`,
  });
}

async function ownCpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

type Sealed = { dir: string; s: Specimen };
/** What a process holds more at the most than before, for a bundle and for one of four times its size. */
async function memory(print: (line: BenchLine) => void, quarter: Sealed, whole: Sealed): Promise<void> {
  const why = noProc();
  if (why !== null) return print({ name: 'verify-1gib.rss', skipped: why });
  const most = async (work: () => Promise<unknown>): Promise<number> => {
    const before = residentMb(process.pid);
    forgetPeak(process.pid);
    await work();
    return Math.max(0, peakMb(process.pid) - before);
  };
  const ways: Record<string, (of: Sealed, out: string) => Promise<unknown>> = {
    verify: ({ dir, s }) => sound(dir, s.centre.identity),
    open: ({ dir, s }, out) => openBundle(dir, [s.centre.identity], out),
  };
  for (const [name, work] of Object.entries(ways)) {
    const small = await most(() => work(quarter, join(quarter.s.folder, 'opened')));
    const large = await most(() => work(whole, join(whole.s.folder, 'opened')));
    print({
      name: `${name}-1gib.rss`,
      value: rounded(large),
      unit: 'MB',
      goal: 'as for a quarter',
      ...against(large, small, 'MB', 'the same with 256 MiB'),
      note: 'the most it held more than before',
    });
  }
}
