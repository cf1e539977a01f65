import type { Page } from '@playwright/test';
import type { ServedLiveCentre } from '../../electron/centre-live/serve-live.ts';
import { type BadNetwork, badNetwork } from '../peers/bad-network.ts';
import { noRealRouter, type RealRouter, realRouter, startCentre } from '../peers/live-centre.ts';
import { startWhipServer } from '../peers/whip-server.ts';
import { test as base, expect, shot, troubleOf } from './harness/served.ts';
import { openDay, roomId, startRecording } from './room-day.ts';

base.setTimeout(240_000);

type Camera = Awaited<ReturnType<typeof openDay>>['camera'];

/** A real router with a network before it that may turn bad. */
const test = base.extend<{ network: { router: RealRouter; weather: BadNetwork } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  network: async ({}, use) => {
    const router = await realRouter();
    await use({ router, weather: badNetwork(router) });
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

/** Presses a button of a request. One that has just come is deaf for 400 ms, so a hand may have to press again. */
async function press(office: Page, name: string): Promise<void> {
  const button = office.getByRole('button', { name });
  await expect(button).toBeVisible();
  await expect(async () => {
    // Pressed already, it is gone by now: nothing to wait for.
    if (await button.isVisible()) await button.click({ timeout: 1_500 });
    await expect(button).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

/** Frames that the wall's browser has decoded and drawn of the first picture. */
const framesOn = (wall: Page): Promise<number> =>
  wall
    .locator('video')
    .first()
    .evaluate((v: HTMLVideoElement) => v.getVideoPlaybackQuality().totalVideoFrames);

/**
 * Waits until the wall has decoded so many more frames than now, or says that recording comes first: on a machine that
 * cannot do both the pictures pause, and the word for it stands only while the line itself is open.
 */
async function goesOn(wall: Page, frames = 15): Promise<void> {
  const givesWay = wall.getByText('考点先保录像，暂停送画面').first();
  let last = await framesOn(wall);
  let more = 0;
  const look = async () => {
    const now = await framesOn(wall);
    // A new stream counts from nought.
    more += now >= last ? now - last : now;
    last = now;
    return more > frames || (await givesWay.isVisible());
  };
  await expect.poll(look, { timeout: 90_000 }).toBe(true);
}

/** Gaps that a busy machine alone makes: with or without live, no frame came in time. */
const ofTheMachine: readonly string[] = ['stalled', 'no-segments', 'queue-full'];

/** The recording goes on through all of it: one run of the camera, whose only gaps are the machine's own. */
async function neverCut(camera: Camera): Promise<void> {
  const { gaps, stored } = await camera();
  expect(gaps.filter((gap) => !ofTheMachine.includes(gap.reason))).toEqual([]);
  expect(stored.length).toBeLessThanOrEqual(gaps.length + 1);
}

test.describe('with a real mediasoup router', () => {
  test.skip(noRealRouter !== null, noRealRouter ?? '');

  test('the centre asks, the office allows, the room is told, pictures arrive, and all of it is on record', async ({
    page,
    station,
    network,
  }) => {
    const trouble = troubleOf(page);
    const { client, centreKey, camera } = await openDay(page, station);
    const centre = await startCentre({ router: network.weather, signing: centreKey });
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
    await press(office, '让中心看');

    const mark = page.locator('.live-watched');
    await expect(mark).toContainText('中心正在看');
    await expect(mark).toContainText('质量督导员 周督（样本）');
    await goesOn(wall);
    await expect(page.getByText(/送出 1 路|给录像让路/)).toBeVisible();
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
    await neverCut(camera);
    expect([trouble, troubleOfWall]).toEqual([[], []]);
    await centre.close();
  });

  test('a still is taken where it is asked, seen at the office before it leaves, and a question is answered', async ({
    page,
    station,
    network,
  }) => {
    const { client, centreKey } = await openDay(page, station);
    const centre = await startCentre({ router: network.weather, signing: centreKey });
    await client.supervision.setLive({ way: 'centre', address: centre.stationAddress, views: 'ask' });
    await startRecording(page, station);
    const wall = await openWall(page, centre);
    const room = wall.getByRole('region', { name: '201 考场' });
    await room.getByRole('button', { name: '要画面' }).click();
    await wall.getByRole('textbox').fill('请给一张全景');
    await wall.getByRole('button', { name: '提出' }).click();

    const office = await page.context().newPage();
    await office.goto(`${station.origin}/office#overview`);
    await press(office, '取画面');
    const still = office.locator('.live-still img');
    await expect(still).toBeVisible();
    await expect.poll(() => still.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(600);
    // It has not left: the centre still waits.
    await expect(wall.getByText('等考点答复')).toBeVisible();
    await shot(office, 'live-office-still');
    await press(office, '送给中心');
    await expect(wall.getByRole('img', { name: /的画面/ })).toBeVisible();

    await room.getByRole('button', { name: '提问' }).click();
    await wall.getByRole('textbox').fill('缺考几人？');
    await wall.getByRole('button', { name: '提出' }).click();
    await office.getByRole('textbox', { name: '写给中心的答复' }).fill('缺考一人，已记录。');
    await press(office, '送出答复');
    await expect(wall.getByText('缺考一人，已记录。')).toBeVisible();
    await shot(wall, 'live-wall-answers');
    await expect
      .poll(async () => (await client.supervision.state()).requests.map((r) => r.state))
      .toMatchObject([
        { kind: 'answered', outcome: 'reply', arrived: true },
        { kind: 'answered', outcome: 'still', arrived: true },
      ]);

    await office.goto(`${station.origin}/office#devices`);
    await expect(office.getByText('已连上 样本鉴定中心')).toBeVisible();
    await shot(office, 'live-office-setting');
    await centre.close();
  });

  test('network gone and back, worker killed, centre gone and back: pictures return by themselves, and recording goes on through all of it', async ({
    page,
    station,
    network,
  }) => {
    const { client, centreKey, camera } = await openDay(page, station);
    let centre = await startCentre({ router: network.weather, signing: centreKey });
    await client.supervision.setLive({ way: 'centre', address: centre.stationAddress, views: 'allow' });
    await startRecording(page, station);
    const wall = await openWall(page, centre);
    const room = wall.getByRole('region', { name: '201 考场' });
    const look = async () => {
      await room.getByRole('button', { name: '请求观看' }).click();
      await wall.getByRole('button', { name: '提出' }).click();
    };
    await look();
    await goesOn(wall);

    // Away until the window notices, and a little longer: ICE is restarted, and brings the same transport back.
    const wayIn = () =>
      [...centre.live.floor.stations.values()][0]?.rooms.find((r) => r.roomId === roomId)?.cameras[0]?.live;
    const ways = () => [...centre.live.floor.stations.values()].map((s) => s.ways.get(roomId)?.transportId);
    const before = ways();
    network.weather.set({ kind: 'cut' });
    await expect.poll(wayIn, { timeout: 30_000 }).toBe('waiting');
    await expect.poll(() => network.weather.counts().restarts, { timeout: 15_000 }).toBeGreaterThan(0);
    network.weather.set({ kind: 'fair' });
    await expect.poll(wayIn, { timeout: 30_000 }).toMatch(/^(live|giving-way)$/);
    expect(ways()).toEqual(before);
    await goesOn(wall);

    // Longer than anything waits: everything is taken down, and built anew once there is a network.
    network.weather.set({ kind: 'cut' });
    await expect(page.getByText(/自动再接/)).toBeVisible({ timeout: 60_000 });
    network.weather.set({ kind: 'fair' });
    await expect.poll(wayIn, { timeout: 60_000 }).toMatch(/^(live|giving-way)$/);
    expect(ways()).not.toEqual(before);

    process.kill(network.router.workerPid(), 'SIGKILL');
    await expect.poll(wayIn, { timeout: 40_000 }).toMatch(/^(waiting|opening)$/);
    await expect.poll(wayIn, { timeout: 40_000 }).toMatch(/^(live|giving-way)$/);

    await centre.close();
    await expect(page.getByText(/自动再接/)).toBeVisible({ timeout: 40_000 });
    await shot(page, 'live-room-away');
    const port = centre.port;
    const again = await realRouter();
    centre = await startCentre({ router: again, signing: centreKey, port });
    await expect(room.getByRole('button', { name: '请求观看' })).toBeEnabled({ timeout: 60_000 });
    await look();
    await goesOn(wall);
    await neverCut(camera);
    await centre.close();
  });
});

test('over WHIP every camera goes out by itself, decodable; the room says that anybody may watch; a stream that is lost comes back', async ({
  page,
  station,
}) => {
  const { client, sessionId } = await openDay(page, station);
  const server = await startWhipServer({ token: 'specimen-token' });
  const { address } = server;
  await client.supervision.setLive({ way: 'whip', address, views: 'ask', token: 'specimen-token' });
  await startRecording(page, station);
  const mark = page.locator('.live-watched');
  await expect(mark).toContainText('画面正送往 127.0.0.1', { timeout: 30_000 });
  await expect(mark).toContainText('那边谁在看，本站不知道');
  await shot(page, 'live-room-whip');
  const camera = (await client.recording.room({ sessionId, roomId })).cameras[0]!.cameraId;
  const path = `/whip/${roomId}/${camera}`;
  await expect.poll(() => server.frames.packets(path), { timeout: 30_000 }).toBeGreaterThan(200);
  const film = await server.frames.decoded(path);
  expect(film.frames).toBeGreaterThan(20);
  expect(film.width).toBeGreaterThanOrEqual(300);

  await server.lose();
  await expect.poll(() => server.open(), { timeout: 60_000 }).toEqual([path]);
  const before = server.frames.packets(path);
  // It flows again, or waits for the recording, which comes first.
  const givesWay = page.getByText(/给录像让路/);
  const flows = async () => server.frames.packets(path) > before + 50 || (await givesWay.isVisible());
  await expect.poll(flows, { timeout: 30_000 }).toBe(true);

  await client.supervision.setLive({ way: 'none', address: '', views: 'ask' });
  await expect(mark).toBeHidden();
  await expect.poll(() => server.open()).toEqual([]);
  await server.close();
});
