import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { StationClient } from '../../electron/contract/index.ts';
import type { SessionId } from '../../electron/lib/ids.ts';
import { expect, shot, test } from './harness/served.ts';
import { openDay, startRecording } from './room-day.ts';

test.setTimeout(240_000);

type Mood = 'well' | 'stalled' | 'black' | 'covered' | 'frozen' | 'unplugged';

/**
 * Puts a person's hand between the browser's camera and the page: frames pass, stop, turn black, repeat, or the device
 * is gone. Everything behind it is the real desk.
 */
async function meddleWithCamera(page: Page): Promise<(mood: Mood) => Promise<void>> {
  await page.addInitScript(() => {
    const hand = globalThis as unknown as { mood: string };
    hand.mood = 'well';
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      if (hand.mood === 'unplugged') throw new DOMException('no such device', 'NotFoundError');
      const stream = await open(wish);
      const track = stream.getVideoTracks()[0] as MediaStreamVideoTrack;
      const frames = new MediaStreamTrackProcessor({ track }).readable.getReader();
      const meddled = new MediaStreamTrackGenerator({ kind: 'video' });
      const out = meddled.writable.getWriter();
      meddled.getSettings = () => track.getSettings();
      const stop = meddled.stop.bind(meddled);
      meddled.stop = () => {
        track.stop();
        stop();
      };
      let still: Uint8Array | null = null;
      const pass = async (frame: VideoFrame) => {
        if (hand.mood === 'stalled') return;
        if (hand.mood === 'well') {
          still = null;
          return out.write(frame.clone());
        }
        const { codedWidth, codedHeight, timestamp } = frame;
        const luma = codedWidth * codedHeight;
        if (still === null) {
          still = new Uint8Array(frame.allocationSize());
          await frame.copyTo(still);
          if (hand.mood === 'black') still.fill(16, 0, luma).fill(128, luma);
          if (hand.mood === 'covered') still.fill(128);
        }
        // Skin before the lens: light, never twice the same, and without an edge.
        if (hand.mood === 'covered') for (let i = 0; i < luma; i += 1) still[i] = 110 + ((i * 7919 + timestamp) % 4);
        return out.write(new VideoFrame(still, { format: 'I420', codedWidth, codedHeight, timestamp }));
      };
      void (async () => {
        for (;;) {
          const { value: frame } = await frames.read();
          if (frame === undefined) return;
          if (hand.mood === 'unplugged') {
            frame.close();
            track.stop();
            return out.close();
          }
          await pass(frame).catch(() => undefined);
          frame.close();
        }
      })();
      return new MediaStream([meddled]);
    };
  });
  return (mood) =>
    page.evaluate((chosen) => {
      (globalThis as unknown as { mood: string }).mood = chosen;
    }, mood);
}

const bad: { mood: Mood; word: string; headline: string }[] = [
  { mood: 'stalled', word: '画面停住', headline: '1 号机没在录' },
  { mood: 'black', word: '画面全黑', headline: '1 号机画面不能用' },
  { mood: 'covered', word: '镜头被挡住', headline: '1 号机画面不能用' },
  { mood: 'frozen', word: '画面不动', headline: '1 号机画面不能用' },
  { mood: 'unplugged', word: '没有摄像机', headline: '1 号机没在录' },
];

test('a camera that stalls, goes black, is covered, freezes or is unplugged is an alarm, and each time is one gap on record and under seal', async ({
  page,
  station,
}) => {
  const { camera, client, sessionId, centre } = await openDay(page, station);
  const camerasMood = await meddleWithCamera(page);
  await startRecording(page, station);
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  const causedGaps = async () => (await camera()).gaps.filter((g) => g.reason !== 'no-segments').length;
  for (const { mood, word, headline } of bad) {
    const gapsBefore = await causedGaps();
    await camerasMood(mood);
    await expect(page.getByRole('heading', { name: headline })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText(word, { exact: true })).toBeVisible();
    await expect(page.getByText(/起，还没结束/)).toBeVisible({ timeout: 15_000 });
    await shot(page, `room-${mood}`);
    await camerasMood('well');
    await expect(page.getByRole('heading', { name: '在录' })).toBeVisible({ timeout: 40_000 });
    await expect
      .poll(async () => (await camera()).gaps.filter((g) => g.endMs === null), { timeout: 20_000 })
      .toEqual([]);
    expect(await causedGaps()).toBe(gapsBefore + 1);
  }
  const { gaps, stored } = await camera();
  // A busy machine may let frames go for a second; such a gap says so itself, and has an end.
  const caused = gaps.filter((g) => g.reason !== 'no-segments');
  expect(caused.map((g) => g.reason)).toEqual(bad.map((b) => b.mood));
  // Where no frame came nothing is stored; where frames showed nothing they are stored all the same.
  const isStored = (ms: number) => stored.some((s) => s.beginMs <= ms && ms < s.endMs);
  const middles = caused.map((g) => isStored((g.beginMs + (g.endMs ?? 0)) / 2));
  expect(middles).toEqual([false, true, true, true, false]);

  await client.session.close({ sessionId, earlyReason: '考生全部交卷，提前结束' });
  await expect(page.getByRole('heading', { name: '录像已停' })).toBeVisible({ timeout: 30_000 });
  const sealed = await sealAll(client, sessionId);
  expect(await gapsUnderSeal(sealed.folder, centre.identity)).toEqual(
    (await camera()).gaps.map(({ beginMs, endMs, reason }) => ({ beginMs, endMs, reason })),
  );
});

/** Declares whatever is missing, signs and seals, as the lead does. */
async function sealAll(client: StationClient, sessionId: SessionId) {
  const { missing } = await client.archive.closing({ sessionId });
  for (const { itemId } of missing) await client.archive.declare({ sessionId, itemId, reason: '样本：只试录像' });
  const stroke: [number, number, number][] = [
    [0, 0, 0],
    [10, 10, 50],
    [20, 5, 90],
  ];
  await client.archive.signDeclarations({ sessionId, pin: '246810', strokes: [stroke] });
  await client.archive.signOff({ sessionId, pin: '246810', strokes: [stroke] });
  return client.archive.seal({ sessionId });
}

/** The camera's gaps as the centre reads them out of the sealed bundle, opened with Debian's own age. */
async function gapsUnderSeal(folder: string, identity: string) {
  const keyFile = test.info().outputPath('centre.key');
  writeFileSync(keyFile, `${identity}\n`, { mode: 0o600 });
  const file = join(folder, 'data/3-process/recordings.json.age');
  const [camera] = JSON.parse(execFileSync('age', ['-d', '-i', keyFile, file]).toString()) as {
    gaps: { beginMs: number; endMs: number; reason: string }[];
  }[];
  const lasting = camera!.gaps.filter((g) => g.endMs > g.beginMs && g.reason !== 'slow-encoder');
  return lasting.map(({ beginMs, endMs, reason }) => ({ beginMs, endMs, reason }));
}
