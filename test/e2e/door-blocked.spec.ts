import { fakeCamera, launchWith } from './harness/browser.ts';
import { clipOfTurn } from './harness/clip.ts';
import { expect, test } from './harness/day.ts';
import { scan } from './harness/hands.ts';

test.use({
  // Tracing draws the page again and again, on the thread that is measured.
  trace: 'off',
  dayOptions: { rules: { 'admission.liveness': 'turn' }, cardPhotos: true },
  launchOptions: await launchWith(...fakeCamera(await clipOfTurn())),
});

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Wall and processor time of the task, in microseconds. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The page's own thread: tasks of more than 50 ms, by wall time and by the processor's, longest first; the longest stands there in any case. */
function longTasks(trace: Buffer): { wallMs: number[]; processorMs: number[] } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain')
      .map((e) => `${e.pid}:${e.tid}`),
  );
  const tasks = traceEvents.filter((e) => e.ph === 'X' && e.name.endsWith('RunTask') && main.has(`${e.pid}:${e.tid}`));
  const over = (time: 'dur' | 'tdur') =>
    tasks
      .map((e) => Math.round((e[time] ?? 0) / 1000))
      .sort((a, b) => b - a)
      .filter((ms, i) => i === 0 || ms > 50);
  return { wallMs: over('dur'), processorMs: over('tdur') };
}

/** A report, not a limit: the figures depend on the machine and on what else it does. The aim is none over 50 ms. */
test('how long the page is blocked while a card comes, a face is taken and a head turns', async ({
  day,
  browser: own,
}) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  await page.evaluate(() => {
    const blocked: number[] = [];
    Object.assign(window, { blocked });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) blocked.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  await own.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'toplevel'] });
  day.placeCard('C02');
  await scan(page, day.candidate('C02').ticketNumber);
  await expect(page.getByRole('heading', { name: /三项都通过|人工核验/ })).toBeVisible({ timeout: 40_000 });
  const { wallMs, processorMs } = longTasks(await own.stopTracing());
  const observed = await page.evaluate(() => (window as unknown as { blocked: number[] }).blocked);
  console.log(`page blocked for more than 50 ms: ${JSON.stringify({ observed, wallMs, processorMs })}`);
});
