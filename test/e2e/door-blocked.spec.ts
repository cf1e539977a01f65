import { fakeCamera, testBrowser } from './harness/browser.ts';
import { clipOfTurn } from './harness/clip.ts';
import { expect, test } from './harness/day.ts';
import { scan } from './harness/hands.ts';

const browser = await testBrowser();
test.use({
  // Tracing draws the page again and again, on the thread that is measured.
  trace: 'off',
  dayOptions: { rules: { 'admission.liveness': 'turn' }, cardPhotos: true },
  launchOptions: {
    executablePath: browser.executablePath,
    args: [...browser.args, ...fakeCamera(await clipOfTurn())],
    env: { ...(process.env as Record<string, string>), ...browser.env },
  },
});

/** A report, not a limit: the figure depends on the machine and on what else it does. The aim is none over 50 ms. */
test('how long the page is blocked while a card comes, a face is taken and a head turns', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await page.evaluate(() => {
    const blocked: number[] = [];
    Object.assign(window, { blocked });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) blocked.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  day.placeCard('C02');
  await scan(page, day.candidate('C02').ticketNumber);
  await expect(page.getByRole('heading', { name: /三项都通过|人工核验/ })).toBeVisible({ timeout: 40_000 });
  const blocked = await page.evaluate(() => (window as unknown as { blocked: number[] }).blocked);
  console.log(`page blocked for more than 50 ms: ${blocked.length} times, longest ${Math.max(0, ...blocked)} ms`);
});
