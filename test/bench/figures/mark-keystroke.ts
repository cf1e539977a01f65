import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { StationClient } from '../../../electron/contract/index.ts';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import type { ExaminerId } from '../../../electron/lib/ids.ts';
import { testBrowser } from '../../e2e/harness/browser.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, PIN, ROOM, SESSION, setUp, signAll } from '../exam-day.ts';
import { median, percentile } from '../measure.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const PEOPLE = 100;
const ITEMS = 10;
/** Cells marked in each round, a digit and Enter each. */
const CELLS = 40;
const ROUNDS = 5;
const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>empty</title><input>';

/**
 * From a key going down to the frame that shows it: in the marking grid at 100 candidates by 10 items, on a station that
 * saves every mark, and in the one field of an otherwise empty page. The wait for the next frame is in both.
 */
export const markKeystroke: Benchmark = async (print) => {
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  const { executablePath, args, env, name } = await testBrowser();
  const station = await serve(ENTRIES.built, join(folder, 'data'));
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  try {
    const lead = clientOf(station, await enter(station));
    await prepare(lead);
    const examiner = await signedIn(station, lead);
    const grid = await gridPage(browser, station.origin, examiner);
    const plain = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
    await plain.setContent(EMPTY_PAGE);
    await plain.locator('input').focus();
    for (const page of [grid, plain]) await page.evaluate(watchKeys);
    const found = { grid: [] as number[], plain: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      found.grid.push(...(await pressed(grid)));
      found.plain.push(...(await pressed(plain)));
    }
    const read = () => examiner.client.scoring.sheet({ sessionId: SESSION, roomId: ROOM });
    const savedOf = ({ rows }: Awaited<ReturnType<typeof read>>) =>
      rows.reduce((n, r) => n + Object.values(r.marks).filter((m) => m !== null).length, 0);
    let marked = await read();
    // The grid goes on saving behind the keys; a mark that never arrives ends the figure.
    for (let tries = 0; savedOf(marked) < CELLS * ROUNDS && tries < 1_000; tries += 1) marked = await read();
    const saved = savedOf(marked);
    if (saved < CELLS * ROUNDS) throw new Error(`only ${saved} of ${CELLS * ROUNDS} marks were saved`);
    const rows = marked.rows.length;
    for (const [share, label] of [
      [0.5, ''],
      [0.95, '.p95'],
    ] as const) {
      const [value, peer] = [percentile(found.grid, share), percentile(found.plain, share)];
      print({
        name: `mark-keystroke${label}`,
        value: rounded(value),
        unit: 'ms',
        goal: '<= 16',
        ...against(value, peer, 'ms', 'a field in an empty page'),
        note: `${rows} x ${marked.rubric.items.length}, ${found.grid.length} keys, ${saved} marks on record; ${name}`,
      });
    }
    print({
      name: 'mark-keystroke.beyond-peer',
      value: rounded(Math.max(0, median(found.grid) - median(found.plain))),
      unit: 'ms',
      note: 'median above that of the empty page: what the grid itself costs',
    });
  } finally {
    await browser.close();
    await station.stop();
    removeFolder(folder);
  }
};

/** A hundred candidates let in by hand, the rubric of ten items. */
async function prepare(lead: StationClient): Promise<void> {
  const day = benchPlan(10, PEOPLE - 6);
  const [rubric] = day.plan.rubrics;
  rubric!.items = Array.from({ length: ITEMS }, (_, i) => ({
    itemId: String(i + 1),
    title: `第 ${i + 1} 项`,
    maxTenths: 100,
    deductions: rubric!.items[i % rubric!.items.length]!.deductions.filter((d) => d.tenths <= 100).slice(0, 5),
  }));
  await setUp(lead, day);
  await lead.session.open({ sessionId: SESSION });
  await signAll(lead, day);
  const second = await lead.staff.add({ name: '第二人（样本）', roles: ['door'], pin: PIN });
  for (const c of day.plan.candidates.filter((x) => x.roomId === ROOM)) {
    await lead.checkin.presentTicket({ roomId: ROOM, text: c.ticketNumber });
    const { attemptId } = await lead.checkin.typeDocument({ roomId: ROOM, documentNumber: c.documentNumber });
    await lead.checkin.admitByHand({
      attemptId,
      reason: 'no-card',
      note: '',
      checks: { sameAsDocumentPhoto: true, sameAsPlanPhoto: true, numberAgrees: true, documentValid: true },
      second: { staffId: second.staffId, pin: PIN },
    });
  }
}

type Station = Awaited<ReturnType<typeof serve>>;

/** The examiner E01 at a window of their own: its cookie for the browser, and the same window's client. */
async function signedIn(station: Station, lead: StationClient) {
  const { staffId } = await lead.staff.add({
    name: '考评员（样本）',
    roles: ['examiner'],
    pin: PIN,
    examinerId: 'E01' as ExaminerId,
  });
  const { address } = await lead.site.newDesk({ path: '/examiner' });
  const cookie = await enter({ entry: new URL(address, station.origin).href });
  const client = clientOf(station, cookie);
  await client.staff.signIn({ staffId, pin: PIN, desk: 'bench' });
  return { cookie, client };
}

async function gridPage(browser: Browser, origin: string, { cookie }: { cookie: string }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/examiner`);
  await page.getByRole('row').nth(PEOPLE).waitFor();
  await page.keyboard.press('Control+Home');
  return page;
}

/** Runs in the page: notes for each key how long its frame took. The message after the frame callback comes once it is painted. */
function watchKeys(): void {
  const samples: number[] = [];
  Object.assign(window, { keySamples: samples });
  window.addEventListener(
    'keydown',
    (event) => {
      const begunMs = event.timeStamp;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => samples.push(performance.now() - begunMs);
        port2.postMessage(null);
      });
    },
    true,
  );
}

/** Marks some cells as fast as a quick hand does, and gives what the page noted. */
async function pressed(page: Page): Promise<number[]> {
  await page.bringToFront();
  for (let key = 0; key < 2 * CELLS; key += 1) {
    // Held as a person holds a key: what comes faster is taken for a scanner's, and its Enter is swallowed.
    await page.keyboard.press(key % 2 === 0 ? String(((key / 2) % 9) + 1) : 'Enter', { delay: 35 });
  }
  return page.evaluate(() => (window as unknown as { keySamples: number[] }).keySamples.splice(0));
}
