import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../electron/db/database.ts';
import { recordingEvents } from '../../electron/features/recording/events.ts';
import { putFragment } from '../../electron/features/recording/put-fragment.ts';
import { cameraView } from '../../electron/features/recording/room-view.ts';
import { settleRecordings } from '../../electron/features/recording/seal-segment.ts';
import { startRecording } from '../../electron/features/recording/service.ts';
import { ManualClock } from '../../electron/lib/clock.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { freeBytes } from '../../electron/vault/durable-file.ts';
import { createSpool, readSpool } from '../../electron/vault/spool.ts';
import {
  cameras,
  invigilator,
  type Keys,
  openRecording,
  type RecordingStation,
  sessionId,
} from '../harness/recording.ts';
import { judge } from './recording/judge.ts';

const MIB = 1024 * 1024;
const RESERVE = 8 * MIB;
const FRAGMENT = 200_000;
const t0 = Date.UTC(2026, 10, 21, 0, 30);
const mayMount = process.getuid?.() === 0 && spawnSync('which', ['mount']).status === 0;
if (!mayMount) console.warn('no small disk is filled: only root may mount one');

describe.skipIf(!mayMount)('a disk of 40 MiB', () => {
  const keys: Keys = { centre: generateIdentity(), station: generateIdentity() };
  let disk: string;
  let clock: ManualClock;
  let st: RecordingStation;
  beforeEach(async () => {
    disk = mkdtempSync(join(tmpdir(), 'kaodian-small-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40M', 'tmpfs', disk]);
    mkdirSync(join(disk, 'data'));
    clock = new ManualClock(t0);
    st = await openRecording(join(disk, 'data'), { clock, keys });
    Object.assign(st.deps, { reservedBytes: RESERVE, freeBytes: () => freeBytes(disk) });
  });
  afterEach(async () => {
    await st.abandon();
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  const begin = (n: number) => {
    clock.advance(1);
    const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: 'webcam' };
    const reply = startRecording(st.deps, invigilator, {
      sessionId,
      cameraId: cameras[n]!,
      deskRun: `desk-run-${n}`,
      ...facts,
    });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value.recordingId;
  };
  const head = (type: string) => Buffer.from(`00000010${Buffer.from(type).toString('hex')}0000000000000000`, 'hex');
  const put = async (recordingId: string, n: number, opens = n % 4 === 0) => {
    clock.setWall(Math.max(clock.wallMs(), t0 + (n + 1) * 1_000));
    const bytes = Buffer.concat([head(opens ? 'ftyp' : 'moof'), randomBytes(FRAGMENT)]);
    const reply = await putFragment(st.deps, invigilator, {
      recordingId,
      sequence: n,
      opens,
      closes: n % 4 === 3,
      beginMs: t0 + n * 1_000,
      endMs: t0 + (n + 1) * 1_000,
      firstMonoMs: n * 1_000,
      lastMonoMs: n * 1_000 + 934,
      frames: 15,
      fragment: new Blob([bytes]),
    });
    return reply.ok ? { cameraId: '', sequence: n, sha256: reply.value.sha256 } : reply.error.code;
  };

  test('video stops last in, first out, and leaves what check-in and scoring need; all that was promised is there', async () => {
    const recordings = [0, 1, 2].map(begin);
    const stoppedAt = new Map<number, number>();
    const promised = [];
    for (let n = 0; n < 200 && stoppedAt.size < recordings.length; n += 1) {
      for (const [i, recordingId] of recordings.entries()) {
        if (stoppedAt.has(i)) continue;
        const reply = await put(recordingId, n);
        if (typeof reply === 'string') stoppedAt.set(i, n);
        else promised.push({ ...reply, cameraId: cameras[i]! });
        if (typeof reply === 'string') expect(reply).toBe('DISK_FULL');
      }
    }
    const order = [...stoppedAt].toSorted((a, b) => a[1] - b[1]).map(([i]) => i);
    expect(order).toEqual([2, 1, 0]);
    await settleRecordings(st.deps, sessionId);
    for (const [i] of recordings.entries()) {
      const view = cameraView(st.deps, sessionId, { cameraId: cameras[i]!, label: '' });
      expect(view.gaps.map((g) => [g.reason, g.endMs])).toEqual([['disk-full', null]]);
    }
    // A day's worth of commits, each with its journal entry, on the disk that is full for video.
    for (let i = 0; i < 2_000; i += 1) {
      const entry = { cameraId: 'C1', code: 'SESSION_NOT_OPEN' };
      inTransaction(st.db, (w) =>
        st.journal.append(w, { kind: 'station' }, recordingEvents.startRefused, entry, sessionId),
      );
    }
    expect(await freeBytes(disk)).toBeGreaterThan(0);
    await st.abandon();
    const { lost, faults } = await judge(join(disk, 'data'), keys, promised);
    expect({ lost, faults }).toEqual({ lost: [], faults: [] });
    st = await openRecording(join(disk, 'data'), { clock, keys });
  }, 60_000);

  test('a disk that is really full takes nothing of a record, keeps those before it, and goes on when there is room', async () => {
    const path = join(disk, 'a.spool');
    const spool = await createSpool(path, () => [keys.station.recipient]);
    const ballast = join(disk, 'ballast');
    expect((await spool.append(Buffer.from('kept'))).ok).toBe(true);
    const before = statSync(path).size;
    writeFileSync(ballast, new Uint8Array((await freeBytes(disk)) - 100_000));
    expect(await spool.append(randomBytes(400_000))).toEqual({ ok: false, error: { code: 'disk-full' } });
    expect(statSync(path).size).toBe(before);
    rmSync(ballast);
    expect((await spool.append(Buffer.from('more'))).ok).toBe(true);
    const { records, cutBytes } = await readSpool(path, keys.station.identity);
    expect([records.map((r) => Buffer.from(r).toString()), cutBytes]).toEqual([['kept', 'more'], 0]);
    await spool.close();
  });
});
