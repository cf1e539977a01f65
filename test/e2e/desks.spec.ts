import { expect, test } from './harness/day.ts';
import { admitByHand } from './harness/short-cuts.ts';

const desks = [
  { path: '/', who: 'lead', shows: /请选工作台/ },
  { path: '/door/201', who: 'door', shows: /已准予入场/ },
  { path: '/room/201', who: 'invigilator', shows: /还没开始录/ },
  { path: '/examiner', who: 'E01', shows: /锁定我的评分/ },
  { path: '/office', who: 'lead', shows: /考务准备/ },
] as const;

test('no desk lets a script fail, breaks the content policy, misses a file or asks anyone but the station', async ({
  day,
}) => {
  await admitByHand(day, 'C01');
  for (const { path, who, shows } of desks) {
    const { page } = await day.desk(path, who);
    await expect(page.getByText(shows).first()).toBeVisible();
    await page.keyboard.press('F1');
    const keys = page.getByRole('dialog', { name: '全部按键' });
    await expect(keys).toBeVisible();
    await keys.getByText('English').click();
    await expect(page.getByRole('dialog', { name: 'All keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText(/[㐀-鿿]{12,}/)).toHaveCount(0);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(sideways, `${path} spills sideways`).toBe(false);
  }
  const { page } = await day.desk('/office', 'lead');
  for (const tab of ['场次计划', '人员', '设备', '日志', '收尾封存', '考前演练', '总览']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tab', { name: tab, selected: true })).toBeVisible();
    await expect(page.locator('.office-page > *').first()).toBeVisible();
  }
});

test('a window without the ticket, and one whose cookie is forged, see nothing of the station', async ({
  day,
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(day.station.origin);
  await expect(page.getByText(/这个浏览器没有主站的通行票/)).toBeVisible();
  const [issued] = await (await day.desk('/', 'lead')).context.cookies();
  await context.addCookies([{ ...issued!, value: 'A'.repeat(issued!.value.length) }]);
  await page.reload();
  await expect(page.getByText(/这个浏览器没有主站的通行票/)).toBeVisible();
  await context.close();
  const { rows } = await day.lead.journal.page({ refusalsOnly: true });
  expect(rows.length).toBeGreaterThan(0);
});

test('the office shows the page of the address, though the address changed while the desk was put up', async ({
  day,
}) => {
  const { page } = await day.desk('/office', 'lead');
  await page.addInitScript(() => {
    const listen = window.addEventListener.bind(window);
    window.addEventListener = (...args: Parameters<typeof listen>) => {
      // The change falls between the first picture and the listener, which therefore hears nothing of it.
      if (args[0] === 'hashchange') history.replaceState(null, '', '#plan');
      listen(...args);
    };
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: '现在的计划' })).toBeVisible();
  await expect(page.getByRole('tab', { name: '场次计划' })).toHaveAttribute('aria-selected', 'true');
});
