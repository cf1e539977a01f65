import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { admit, openDoor, ROOM, S1, sessionOf } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { recordCamera } from '../../../test/harness/record-camera.ts';
import { specimenFilm } from '../../../test/harness/specimen-film.ts';
import { CameraId } from '../../lib/ids.ts';
import { firstPictureAt, readFilm } from '../../lib/mp4/film.ts';

const cameraId = CameraId.parse('201-A');
const film = { bytes: specimenFilm(4), ms: 4_000 };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Twelve seconds of video, a gap of a minute, eight more; somebody was admitted before. */
async function recorded(): Promise<{ st: TestStation; beginMs: number }> {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  st.clock.advance(sessionOf(st).startsAtMs - st.clock.wallMs() + 600_000);
  const beginMs = sessionOf(st).startsAtMs;
  const again = beginMs + 72_000;
  await recordCamera(
    st,
    cameraId,
    [
      { beginMs, endMs: beginMs + 12_000 },
      { beginMs: again, endMs: again + 8_000 },
    ],
    film,
  );
  st.journalEvents();
  return { st, beginMs };
}
const reason = '成绩复核，第 1 考场 1 号';

test('no video without a reason; each person sees by their own', async () => {
  const { st, beginMs } = await recorded();
  const supervisor = st.as('supervisor').timeline;
  expect(await codeOf(supervisor.begin({ sessionId: S1, roomId: ROOM, reason: '看' }))).toBe('BAD_REQUEST');
  expect(await codeOf(st.as('door').timeline.begin({ sessionId: S1, roomId: ROOM, reason }))).toBe('FORBIDDEN');
  const { lookUpId, byName } = await supervisor.begin({ sessionId: S1, roomId: ROOM, reason });
  expect(byName).toBe('supervisor（样本）');
  const wish = { lookUpId, cameraId, atMs: beginMs + 5_000 };
  expect(await codeOf(st.as('site-lead').timeline.segment(wish))).toBe('NO_SUCH_LOOK_UP');
  expect(await codeOf(supervisor.segment({ ...wish, lookUpId: 'L-0' }))).toBe('NO_SUCH_LOOK_UP');
  const { video, ...where } = await supervisor.segment(wish);
  expect(where).toEqual({
    beginMs: beginMs + 4_000,
    endMs: beginMs + 8_000,
    frames: 1,
    mediaType: expect.stringMatching(/^video\/mp4; codecs="avc1/),
    firstPictureAt: 0,
  });
  expect(sha256(new Uint8Array(await video.arrayBuffer()))).toBe(sha256(film.bytes));
});

test('a moment in a gap gives what comes after it, one after the last segment gives nothing', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  const at = (atMs: number) => timeline.segment({ lookUpId, cameraId, atMs });
  expect(await at(beginMs + 30_000)).toMatchObject({ beginMs: beginMs + 72_000 });
  expect(await codeOf(at(beginMs + 80_000))).toBe('NO_VIDEO');
  expect(await codeOf(timeline.segment({ lookUpId, cameraId: CameraId.parse('202-A'), atMs: beginMs }))).toBe(
    'NO_VIDEO',
  );
});

test('who looked, why and what goes on record; what was watched in one go is one stretch', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  for (const s of [0, 4, 8]) await timeline.segment({ lookUpId, cameraId, atMs: beginMs + s * 1000 });
  st.clock.advance(6_000);
  st.tick();
  const entries = st.journal().filter((e) => e.event.startsWith('timeline.'));
  const spans = [
    { lookUpId, cameraId, beginMs, endMs: beginMs + 4_000 },
    { lookUpId, cameraId, beginMs: beginMs + 4_000, endMs: beginMs + 12_000 },
  ];
  expect(entries.map((e) => [e.event, e.sessionId, e.data])).toEqual([
    ['timeline.look-up-begun', S1, { lookUpId, roomId: ROOM, reason }],
    ...spans.map((data) => ['timeline.viewed', S1, data]),
  ]);
  expect(entries.every((e) => e.actor.kind === 'staff' && e.actor.role === 'supervisor')).toBe(true);
  expect((await timeline.room({ lookUpId })).viewed.map(({ beginMs, endMs }) => [beginMs, endMs])).toEqual(
    spans.map(({ beginMs, endMs }) => [beginMs, endMs]),
  );
});

test('the timeline has the cameras, the gap, who was let in, and bookmarks', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  await timeline.bookmark({ lookUpId, cameraId, atMs: beginMs + 7_000, note: '有人走动' });
  const { cameras, events, span } = await timeline.room({ lookUpId });
  expect(cameras).toMatchObject([
    {
      cameraId,
      stored: [
        { beginMs, endMs: beginMs + 12_000 },
        { beginMs: beginMs + 72_000, endMs: beginMs + 80_000 },
      ],
      gaps: [{ beginMs: beginMs + 12_000, endMs: beginMs + 72_000, reason: 'no-segments' }],
    },
  ]);
  expect(span.endMs).toBe(sessionOf(st).endsAtMs);
  const shown = events.map((e) => [e.event, e.lane, e.tone, e.who]);
  expect(shown).toContainEqual(['checkin.admitted', 'people', 'plain', expect.stringMatching(/^1 号工位 /)]);
  expect(shown).toContainEqual(['recording.gap-begun', 'alarms', 'stop', '201 全景']);
  expect(events.find((e) => e.event === 'timeline.bookmarked')).toMatchObject({
    atMs: beginMs + 7_000,
    note: '有人走动',
  });
  expect(events.map((e) => e.atMs)).toEqual(events.map((e) => e.atMs).toSorted((a, b) => a - b));
});

test('a clip is whole segments as they are, encrypted into the evidence, on record with its sources', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  const wish = { lookUpId, cameraId, beginMs: beginMs + 9_000, endMs: beginMs + 73_000, note: '缺口前后' };
  const clip = await timeline.cutClip(wish);
  expect(clip).toMatchObject({ kind: 'clip', beginMs: beginMs + 8_000, endMs: beginMs + 76_000, note: '缺口前后' });
  const taken = await timeline.takePiece({ lookUpId, pieceId: clip.pieceId });
  const bytes = new Uint8Array(await taken.arrayBuffer());
  expect(sha256(bytes)).toBe(clip.sha256);
  const read = readFilm(bytes)!;
  expect([read.fragments.length, firstPictureAt(read)]).toEqual([8, 0]);
  const cut = st.journal().findLast((e) => e.event === 'timeline.clip-cut')?.data as { segments: object[] };
  expect(cut.segments.length).toBe(2);
  expect(st.journalEvents().filter((e) => e.startsWith('timeline.'))).toEqual([
    'timeline.look-up-begun',
    'timeline.clip-cut',
    'timeline.piece-taken',
  ]);
  expect((await timeline.room({ lookUpId })).kept).toEqual([clip]);
  const files = readdirSync(join(st.dataDir, 'vault', S1));
  expect(files.every((f) => f.endsWith('.age'))).toBe(true);
});

test('a clip that is too long, of nothing, or of two formats is not cut', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  const cut = (from: number, to: number) =>
    refusalOf(timeline.cutClip({ lookUpId, cameraId, beginMs: beginMs + from, endMs: beginMs + to }));
  expect(await cut(0, 600_001)).toEqual({ code: 'CLIP_TOO_LONG', data: { mostMs: 600_000 } });
  expect(await cut(20_000, 30_000)).toEqual({ code: 'NO_VIDEO' });
  expect(await cut(5_000, 4_000)).toEqual({ code: 'NO_VIDEO' });
});

test('a still is kept with the segment it was taken of', async () => {
  const { st, beginMs } = await recorded();
  const { timeline } = st.as('supervisor');
  const { lookUpId } = await timeline.begin({ sessionId: S1, roomId: ROOM, reason });
  const jpeg = new Blob([Buffer.from('ffd8ffe0', 'hex'), new Uint8Array(396)]);
  const wish = { lookUpId, cameraId, atMs: beginMs + 5_000, picture: jpeg };
  expect(await codeOf(timeline.keepStill({ ...wish, picture: new Blob(['x'.repeat(400)]) }))).toBe('NOT_A_PICTURE');
  expect(await codeOf(timeline.keepStill({ ...wish, atMs: beginMs + 30_000 }))).toBe('NO_VIDEO');
  const still = await timeline.keepStill(wish);
  expect(still).toMatchObject({ kind: 'still', beginMs: beginMs + 5_000, bytes: 400 });
});
