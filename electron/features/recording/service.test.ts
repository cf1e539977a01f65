import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, openDatabase } from '../../db/database.ts';
import { type Journal, journalMigration, openJournal } from '../../journal/journal.ts';
import { ManualClock } from '../../lib/clock.ts';
import { CameraId, RoomId, SessionId, type StaffId } from '../../lib/ids.ts';
import { err, ok } from '../../lib/result.ts';
import { generateIdentity } from '../../vault/age/age.ts';
import { openVault, vaultMigration } from '../../vault/vault.ts';
import type { SessionState } from '../session/contract.ts';
import { maxSegmentBytes } from './contract.ts';
import { openCoverage } from './coverage.ts';
import type { RecordingDeps } from './deps.ts';
import { reservedBytes } from './disk.ts';
import { openSegments } from './open-segments.ts';
import { putSegment } from './put-fragment.ts';
import { cameraView, roomRecording } from './room-view.ts';
import { silentAfterMs } from './rules.ts';
import { reportFault, startRecording, stopRecording, stopRecordingsOf, watchRecordings } from './service.ts';
import { gapReasonsMigration, recordingMigration, segmentFactsMigration } from './store.ts';

const t0 = Date.UTC(2026, 10, 21, 0, 30);
const sessionId = SessionId.parse('S1');
const cameraId = CameraId.parse('C1');
const roomId = RoomId.parse('R1');
const caller: Caller = {
  connectionId: 'K1',
  member: { staffId: 'ST1' as StaffId, name: '监考甲（样本）', roles: ['invigilator'], examinerId: null },
  desk: '201',
  from: '127.0.0.1',
};
const start = { sessionId, cameraId, width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: 'webcam' };

/** Bytes that pass for a segment; `mark` makes them differ. */
const video = (mark: number, size = 64): Blob => {
  const bytes = new Uint8Array(size).fill(mark);
  bytes.set([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]);
  return new Blob([bytes]);
};

let db: Db;
let journal: Journal;
let clock: ManualClock;
let state: SessionState;
let free: number;
let deps: RecordingDeps;
let changes: number;

const keys = generateIdentity();

const open = async () => {
  clock = new ManualClock(t0);
  db = openDatabase(':memory:', [
    journalMigration,
    vaultMigration,
    recordingMigration,
    segmentFactsMigration,
    gapReasonsMigration,
  ]);
  journal = openJournal(db, clock, 'boot');
  const vault = await openVault({
    db,
    folder: mkdtempSync(join(tmpdir(), 'kaodian-recording-')),
    recipients: () => [keys.recipient],
    identity: () => keys.identity,
  });
  state = 'running';
  free = 10 * reservedBytes;
  changes = 0;
  deps = {
    db,
    journal,
    clock,
    vault,
    coverage: openCoverage(db),
    open: openSegments({ vault, clock }),
    reservedBytes,
    places: {
      sessionState: (_db, id) => (id === sessionId ? state : null),
      room: (_db, id) => (id === roomId ? { name: '第 1 考场', location: '2 楼 201', cameras: [camera] } : null),
      hasCamera: (_db, id) => id === cameraId,
      minHeight: () => 720,
      seats: () => [],
      audio: () => false,
    },
    freeBytes: async () => free,
    changed: () => {
      changes += 1;
    },
  };
};
const camera = { cameraId, label: '前左' };
beforeEach(open);

const events = () =>
  journal
    .page({ beforeSeq: null, limit: 1000, sessionId: null, events: null, contains: '' })
    .toReversed()
    .map((e) => e.event.replace('recording.', ''));
const view = () => cameraView(deps, sessionId, camera);
const begin = (deskRun = 'desk-run-1') => {
  const reply = startRecording(deps, caller, { ...start, deskRun });
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value.recordingId;
};
/** The desk has filmed from `beginMs` to `endMs` after t0 and sends it when the clock is at the end. */
const put = (recordingId: string, sequence: number, beginMs: number, endMs: number, segment = video(sequence + 1)) =>
  putSegment(deps, caller, {
    recordingId,
    sequence,
    beginMs: t0 + beginMs,
    endMs: t0 + endMs,
    firstMonoMs: beginMs,
    lastMonoMs: endMs,
    frames: 30,
    segment,
  });
const putAtEnd = (recordingId: string, sequence: number, beginMs: number, endMs: number) => {
  clock.setWall(t0 + endMs);
  return put(recordingId, sequence, beginMs, endMs);
};

describe('storing segments', () => {
  test('segments that touch are one interval, counted in segments and bytes', async () => {
    const id = begin();
    for (const [n, from] of [0, 2_000, 4_010].entries())
      expect((await putAtEnd(id, n, from, from + 2_000)).ok).toBe(true);
    expect(view()).toMatchObject({
      state: { kind: 'recording', recordingId: id, storedUntilMs: t0 + 6_010 },
      stored: [{ beginMs: t0, endMs: t0 + 6_010 }],
      gaps: [],
      segments: 3,
      bytes: 192,
    });
    expect(events()).toEqual(['started', 'segment-stored', 'segment-stored', 'segment-stored']);
    // What the cache says is what the rows say.
    expect(cameraView({ ...deps, coverage: openCoverage(db) }, sessionId, camera)).toEqual(view());
  });

  test('the same segment sent again gets the first reply and leaves no second row', async () => {
    const id = begin();
    const first = await putAtEnd(id, 0, 0, 2_000);
    clock.advance(5_000);
    expect(await put(id, 0, 0, 2_000)).toEqual(first);
    expect(view()).toMatchObject({ segments: 1, bytes: 64 });
    expect(events()).toEqual(['started', 'segment-stored']);
  });

  test('the same segment sent twice at once is stored once', async () => {
    const id = begin();
    clock.advance(2_000);
    const [a, b] = await Promise.all([put(id, 0, 0, 2_000), put(id, 0, 0, 2_000)]);
    expect(a).toEqual(b);
    expect(view()).toMatchObject({ segments: 1, bytes: 64 });
  });

  test('other bytes under a stored number are refused and the refusal is on record', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    expect(await put(id, 0, 0, 2_000, video(99))).toEqual(err({ code: 'SEQUENCE_REUSED' }));
    expect(events()).toEqual(['started', 'segment-stored', 'segment-refused']);
  });

  test.each<[string, () => Promise<unknown>, object]>([
    ['no such recording', () => put('nobody', 0, 0, 2_000), { code: 'NO_SUCH_RECORDING' }],
    ['not an MP4', () => put(begin(), 0, 0, 2_000, new Blob(['hello, this is text'])), { code: 'NOT_A_FRAGMENT' }],
    ['too large', () => put(begin(), 0, 0, 2_000, video(1, maxSegmentBytes + 1)), { code: 'FRAGMENT_TOO_LARGE' }],
    ['backwards', () => put(begin(), 0, 2_000, 0), { code: 'BAD_INTERVAL', data: { reason: 'empty' } }],
    ['from the future', () => put(begin(), 0, 4_000, 6_000), { code: 'BAD_INTERVAL', data: { reason: 'in-future' } }],
  ])('refused and journaled: %s', async (_name, attempt, error) => {
    expect(await attempt()).toEqual(err(error));
    expect(events().at(-1)).toBe('segment-refused');
    expect(view().segments).toBe(0);
  });

  test('a full disk refuses without storing, says so once, and goes on when there is room', async () => {
    const id = begin();
    clock.advance(2_000);
    free = reservedBytes;
    expect(await put(id, 0, 0, 2_000)).toEqual(err({ code: 'DISK_FULL' }));
    expect(await put(id, 0, 0, 2_000)).toEqual(err({ code: 'DISK_FULL' }));
    expect(events()).toEqual(['started', 'segment-refused', 'gap-begun']);
    free = 2 * reservedBytes;
    expect((await put(id, 0, 0, 2_000)).ok).toBe(true);
  });

  test('what was filmed may arrive after the session is closed, not after it is sealed', async () => {
    const id = begin();
    clock.advance(4_000);
    state = 'closed';
    expect((await put(id, 0, 0, 2_000)).ok).toBe(true);
    state = 'sealed';
    expect(await put(id, 1, 2_000, 4_000)).toEqual(err({ code: 'SESSION_SEALED' }));
  });
});

describe('gaps', () => {
  test('a camera that falls silent gets its gap from the watchdog, and the next segment ends it', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.advance(silentAfterMs);
    watchRecordings(deps);
    expect(view().gaps).toEqual([]);
    clock.advance(1);
    watchRecordings(deps);
    watchRecordings(deps);
    expect(view()).toMatchObject({
      state: { kind: 'silent', sinceMs: t0 + 2_000, reason: 'no-segments' },
      gaps: [{ beginMs: t0 + 2_000, endMs: null, reason: 'no-segments' }],
    });
    await putAtEnd(id, 1, 19_000, 21_000);
    expect(view()).toMatchObject({
      state: { kind: 'recording' },
      gaps: [{ beginMs: t0 + 2_000, endMs: t0 + 19_000, reason: 'no-segments' }],
    });
    expect(events()).toEqual(['started', 'segment-stored', 'gap-begun', 'segment-stored', 'gap-ended']);
  });

  test('segments that were only late fill the gap: on record twice, in the list not at all', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.advance(10_000);
    watchRecordings(deps);
    for (const [n, from] of [2_000, 4_000, 6_000].entries()) await put(id, n + 1, from, from + 2_000);
    expect(view()).toMatchObject({ gaps: [], stored: [{ beginMs: t0, endMs: t0 + 8_000 }] });
    expect(events().filter((e) => e.startsWith('gap'))).toEqual(['gap-begun', 'gap-ended']);
  });

  test('a hole that nobody reported goes on record with the segment after it', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    await putAtEnd(id, 7, 5_000, 7_000);
    expect(view().gaps).toEqual([{ beginMs: t0 + 2_000, endMs: t0 + 5_000, reason: 'no-segments' }]);
  });

  test('a desk that sees the cable pulled opens the gap at once, where the stored video ends', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.advance(700);
    reportFault(deps, caller, { sessionId, cameraId, fault: 'unplugged' });
    reportFault(deps, caller, { sessionId, cameraId, fault: 'absent' });
    expect(view().state).toMatchObject({ kind: 'silent', sinceMs: t0 + 2_000, reason: 'unplugged' });
    await putAtEnd(id, 1, 9_000, 11_000);
    expect(view().gaps).toEqual([{ beginMs: t0 + 2_000, endMs: t0 + 9_000, reason: 'unplugged' }]);
  });

  test('a black picture is a gap although segments go on, until the desk says it is over', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.setWall(t0 + 6_000);
    reportFault(deps, caller, { sessionId, cameraId, fault: 'black', sinceMs: t0 + 3_000 });
    await put(id, 1, 2_000, 4_000);
    await put(id, 2, 4_000, 6_000);
    expect(view().state).toMatchObject({ kind: 'silent', sinceMs: t0 + 3_000, reason: 'black' });
    clock.advance(4_000);
    reportFault(deps, caller, { sessionId, cameraId, fault: null, sinceMs: t0 + 8_000 });
    expect(view()).toMatchObject({
      state: { kind: 'recording' },
      gaps: [{ beginMs: t0 + 3_000, endMs: t0 + 8_000, reason: 'black' }],
      stored: [{ beginMs: t0, endMs: t0 + 6_000 }],
    });
  });

  test('what the station found by itself is explained once the desk says why; a reason that was given stands', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.advance(silentAfterMs + 1);
    watchRecordings(deps);
    const reason = () => view().gaps.at(-1)?.reason;
    expect(reason()).toBe('no-segments');
    for (const fault of ['black', 'unplugged', 'absent'] as const) {
      reportFault(deps, caller, { sessionId, cameraId, fault });
      expect(reason()).toBe(fault === 'black' ? 'no-segments' : 'unplugged');
    }
    expect(events()).toEqual(['started', 'segment-stored', 'gap-begun', 'gap-explained']);
  });

  test('what is only weak is on record and no gap; when nothing comes any more it is over', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    reportFault(deps, caller, { sessionId, cameraId, fault: 'slow-encoder', sinceMs: t0 + 1_000 });
    expect(view()).toMatchObject({
      state: { kind: 'recording' },
      weak: { reason: 'slow-encoder', sinceMs: t0 + 1_000 },
      gaps: [],
    });
    await putAtEnd(id, 1, 2_000, 4_000);
    clock.advance(silentAfterMs + 1);
    watchRecordings(deps);
    expect(view()).toMatchObject({
      state: { kind: 'silent', reason: 'no-segments' },
      weak: null,
      gaps: [{ beginMs: t0 + 4_000, endMs: null, reason: 'no-segments' }],
    });
    expect(events()).toEqual(['started', 'segment-stored', 'gap-begun', 'segment-stored', 'gap-ended', 'gap-begun']);
  });

  test('a run that began because the clock was set says so', async () => {
    const first = begin();
    await putAtEnd(first, 0, 0, 2_000);
    clock.setWall(t0 + 3_600_000);
    startRecording(deps, caller, { ...start, deskRun: 'desk-run-2', clockStepped: true });
    expect(view().gaps).toEqual([{ beginMs: t0 + 2_000, endMs: null, reason: 'clock' }]);
  });

  test('before the session is open nothing is missing', () => {
    state = 'preparing';
    reportFault(deps, caller, { sessionId, cameraId, fault: 'absent' });
    expect([view().gaps, events()]).toEqual([[], []]);
  });
});

describe('who records', () => {
  test('a session that is not open is not recorded', () => {
    state = 'preparing';
    const reply = startRecording(deps, caller, { ...start, deskRun: 'desk-run-1' });
    expect(reply).toEqual(err({ code: 'SESSION_NOT_OPEN', data: { state: 'preparing' } }));
    expect(events()).toEqual(['start-refused']);
  });

  test('after a restart of the station the same run goes on at its next segment', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    await putAtEnd(id, 1, 2_000, 4_000);
    deps = { ...deps, coverage: openCoverage(db) };
    const again = startRecording(deps, caller, { ...start, deskRun: 'desk-run-1' });
    expect(again).toEqual(ok({ recordingId: id, nextSequence: 2 }));
    expect(events().at(-1)).toBe('resumed');
  });

  test('a desk reloaded takes its own camera over: the time between is a gap', async () => {
    const first = begin();
    await putAtEnd(first, 0, 0, 2_000);
    clock.advance(2_500);
    const second = begin('desk-run-2');
    expect(view().state.kind).toBe('recording');
    await putAtEnd(second, 0, 5_000, 7_000);
    expect(view()).toMatchObject({
      deskRun: 'desk-run-2',
      stored: [
        { beginMs: t0, endMs: t0 + 2_000 },
        { beginMs: t0 + 5_000, endMs: t0 + 7_000 },
      ],
      gaps: [{ beginMs: t0 + 2_000, endMs: t0 + 5_000, reason: 'desk-restarted' }],
    });
  });

  test('whoever was taken over may deliver what they filmed before, and no more', async () => {
    const first = begin();
    clock.advance(2_000);
    begin('desk-run-2');
    clock.advance(3_000);
    expect((await put(first, 0, 0, 2_000)).ok).toBe(true);
    expect(await put(first, 1, 2_000, 4_000)).toEqual(err({ code: 'TAKEN_OVER' }));
    expect(startRecording(deps, caller, { ...start, deskRun: 'desk-run-1' })).toEqual(err({ code: 'TAKEN_OVER' }));
    expect(await stopRecording(deps, caller, { recordingId: first, reason: 'operator' })).toEqual(
      err({ code: 'TAKEN_OVER' }),
    );
  });

  test('stopped and started again by the operator: the pause is a gap of its own kind', async () => {
    const first = begin();
    await putAtEnd(first, 0, 0, 2_000);
    await stopRecording(deps, caller, { recordingId: first, reason: 'operator' });
    expect(view().state).toEqual({ kind: 'stopped', atMs: t0 + 2_000 });
    clock.advance(20_000);
    watchRecordings(deps);
    const second = begin('desk-run-2');
    await putAtEnd(second, 0, 22_000, 24_000);
    expect(view().gaps).toEqual([{ beginMs: t0 + 2_000, endMs: t0 + 22_000, reason: 'stopped' }]);
  });

  test('closing the session stops its cameras and ends open gaps there', async () => {
    const id = begin();
    await putAtEnd(id, 0, 0, 2_000);
    clock.advance(60_000);
    watchRecordings(deps);
    inTransaction(db, (w) => stopRecordingsOf(deps, w, { kind: 'station' }, sessionId));
    expect(view()).toMatchObject({
      state: { kind: 'stopped', atMs: t0 + 62_000 },
      gaps: [{ beginMs: t0 + 2_000, endMs: t0 + 62_000, reason: 'no-segments' }],
    });
  });
});

test('the room shows its cameras, what is needed of them and how much disk video may use', async () => {
  expect(await roomRecording(deps, { sessionId, roomId })).toEqual(
    ok({
      room: { name: '第 1 考场', location: '2 楼 201' },
      cameras: [view()],
      alone: {},
      minHeight: 720,
      audio: false,
      freeBytes: 9 * reservedBytes,
      bytesPerSecond: 150_000,
    }),
  );
  expect(await roomRecording(deps, { sessionId, roomId: RoomId.parse('R9') })).toEqual(err({ code: 'NO_SUCH_ROOM' }));
});

test('desks are told when the state changes, not at every segment', async () => {
  const id = begin();
  await putAtEnd(id, 0, 0, 2_000);
  const before = changes;
  await putAtEnd(id, 1, 2_000, 4_000);
  expect(changes).toBe(before);
});
