import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TAG_MANIFEST_FILE } from '../../electron/features/archive/bundle-format.ts';
import { addVideo, sealedVideo } from '../../electron/features/archive/export/specimen-video.ts';
import { specimen } from '../../electron/features/archive/specimen-bundle.ts';
import { verifyBundle } from '../../electron/features/archive/verify-bundle.ts';
import { writeBundle } from '../../electron/features/archive/write-bundle.ts';
import { deliveryOf, receiptFor } from '../../electron/features/delivery/store.ts';
import { CENTRE_KEY } from '../../electron/features/plan/plan-fixture.ts';
import { ManualClock } from '../../electron/lib/clock.ts';
import { sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { freeBytes } from '../../electron/vault/durable-file.ts';
import { mountHindrance } from '../harness/loop-disk.ts';
import { TestCentre } from '../harness/open-centre.ts';
import { BUNDLE_ID, openDelivery, type StationFacts } from './upload/open-delivery.ts';

const MIB = 1024 * 1024;
const why = mountHindrance('tmpfs');
if (why !== null) console.warn(`no small disk is filled: ${why}`);
const { s, dir } = await sealedVideo(3, MIB);
afterAll(() => rmSync(s.folder, { recursive: true }));

/** The station of the sealed bundle, with its data in this folder. */
const factsOf = (dataDir: string): StationFacts => ({
  dataDir,
  bundleDir: dir,
  tagManifestSha256: createHash('sha256')
    .update(readFileSync(join(dir, TAG_MANIFEST_FILE)))
    .digest('hex'),
  bytes: 3 * MIB,
  stationKeyPem: s.wish.stationSigningKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  centreKeyPem: createPublicKey(CENTRE_KEY).export({ type: 'spki', format: 'pem' }) as string,
});

describe.skipIf(why !== null)('a disk of 12 MiB that is full', () => {
  let disk: string;
  let ballast: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'kaodian-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12M', 'tmpfs', disk]);
    ballast = join(disk, 'ballast');
  });
  afterEach(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  /** Leaves this many bytes. */
  const fill = async (leave: number) => writeFileSync(ballast, Buffer.alloc((await freeBytes(disk)) - leave));

  test('sealing: nothing half sealed stays, no evidence goes, and it seals once there is room', async () => {
    const bundles = join(disk, 'bundles');
    mkdirSync(bundles);
    const other = specimen();
    for (const name of ['000001', '000002', '000003']) addVideo(other, name, MIB);
    const wish = { ...other.wish, dir: join(bundles, 'STATION-1-S1-1') };
    for (const leave of [0, 64 * 1024, MIB, 2.5 * MIB]) {
      await fill(leave);
      expect(await writeBundle(wish)).toEqual({ ok: false, error: { code: 'DISK_FULL' } });
      expect(readdirSync(bundles)).toEqual([]);
      rmSync(ballast);
    }
    const sealed = await writeBundle(wish);
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect((await verifyBundle(sealed.value.dir)).counts.fail).toBe(0);
    rmSync(other.folder, { recursive: true });
  });

  test('upload and receipt: the station runs on, writes nothing false, and has the receipt once there is room', async () => {
    const centre = new TestCentre({ identities: [s.centre.identity] });
    await centre.open();
    const clock = new ManualClock(centre.nowMs);
    const facts = factsOf(disk);
    const signingKey = sshPublicKeyLine(s.wish.stationSigningKey);
    await centre.centre.enrol({ stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', signingKey });
    await centre.centre.expect('STATION-1', ['S1']);
    const { db, deps, queue } = openDelivery(facts, centre.address, clock);
    try {
      const passes = async () => {
        clock.advance(10_000);
        queue.tick();
      };
      const until = (done: () => boolean) =>
        expect.poll(async () => passes().then(done), { timeout: 20_000, interval: 30 }).toBe(true);
      const entries = () =>
        deps.journal.page({ beforeSeq: null, limit: 100, sessionId: null, events: null, contains: '' });
      // The write-ahead log may go on in what it has; a commit that does not fit is none.
      db.raw.pragma('wal_checkpoint(TRUNCATE)');
      await fill(0);
      let tries = 0;
      centre.between = () => {
        tries += 1;
        return 'pass';
      };
      await until(() => tries > 3);
      await expect.poll(() => queue.underway()).toBeNull();
      expect(receiptFor(db, BUNDLE_ID)).toBeNull();
      expect(deliveryOf(db, BUNDLE_ID)).toMatchObject({ refusals: null, paused: false });
      expect(entries().filter((e) => e.event === 'delivery.receipt-kept')).toEqual([]);
      rmSync(ballast);
      await until(() => receiptFor(db, BUNDLE_ID) !== null);
      expect(entries().filter((e) => e.event === 'delivery.receipt-kept')).toHaveLength(1);
    } finally {
      await queue.close();
      db.raw.close();
      await centre.remove();
    }
  }, 60_000);
});

test('the clock set back and forward during an upload: it arrives, in its turn, and no wait grows by it', async () => {
  const centre = new TestCentre({ identities: [s.centre.identity] });
  await centre.open();
  const dataDir = mkdtempSync(join(tmpdir(), 'kaodian-clock-'));
  const clock = new ManualClock(centre.nowMs);
  const facts = factsOf(dataDir);
  const signingKey = sshPublicKeyLine(s.wish.stationSigningKey);
  await centre.centre.enrol({ stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', signingKey });
  await centre.centre.expect('STATION-1', ['S1']);
  const { db, queue } = openDelivery(facts, centre.address, clock);
  try {
    const DAY = 86_400_000;
    const jumps = [-DAY, 3 * DAY, -30 * DAY, 40 * DAY];
    let failures = 0;
    // Each try fails until the clock has jumped each way.
    centre.between = () => (failures++ < jumps.length ? 'away' : 'pass');
    for (const jumpMs of jumps) {
      const before = failures;
      const tried = () => {
        clock.advance(1_000);
        queue.tick();
        return failures > before && queue.underway() === null;
      };
      await expect.poll(tried, { timeout: 20_000, interval: 20 }).toBe(true);
      clock.setWall(clock.wallMs() + jumpMs);
    }
    let seconds = 0;
    const done = () => {
      clock.advance(1_000);
      seconds += queue.underway() === null ? 1 : 0;
      queue.tick();
      return receiptFor(db, BUNDLE_ID) !== null;
    };
    await expect.poll(done, { timeout: 20_000, interval: 20 }).toBe(true);
    expect(seconds).toBeLessThan(600);
  } finally {
    await queue.close();
    db.raw.close();
    await centre.remove();
    rmSync(dataDir, { recursive: true });
  }
}, 60_000);
