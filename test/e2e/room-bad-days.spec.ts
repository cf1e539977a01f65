import { expect, ROOM, S1, test } from './harness/day.ts';
import { pressUntil } from './harness/hands.ts';
import { shot } from './harness/served.ts';

/** The room's one camera as the station knows it. */
type Day = Parameters<Parameters<typeof test>[2]>[0]['day'];
const cameraOf = async (day: Day) => (await day.lead.recording.room({ sessionId: S1, roomId: ROOM })).cameras[0]!;

test('a station killed in the middle of recording finds the desk still filming, and declares what it lacks', async ({
  day,
}) => {
  // While it is gone the window says so, and the browser too.
  day.forgive(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/);
  const { page } = await day.desk('/room/201', 'invigilator');
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '在录' }));
  await expect.poll(async () => (await cameraOf(day)).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  const before = await cameraOf(day);

  await day.station.kill();
  await expect(page.getByText(/连不上，本机存着/)).toBeVisible({ timeout: 30_000 });
  await day.station.start();
  await expect
    .poll(async () => (await cameraOf(day)).segments, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(before.segments + 2);
  await expect(page.getByText('没有积压')).toBeVisible({ timeout: 30_000 });
  const { stored, gaps } = await cameraOf(day);
  // What was acknowledged is there from its first frame; between two stored spans stands a gap, and nothing else.
  expect(stored[0]?.beginMs).toBe(before.stored[0]?.beginMs);
  expect(gaps.map(({ beginMs, endMs }) => [beginMs, endMs])).toEqual(
    stored.slice(1).map((span, i) => [stored[i]?.endMs, span.beginMs]),
  );
});

test('a camera that is unplugged is a red alarm with its time, at the desk and in the office, and comes back by itself', async ({
  day,
}) => {
  const { page } = await day.desk('/room/201', 'invigilator');
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '在录' }));
  await expect.poll(async () => (await cameraOf(day)).segments).toBeGreaterThanOrEqual(1);

  // No fake camera can be pulled out of a browser; this is what a page is told when a real one is.
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const gone = () => Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
    Object.assign(window, { plugBack: mediaDevices.getUserMedia.bind(mediaDevices) });
    mediaDevices.getUserMedia = gone;
    for (const video of document.querySelectorAll('video')) {
      for (const track of (video.srcObject as MediaStream).getTracks()) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    }
  });
  await expect(page.getByRole('heading', { name: '1 号机没在录' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('已记一段缺口')).toBeVisible();
  await shot(page, 'room-camera-out');
  const office = await day.desk('/office', 'lead');
  await expect(office.page.getByText('201 考场少录一路')).toBeVisible({ timeout: 30_000 });
  await shot(office.page, 'office-camera-out');

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = (window as unknown as { plugBack: MediaDevices['getUserMedia'] }).plugBack;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  await expect(page.getByRole('heading', { name: '在录' })).toBeVisible({ timeout: 30_000 });
  const gaps = async () => (await cameraOf(day)).gaps.filter((g) => g.reason !== 'no-segments');
  await expect.poll(async () => (await gaps()).map((g) => g.endMs !== null)).toEqual([true]);
});
