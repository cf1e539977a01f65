import type { Page } from '@playwright/test';
import type { ServedLiveCentre } from '../../electron/centre-live/serve-live.ts';
import { noRealRouter, type RealRouter, realRouter, startCentre } from '../peers/live-centre.ts';
import { test as base, expect, shot, troubleOf } from './harness/served.ts';
import { openDay, roomId, startRecording } from './room-day.ts';

base.setTimeout(150_000);

/** A centre with the real router, at which stations of the invented day may come. */
const test = base.extend<{ router: RealRouter }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  router: async ({}, use) => {
    await use(await realRouter());
  },
});

/** The wall in a window of its own, with the person who looks. */
async function openWall(page: Page, centre: ServedLiveCentre): Promise<Page> {
  const wall = await page
    .context()
    .browser()!
    .newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  await wall.goto(centre.wallAddress);
  await wall.getByRole('textbox', { name: '姓名' }).fill('周督（样本）');
  await wall.getByRole('textbox', { name: '职务' }).fill('质量督导员');
  await wall.getByRole('button', { name: '进入' }).click();
  return wall;
}

/** Frames that the wall's browser has decoded and drawn of the first picture. */
const framesOn = (wall: Page): Promise<number> =>
  wall
    .locator('video')
    .first()
    .evaluate((v: HTMLVideoElement) => v.getVideoPlaybackQuality().totalVideoFrames);

/** Waits until so many more frames have been decoded than now. */
async function seesMore(wall: Page, frames = 15): Promise<void> {
  await expect(wall.locator('video').first()).toBeVisible({ timeout: 60_000 });
  const before = await framesOn(wall);
  await expect.poll(() => framesOn(wall), { timeout: 60_000 }).toBeGreaterThan(before + frames);
}

test.describe('with a real mediasoup router', () => {
  test.skip(noRealRouter !== null, noRealRouter ?? '');

  test('the centre asks, the office allows, the room is told, pictures arrive, and all of it is on record', async ({
    page,
    station,
    router,
  }) => {
    const trouble = troubleOf(page);
    const { client, centreKey, camera } = await openDay(page, station);
    const centre = await startCentre({ router, signing: centreKey });
    await client.supervision.setLive({ way: 'centre', address: centre.stationAddress, views: 'ask' });
    await startRecording(page, station);
    const wall = await openWall(page, centre);
    const troubleOfWall = troubleOf(wall);
    const tile = wall
      .getByRole('region')
      .filter({ has: wall.getByRole('button', { name: '请求观看' }) })
      .first();
    await expect(wall.getByText('在录 1/1').first()).toBeVisible({ timeout: 20_000 });
    await shot(wall, 'live-wall-before');

    // Nothing has left so far.
    expect(await client.supervision.room({ roomId })).toMatchObject({ wanted: false, views: [] });
    await tile.getByRole('button', { name: '请求观看' }).click();
    await wall.getByRole('textbox').fill('抽查考场秩序');
    await wall.getByRole('button', { name: '提出' }).click();

    const office = await page.context().newPage();
    troubleOf(office, trouble);
    await office.goto(`${station.origin}/office`);
    await expect(office.getByRole('heading', { name: /中心要看/ })).toBeVisible();
    await expect(office.getByText('质量督导员 周督（样本）')).toBeVisible();
    await shot(office, 'live-office-request');
    await office.getByRole('button', { name: '让中心看' }).click();

    const mark = page.locator('.live-watched');
    await expect(mark).toContainText('中心正在看');
    await expect(mark).toContainText('质量督导员 周督（样本）');
    await seesMore(wall);
    await expect(page.getByText('送出 1 路')).toBeVisible();
    await shot(page, 'live-room-watched');
    await shot(wall, 'live-wall');
    await shot(office, 'live-office-watched');

    await office.getByRole('button', { name: '停止给看' }).click();
    await expect(mark).toBeHidden();
    await expect(wall.locator('video')).toHaveCount(0);
    expect(await client.supervision.room({ roomId })).toMatchObject({ wanted: false, views: [] });

    const { rows } = await client.journal.page({ limit: 200 });
    const events = rows.flatMap(({ event }) => (event.startsWith('supervision.') ? [event] : [])).toReversed();
    expect(events).toEqual([
      'supervision.live-set',
      'supervision.requested',
      'supervision.answered',
      'supervision.view-begun',
      'supervision.view-ended',
    ]);
    expect((await camera()).gaps).toEqual([]);
    expect([trouble, troubleOfWall]).toEqual([[], []]);
    await centre.close();
  });
});
