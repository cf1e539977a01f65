import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { WebSocket } from 'ws';
import type { StationClient } from '../../../electron/contract/index.ts';
import type { FromWall, ToWall } from '../../../electron/contract/live-wall.ts';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { CENTRE_KEY } from '../../../electron/features/plan/plan-fixture.ts';
import { fakeCamera, testBrowser } from '../../e2e/harness/browser.ts';
import { badNetwork, type Weather } from '../../peers/bad-network.ts';
import { noRealRouter, realRouter, startCentre } from '../../peers/live-centre.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, ROOM, SESSION, setUp } from '../exam-day.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

/** How long each weather is measured, and how long it has to take hold before. */
const PHASE_MS = 20_000;
const SETTLE_MS = 4_000;
/** A segment is on record once the next has begun. */
const CLOSE_MS = 7_000;

const WEATHERS: Record<'fair' | 'cut' | 'slow' | 'flapping', Weather> = {
  fair: { kind: 'fair' },
  cut: { kind: 'cut' },
  slow: { kind: 'slow', bytesPerSecond: 12_000, delayMs: 200 },
  flapping: { kind: 'flapping', awayMs: 3_000, backMs: 2_000 },
};

/**
 * One camera recorded at the room desk, by the real pipeline into a real station: frames a second on record without live view,
 * before and after, and with it while the network to a real router is fair, cut, slow and flapping. All in one run.
 */
export const liveNeverCosts: Benchmark = async (print) => {
  if (noRealRouter !== null) {
    print({ name: 'live-never-costs', skipped: noRealRouter });
    return;
  }
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  const station = await serve(ENTRIES.built, join(folder, 'data'));
  const network = badNetwork(await realRouter());
  const centre = await startCentre({ router: network, signing: CENTRE_KEY });
  const { executablePath, args, env } = await testBrowser();
  let browser: Browser | null = null;
  try {
    const cookie = await enter(station);
    const lead = clientOf(station, cookie);
    await setUp(lead, benchPlan(-40));
    await lead.session.open({ sessionId: SESSION });
    await lead.supervision.setLive({ way: 'centre', address: centre.stationAddress, views: 'allow' });
    browser = await chromium.launch({
      executablePath,
      args: [...args, ...fakeCamera(), '--allow-loopback-in-peer-connection'],
      env: { ...process.env, ...env },
    });
    await record(browser, station.origin, cookie);
    const wall = await openWall(centre.port);

    const phases: { name: string; fromMs: number; toMs: number; sent: number; lost: number }[] = [];
    const measure = async (name: string) => {
      await after(SETTLE_MS);
      const [fromMs, before] = [Date.now(), network.counts()];
      await after(PHASE_MS);
      const now = network.counts();
      phases.push({ name, fromMs, toMs: Date.now(), sent: now.sent - before.sent, lost: now.lost - before.lost });
    };
    await after(SETTLE_MS);
    await measure('before');
    const viewId = await wall.look();
    for (const [name, weather] of Object.entries(WEATHERS)) {
      network.set(weather);
      await measure(name);
    }
    network.set(WEATHERS.fair);
    wall.tell({ kind: 'end-view', viewId });
    await measure('after');
    await after(CLOSE_MS);

    const segments = await segmentsOf(lead);
    const rate = (name: string): number => {
      const { fromMs, toMs } = phases.find((p) => p.name === name)!;
      const within = segments.filter((s) => s.beginMs >= fromMs && s.endMs <= toMs);
      const spanMs = within.reduce((sum, s) => sum + s.endMs - s.beginMs, 0);
      return (within.reduce((sum, s) => sum + s.frames, 0) * 1000) / spanMs;
    };
    const without = (rate('before') + rate('after')) / 2;
    for (const name of Object.keys(WEATHERS)) {
      const { sent, lost } = phases.find((p) => p.name === name)!;
      print({
        name: `live-never-costs.${name}`,
        value: rounded(rate(name)),
        unit: 'frames/s',
        goal: 'as without live view',
        ...against(rate(name), without, 'frames/s', 'the same camera without live view'),
        note: `${sent} datagrams to the router, ${lost} of them and of its answers lost`,
      });
    }
    const { cameras } = await lead.recording.room({ sessionId: SESSION, roomId: ROOM });
    print({ name: 'live-never-costs.gaps', value: cameras[0]!.gaps.length, unit: 'gaps', goal: '0' });
    wall.close();
  } finally {
    await browser?.close();
    await station.stop();
    await centre.close();
    removeFolder(folder);
  }
};

/** The room desk with its camera recording, as a person starts it. */
async function record(browser: Browser, origin: string, cookie: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/room/${ROOM}`);
  await page.getByRole('heading', { name: '还没开始录' }).waitFor();
  const deadline = Date.now() + 30_000;
  while (!(await page.getByRole('heading', { name: '在录' }).isVisible())) {
    if (Date.now() > deadline) throw new Error('the room desk did not begin to record');
    await page.keyboard.press('Enter');
    await after(500);
  }
}

/** Somebody at the wall who looks into the room. Nobody draws the picture: this measures the sending side. */
async function openWall(port: number) {
  const origin = `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live/wall`, { origin });
  let heard: Extract<ToWall, { kind: 'wall' }> | null = null;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ToWall;
    if (message.kind === 'wall') heard = message;
  });
  const tell = (message: FromWall) => socket.send(JSON.stringify(message));
  const until = async <T>(found: () => T | undefined): Promise<T> => {
    for (let tries = 0; tries < 300; tries += 1) {
      const value = found();
      if (value !== undefined) return value;
      await after(100);
    }
    throw new Error('the wall was not told in time');
  };
  await new Promise((resolve) => socket.once('open', resolve));
  tell({ kind: 'enter', key: 'specimen-wall-key', by: { name: '周督（样本）', duty: '' } });
  const wall = () => heard as Extract<ToWall, { kind: 'wall' }> | null;
  return {
    tell,
    /** @returns the look's id, once pictures go out */
    async look(): Promise<string> {
      const site = await until(() => wall()?.stations[0]);
      tell({ kind: 'ask', stationId: site.stationId, roomId: ROOM, cameraId: null, ask: 'view', text: '' });
      const { viewId } = await until(() => wall()?.views[0]);
      await until(() =>
        wall()
          ?.stations[0]?.rooms.flatMap((r) => r.cameras)
          .find((c) => c.live === 'live'),
      );
      return viewId;
    },
    close: () => socket.terminate(),
  };
}

interface Segment {
  beginMs: number;
  endMs: number;
  frames: number;
}

/** Every segment on record, out of the journal. */
async function segmentsOf(lead: StationClient): Promise<Segment[]> {
  const segments: Segment[] = [];
  let beforeSeq: number | null = null;
  for (;;) {
    const { rows } = await lead.journal.page({ beforeSeq, limit: 200 });
    for (const { event, data } of rows) if (event === 'recording.segment-stored') segments.push(data as Segment);
    const last = rows.at(-1);
    if (last === undefined || last.seq <= 1) return segments;
    beforeSeq = last.seq;
  }
}
