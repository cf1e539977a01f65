import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { fakeCamera, testBrowser } from '../../e2e/harness/browser.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, ROOM, SESSION, setUp } from '../exam-day.ts';
import { alternating } from '../measure.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const ROUNDS = 7;
const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>empty</title><p>.</p>';

/**
 * From asking for `/door/<room>` to the browser's first contentful paint, and to the desk itself standing there, signed
 * in and the door open. Cold: a browser profile that has never seen the station. Warm: the page opened again.
 */
export const doorFirstPaint: Benchmark = async (print) => {
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  const { executablePath, args, env, name } = await testBrowser();
  const station = await serve(ENTRIES.built, join(folder, 'data'));
  const empty = createServer((_, response) => response.setHeader('content-type', 'text/html').end(EMPTY_PAGE));
  await new Promise<void>((resolve) => empty.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath,
    args: [...args, ...fakeCamera()],
    env: { ...process.env, ...env },
  });
  try {
    const cookie = await enter(station);
    const lead = clientOf(station, cookie);
    await setUp(lead, benchPlan(10));
    await lead.session.open({ sessionId: SESSION });
    const door = `${station.origin}/door/${ROOM}`;
    const nothing = `http://127.0.0.1:${(empty.address() as AddressInfo).port}/`;
    const standing: { cold: number[]; warm: number[] } = { cold: [], warm: [] };

    const found = await alternating(ROUNDS, {
      empty: () => inNewProfile(browser, cookie, station.origin, async (page) => firstPaintMs(page, nothing)),
      cold: () =>
        inNewProfile(browser, cookie, station.origin, async (page) => {
          const paint = await firstPaintMs(page, door);
          standing.cold.push(await deskStandsMs(page));
          return paint;
        }),
      warm: () =>
        inNewProfile(browser, cookie, station.origin, async (page, context) => {
          await firstPaintMs(page, door);
          await deskStandsMs(page);
          const again = await context.newPage();
          const paint = await firstPaintMs(again, door);
          standing.warm.push(await deskStandsMs(again));
          return paint;
        }),
    });
    for (const state of ['cold', 'warm'] as const) {
      print({
        name: `door-first-paint.${state}`,
        value: rounded(found[state]),
        unit: 'ms',
        goal: '< 1000',
        ...against(found[state], found.empty, 'ms', 'an empty page'),
        note: `${name}; median of ${ROUNDS}`,
      });
      const stands = standing[state].toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
      print({
        name: `door-desk-stands.${state}`,
        value: rounded(stands),
        unit: 'ms',
        goal: '< 1500',
        note: 'until the desk itself is on the screen',
      });
    }
  } finally {
    await browser.close();
    empty.close();
    await station.stop();
    removeFolder(folder);
  }
};

async function inNewProfile<T>(
  browser: Browser,
  cookie: string,
  origin: string,
  work: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  try {
    return await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** By the browser's own clock, from the start of the navigation. */
async function firstPaintMs(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    undefined,
    { polling: 20, timeout: 30_000 },
  );
  return (await paint.jsonValue())!;
}

async function deskStandsMs(page: Page): Promise<number> {
  const since = await page.waitForFunction(
    () => (document.querySelector('.door') === null ? null : performance.now()),
    undefined,
    { polling: 'raf', timeout: 30_000 },
  );
  return (await since.jsonValue())!;
}
