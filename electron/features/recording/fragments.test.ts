import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cameras,
  invigilator,
  type Keys,
  openRecording,
  type RecordingStation,
  sessionId,
} from '../../../test/harness/recording.ts';
import { ManualClock } from '../../lib/clock.ts';
import { err, ok } from '../../lib/result.ts';
import { decrypt, generateIdentity } from '../../vault/age/age.ts';
import { runningDigest } from './digest.ts';
import { putFragment } from './put-fragment.ts';
import { declareRestart, recoverSpools } from './recover.ts';
import { cameraView } from './room-view.ts';
import { sealIdle, settleRecordings } from './seal-segment.ts';
import { startRecording, stopRecording } from './service.ts';
import { segmentsOf } from './store.ts';

const t0 = Date.UTC(2026, 10, 21, 0, 30);
const cameraId = cameras[0]!;
const keys: Keys = { centre: generateIdentity(), station: generateIdentity() };

let folder: string;
let clock: ManualClock;
let unlocked: boolean;
let st: RecordingStation;
const openAgain = async () => {
  st = await openRecording(folder, { clock, keys, unlocked: () => unlocked });
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaodian-fragments-'));
  clock = new ManualClock(t0);
  unlocked = true;
  await openAgain();
});
afterEach(() => st.abandon());

/** The station dies and another comes up over the same folder, ten seconds later. */
const crash = async () => {
  await st.abandon();
  clock.advance(10_000);
  await openAgain();
};
const begin = (deskRun = 'desk-run-1') => {
  const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: 'webcam' };
  const reply = startRecording(st.deps, invigilator, { sessionId, cameraId, deskRun, ...facts });
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
};
const box = (type: string, text: string) => {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, Buffer.from(text)]);
};
/** Second `n` of a film of segments of four: it opens one, goes on, or closes it. */
const second = (recordingId: string, n: number, change: { opens?: boolean; closes?: boolean; text?: string } = {}) => {
  const { opens = n % 4 === 0, closes = n % 4 === 3, text = `second ${n};` } = change;
  clock.setWall(Math.max(clock.wallMs(), t0 + (n + 1) * 1_000));
  return putFragment(st.deps, invigilator, {
    recordingId,
    sequence: n,
    opens,
    closes,
    beginMs: t0 + n * 1_000,
    endMs: t0 + (n + 1) * 1_000,
    firstMonoMs: n * 1_000,
    lastMonoMs: n * 1_000 + 934,
    frames: 15,
    fragment: new Blob([new Uint8Array(box(opens ? 'ftyp' : 'moof', text))]),
  });
};
const film = async (recordingId: string, from: number, to: number) => {
  for (let n = from; n < to; n += 1) expect(await second(recordingId, n)).toMatchObject({ ok: true });
};
const view = () => cameraView(st.deps, sessionId, { cameraId, label: '前左' });
const events = () =>
  st.journal
    .page({ beforeSeq: null, limit: 1000, sessionId: null, events: null, contains: '' })
    .toReversed()
    .map((e) => e.event.replace('recording.', ''));
const filesEndingIn = (end: string) =>
  (readdirSync(join(folder, 'vault'), { recursive: true }) as string[]).filter((f) => f.endsWith(end));
/** The text of every segment, opened with the centre's key, in the order of the film. */
const segmentTexts = (recordingId: string) =>
  segmentsOf(st.db, recordingId).map(({ evidenceId }) => {
    const bytes = readFileSync(join(folder, 'vault', st.deps.vault.find(st.db, evidenceId)!.file));
    const plain = decrypt(bytes, [keys.centre.identity]);
    if (!plain.ok) throw new Error(plain.error.code);
    return [
      ...Buffer.from(plain.value)
        .toString('latin1')
        .matchAll(/second (\d+);/g),
    ].map((m) => Number(m[1]));
  });

describe('fragments become segments', () => {
  test('four fragments are one file; the open segment counts as stored from its first fragment on', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 6);
    expect(segmentTexts(recordingId)).toEqual([[0, 1, 2, 3]]);
    expect(view()).toMatchObject({
      state: { kind: 'recording', storedUntilMs: t0 + 6_000 },
      stored: [{ beginMs: t0, endMs: t0 + 6_000 }],
      segments: 1,
      gaps: [],
    });
    await film(recordingId, 6, 8);
    expect(segmentTexts(recordingId)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(events()).toEqual(['started', 'segment-stored', 'segment-stored']);
  });

  test('a segment says its frames by both clocks, and the running digest covers what came before', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 8);
    const segments = segmentsOf(st.db, recordingId);
    expect(segments[1]).toMatchObject({
      sequence: 4,
      lastFragment: 7,
      beginMs: t0 + 4_000,
      endMs: t0 + 8_000,
      firstMonoMs: 4_000,
      lastMonoMs: 7_934,
      frames: 60,
      ordinal: 1,
      recovered: false,
    });
    let digest = recordingId;
    for (const s of segments) {
      digest = runningDigest(digest, { ...s, sha256: st.deps.vault.find(st.db, s.evidenceId)!.sha256 });
      expect(s.digest).toBe(digest);
    }
  });

  test.each([0, 1, 3, 4])('fragment %i sent again changes nothing, with other bytes it is refused', async (n) => {
    const { recordingId } = begin();
    await film(recordingId, 0, 6);
    const before = view();
    expect(await second(recordingId, n)).toMatchObject({ ok: true });
    expect(await second(recordingId, n, { text: 'another film' })).toEqual(err({ code: 'SEQUENCE_REUSED' }));
    expect(view()).toEqual(before);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['nothing is open', (id) => second(id, 1)],
    ['a number is left out', async (id) => [await second(id, 0), await second(id, 2)][1]],
  ])('one that goes on is sent back to open a segment when %s', async (_name, put) => {
    const { recordingId } = begin();
    expect(await put(recordingId)).toEqual(err({ code: 'NO_OPEN_SEGMENT' }));
    expect(await second(recordingId, 5, { opens: true })).toMatchObject({ ok: true });
    await settleRecordings(st.deps, sessionId);
    expect(segmentTexts(recordingId).at(-1)).toEqual([5]);
    expect(events()).not.toContain('segment-refused');
  });

  test('what opens closes the one before; what stopped growing is closed by the watchdog, by a stop and by the seal', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 2);
    await second(recordingId, 2, { opens: true });
    expect(segmentTexts(recordingId)).toEqual([[0, 1]]);
    clock.advance(4_999);
    await sealIdle(st.deps);
    expect(segmentTexts(recordingId)).toEqual([[0, 1]]);
    clock.advance(1);
    await sealIdle(st.deps);
    expect(segmentTexts(recordingId)).toEqual([[0, 1], [2]]);
    await second(recordingId, 6, { opens: true });
    await settleRecordings(st.deps, sessionId);
    await second(recordingId, 7, { opens: true });
    await stopRecording(st.deps, invigilator, { recordingId, reason: 'operator' });
    expect(segmentTexts(recordingId)).toEqual([[0, 1], [2], [6], [7]]);
  });

  test('what came too late for the seal is let be: no file is written, its spool stays', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 2);
    st.state = 'sealed';
    clock.advance(10_000);
    for (let i = 0; i < 3; i += 1) await sealIdle(st.deps);
    expect([filesEndingIn('.age'), filesEndingIn('.spool').length, st.deps.open.spooled()]).toEqual([[], 1, []]);
    expect(await second(recordingId, 2)).toEqual(err({ code: 'SESSION_SEALED' }));
    expect(await recoverSpools(st.deps)).toBe('done');
    expect(filesEndingIn('.age')).toEqual([]);
  });

  test('two fragments sent at once are stored one after the other', async () => {
    const { recordingId } = begin();
    const replies = await Promise.all([0, 1, 2, 3].map((n) => second(recordingId, n)));
    expect(replies.every((r) => r.ok)).toBe(true);
    expect(segmentTexts(recordingId)).toEqual([[0, 1, 2, 3]]);
  });
});

describe('after a crash', () => {
  test('every acknowledged fragment is there; the open segment is closed, the gap declared, and the desk goes on', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 6);
    await crash();
    expect(await recoverSpools(st.deps)).toBe('done');
    declareRestart(st.deps);
    expect(segmentTexts(recordingId)).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
    expect(segmentsOf(st.db, recordingId).map((s) => s.recovered)).toEqual([false, true]);
    expect(view()).toMatchObject({
      state: { kind: 'silent', sinceMs: t0 + 6_000, reason: 'station-restarted' },
      stored: [{ beginMs: t0, endMs: t0 + 6_000 }],
    });
    expect(filesEndingIn('.spool')).toEqual([]);
    expect(begin()).toEqual({ recordingId, nextSequence: 6 });
    expect(await second(recordingId, 6)).toEqual(err({ code: 'NO_OPEN_SEGMENT' }));
    await second(recordingId, 6, { opens: true });
    expect(view().gaps).toEqual([]);
    expect(events().filter((e) => e !== 'segment-stored')).toEqual([
      'started',
      'spool-read',
      'gap-begun',
      'resumed',
      'gap-ended',
    ]);
  });

  test('twice in a row, and in the middle of the recovery, nothing is there twice', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 3);
    await crash();
    // The segment is on record, but the spool was not taken away.
    st.deps.vault.dropSpool = async () => {};
    await recoverSpools(st.deps);
    await crash();
    await recoverSpools(st.deps);
    expect(segmentTexts(recordingId)).toEqual([[0, 1, 2]]);
    expect(filesEndingIn('.spool')).toEqual([]);
  });

  test('with the keys still locked the camera goes on, and what lay there is picked up when they open', async () => {
    const { recordingId } = begin();
    await film(recordingId, 0, 2);
    unlocked = false;
    await crash();
    expect(await recoverSpools(st.deps)).toBe('keys-locked');
    declareRestart(st.deps);
    expect(begin()).toEqual({ recordingId, nextSequence: 0 });
    await second(recordingId, 12, { opens: true });
    await settleRecordings(st.deps, sessionId);
    unlocked = true;
    expect(await recoverSpools(st.deps)).toBe('done');
    expect(segmentTexts(recordingId)).toEqual([[0, 1], [12]]);
    expect(view().stored).toEqual([
      { beginMs: t0, endMs: t0 + 2_000 },
      { beginMs: t0 + 12_000, endMs: t0 + 13_000 },
    ]);
    expect(segmentsOf(st.db, recordingId).map((s) => s.ordinal)).toEqual([1, 0]);
  });
});

describe('a full disk', () => {
  test('stops the camera that began last, and the first one last; each stop is a gap of its own reason', async () => {
    const ids = ['a', 'b'].map((run) => {
      clock.advance(1);
      const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: 'webcam' };
      const camera = cameras[run === 'a' ? 0 : 1]!;
      const reply = startRecording(st.deps, invigilator, {
        sessionId,
        cameraId: camera,
        deskRun: `desk-run-${run}`,
        ...facts,
      });
      if (!reply.ok) throw new Error(reply.error.code);
      return reply.value.recordingId;
    });
    const [first, last] = ids as [string, string];
    st.free = st.deps.reservedBytes + 32 * 1024 * 1024;
    expect(await second(first, 0)).toMatchObject({ ok: true });
    expect(await second(last, 0)).toEqual(err({ code: 'DISK_FULL' }));
    expect(await second(last, 0)).toEqual(err({ code: 'DISK_FULL' }));
    expect(events().filter((e) => e === 'segment-refused')).toHaveLength(1);
    const of = (n: number) => cameraView(st.deps, sessionId, { cameraId: cameras[n]!, label: '' });
    expect(of(1).gaps).toEqual([{ beginMs: t0 + 2, endMs: null, reason: 'disk-full' }]);
    st.free = st.deps.reservedBytes;
    expect(await second(first, 1)).toEqual(err({ code: 'DISK_FULL' }));
    st.free = 10 * st.deps.reservedBytes;
    expect(await second(first, 1)).toEqual(ok(expect.anything()));
    expect(await second(last, 0)).toEqual(ok(expect.anything()));
    expect([of(0).gaps, of(1).gaps.filter((g) => g.endMs === null)]).toEqual([[], []]);
  });
});
