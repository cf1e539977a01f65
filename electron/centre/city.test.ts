import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test as inTime } from 'vitest';
import { noPostgres, Postgres } from '../../test/peers/postgres.ts';
import { RoundRobin } from '../../test/peers/round-robin.ts';
import { noSwift, Swift } from '../../test/peers/swift.ts';
import { TAG_MANIFEST_FILE } from '../features/archive/bundle-format.ts';
import { type Specimen, sealedSpecimen, specimen } from '../features/archive/specimen-bundle.ts';
import { signAnnouncement } from '../features/delivery/announcement.ts';
import { askReceipt } from '../features/delivery/ask-receipt.ts';
import { layOutBundle } from '../features/delivery/bundle-archive.ts';
import {
  centreTarget,
  objectStoreTarget,
  type TargetWish,
  type UploadTarget,
} from '../features/delivery/upload-target.ts';
import { objectStoreClient } from '../lib/object-store.ts';
import { sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import { tarBytes } from '../lib/write-tar.ts';
import { encrypt } from '../vault/age/age.ts';

const MiB = 1024 * 1024;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A row of one station's bundles, each with video enough that a kill falls into the middle of something. */
async function rowOfBundles(
  sessions: readonly string[],
  videoBytes: number,
): Promise<{ first: Specimen; dirs: string[] }> {
  const dirs: string[] = [];
  let last: Specimen | undefined;
  let first: Specimen | undefined;
  for (const sessionId of sessions) {
    const previous = dirs.at(-1);
    const s: Specimen = specimen(
      { sessionId, previousTagManifestSha256: previous === undefined ? null : hashOf(previous) },
      last,
    );
    const plain = randomBytes(videoBytes);
    const bytes = encrypt(plain, [s.centre.recipient]);
    const video = s.wish.stored[0]!;
    writeFileSync(video.sourceFile, bytes);
    const facts = { sha256: sha256(plain), sizeBytes: plain.length, storedSha256: sha256(bytes) };
    s.wish.stored = [{ ...video, ...facts }, ...s.wish.stored.slice(1)];
    dirs.push(await sealedSpecimen(s));
    last = s;
    first ??= s;
  }
  return { first: first!, dirs };
}

const hashOf = (dir: string): string => sha256(readFileSync(join(dir, TAG_MANIFEST_FILE)));

const places = [
  { place: 'Swift', skipped: noPostgres ?? noSwift },
  { place: 'a folder that both see', skipped: noPostgres },
].map((p) => ({ ...p, because: p.skipped === null ? '' : `(${p.skipped})` }));

describe.each(places)('two processes on PostgreSQL and $place $because', ({ place, skipped }) => {
  const inBucket = place === 'Swift';
  const test = inTime.skipIf(skipped !== null);
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-city-'));
  const processes = new Map<string, ChildProcess>();
  let postgres: Postgres;
  let swift: Swift | undefined;
  let robin: RoundRobin;
  let db: pg.Client;
  let first: Specimen;
  let dirs: string[];

  /** A process as a city starts it: by the command, with nothing of its own but a folder for what it unpacks. */
  async function start(name: string): Promise<void> {
    const process_ = spawn(
      process.execPath,
      [resolve('electron/cli.ts'), 'centre', 'serve', '--port', '0', ...common(name)],
      {
        env: environment(name),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    processes.set(name, process_);
    const [said] = await once(process_.stdout!, 'data');
    const port = /127\.0\.0\.1:([0-9]+)/.exec(String(said))?.[1];
    if (port === undefined) throw new Error(`the centre did not start: ${said}`);
    robin.add(name, Number(port));
  }
  const common = (name: string) => [
    ...['--data', join(folder, inBucket ? name : 'shared'), '--key', join(folder, 'key')],
    ...['--identity', join(folder, 'identity'), '--name', '样本鉴定中心'],
    ...(swift ? ['--bucket', `${swift.store.endpoint}/${swift.store.bucket}`] : []),
  ];
  const environment = (name: string) => ({
    ...process.env,
    KAODIAN_CENTRE_DATABASE: `${postgres.url}?application_name=${name}`,
    KAODIAN_BUCKET_KEY_ID: swift?.store.accessKeyId,
    KAODIAN_BUCKET_SECRET: swift?.store.secretAccessKey,
  });
  async function kill(name: string): Promise<void> {
    robin.take(name);
    const ended = once(processes.get(name)!, 'exit');
    processes.get(name)!.kill('SIGKILL');
    await ended;
    processes.delete(name);
  }

  beforeAll(async () => {
    if (skipped !== null) return;
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(folder, 'key')]);
    ({ first, dirs } = await rowOfBundles(['S1', 'S2', 'S3', 'S4', 'S5'], 20 * MiB));
    writeFileSync(join(folder, 'identity'), `${first.centre.identity}\n`);
    postgres = await Postgres.open();
    if (inBucket) swift = await Swift.open();
    robin = await RoundRobin.open();
    db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    // Both at once: who makes the tables must not matter.
    await Promise.all([start('one'), start('two')]);
    const signingKey = sshPublicKeyLine(first.wish.stationSigningKey);
    writeFileSync(
      join(folder, 'card.json'),
      JSON.stringify({ stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', recipient: 'age1', signingKey }),
    );
    const desk = (...args: string[]) =>
      execFileSync(process.execPath, [resolve('electron/cli.ts'), 'centre', ...args, ...common('desk')], {
        env: environment('desk'),
      });
    desk('enrol', join(folder, 'card.json'));
    desk('expect', '--station', 'STATION-1', 'S1', 'S2', 'S3', 'S4', 'S5');
  }, 120_000);

  afterAll(async () => {
    for (const name of [...processes.keys()]) await kill(name);
    robin?.close();
    await db?.end();
    postgres?.remove();
    await swift?.remove();
    rmSync(folder, { recursive: true });
  });

  async function send(
    dir: string,
    change: Partial<TargetWish> = {},
    target: UploadTarget = centreTarget(robin.address),
  ) {
    const layout = await layOutBundle(dir);
    const announced = {
      format: 'kaodian-announcement/1' as const,
      stationId: 'STATION-1',
      bundleId: basename(dir),
      tagManifestSha256: hashOf(dir),
      sizeBytes: layout.sizeBytes,
    };
    const urls: string[] = [];
    const result = await target.send({
      uploadUrl: null,
      layout,
      announced,
      announcement: signAnnouncement(announced, first.wish.stationSigningKey),
      bytesPerSecond: () => null,
      signal: new AbortController().signal,
      onUrl: (url) => urls.push(url),
      onProgress: () => {},
      ...change,
    });
    return { result, url: urls[0] ?? null, layout };
  }
  const standing = async (dir: string) => {
    const asked = await askReceipt(robin.address, hashOf(dir), new AbortController().signal);
    return asked.ok ? asked.value : { kind: 'unreachable' as const };
  };
  const accepted = (dir: string) =>
    expect.poll(async () => (await standing(dir)).kind, { timeout: 60_000, interval: 100 }).toBe('accepted');
  const rows = async <T extends object>(query: string, ...values: unknown[]) => (await db.query<T>(query, values)).rows;

  /** What is kept of a bundle is what was sent. */
  async function keptAsSent(dir: string): Promise<void> {
    if (!swift) {
      const kept = join(folder, 'shared', 'bundles', `${basename(dir)}--${hashOf(dir).slice(0, 16)}`);
      execFileSync('diff', ['-r', dir, kept]);
      return;
    }
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await objectStoreClient(swift.store);
    const [row] = await rows<{ upload_id: string }>(
      'SELECT upload_id FROM uploads WHERE tag_manifest_sha256 = $1',
      hashOf(dir),
    );
    const got = await client.send(new GetObjectCommand({ Bucket: swift.store.bucket, Key: row!.upload_id }));
    const [kept, sent] = [createHash('sha256'), createHash('sha256')];
    for await (const piece of got.Body as AsyncIterable<Uint8Array>) kept.update(piece);
    const layout = await layOutBundle(dir);
    for await (const piece of tarBytes(layout, 0, layout.sizeBytes)) sent.update(piece);
    client.destroy();
    expect(kept.digest('hex')).toBe(sent.digest('hex'));
  }
  const receiptsOf = (dir: string) => rows('SELECT number FROM bundles WHERE tag_manifest_sha256 = $1', hashOf(dir));

  test('a process is killed in the middle of an upload: the other goes on with it', async () => {
    const [dir] = dirs as [string];
    let killed: Promise<void> | undefined;
    const broken = await send(dir, {
      // Slow enough that most of it is still to come when the process dies.
      bytesPerSecond: () => 8 * MiB,
      onProgress: (bytes) => {
        if (bytes > 6 * MiB) killed ??= kill(robin.lastOf.get('PATCH')!);
      },
    });
    await killed;
    expect(broken.result.ok).toBe(false);
    expect((await send(dir, { uploadUrl: broken.url })).result).toEqual({ ok: true, value: true });
    await accepted(dir);
    await keptAsSent(dir);
    expect(await receiptsOf(dir)).toHaveLength(1);
    await start(processes.has('one') ? 'two' : 'one');
  }, 120_000);

  test('a process is killed while it checks a bundle: the other takes it up, and there is one receipt', async () => {
    const dir = dirs[1]!;
    const sending = send(dir);
    const holder = async () => {
      const [row] = await rows<{ name: string }>(
        `SELECT application_name AS name FROM uploads, pg_locks JOIN pg_stat_activity USING (pid)
         WHERE locktype = 'advisory' AND granted AND state_change IS NOT NULL AND uploads.state = 'received'
           AND uploads.tag_manifest_sha256 = $1`,
        hashOf(dir),
      );
      return row?.name;
    };
    await expect.poll(holder, { timeout: 60_000, interval: 5 }).toBeDefined();
    const name = (await holder()) ?? '';
    // Still being checked: no receipt was there when it was killed.
    expect(await receiptsOf(dir)).toHaveLength(0);
    await kill(name);
    await sending;
    await accepted(dir);
    expect(await receiptsOf(dir)).toHaveLength(1);
    await keptAsSent(dir);
    await start(name);
  }, 120_000);

  test('bundles of a row sent to both at once are taken in their order, each with a receipt number of its own', async () => {
    const sent = await Promise.all([dirs[3]!, dirs[2]!].map((dir) => send(dir)));
    expect(sent.map((s) => s.result.ok)).toEqual([true, true]);
    await accepted(dirs[2]!);
    await accepted(dirs[3]!);
    const numbers = await rows<{ receipt_number: string; session_id: string }>(
      'SELECT receipt_number, session_id FROM bundles ORDER BY number',
    );
    expect(numbers.map((n) => n.session_id)).toEqual(['S1', 'S2', 'S3', 'S4']);
    expect(new Set(numbers.map((n) => n.receipt_number)).size).toBe(4);
  }, 120_000);

  inTime.skipIf(skipped !== null || !inBucket)(
    'put into the bucket by the station itself, and announced',
    async () => {
      const dir = dirs[4]!;
      const target = objectStoreTarget(robin.address, swift!.store);
      expect((await send(dir, {}, target)).result).toEqual({ ok: true, value: true });
      await accepted(dir);
      await keptAsSent(dir);
    },
    120_000,
  );

  test('a replay is refused by whichever process it comes to, by either way, and the receipt stays the same', async () => {
    const dir = dirs[0]!;
    const before = await standing(dir);
    const ways = [centreTarget(robin.address), ...(swift ? [objectStoreTarget(robin.address, swift.store)] : [])];
    for (const target of ways) {
      for (const _process of ['one', 'two']) {
        expect((await send(dir, {}, target)).result).toMatchObject({ error: { reason: 'ALREADY_ACCEPTED' } });
        expect(await standing(dir)).toEqual(before);
      }
    }
    expect(await receiptsOf(dir)).toHaveLength(1);
  }, 120_000);
});
