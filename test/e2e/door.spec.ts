import { fakeCamera, testBrowser } from './harness/browser.ts';
import { clipOfC01 } from './harness/clip.ts';
import { expect, PIN, ROOM, test } from './harness/day.ts';
import { choose, pressUntil, scan, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';

const browser = await testBrowser();
test.use({
  launchOptions: {
    executablePath: browser.executablePath,
    args: [...browser.args, ...fakeCamera(await clipOfC01())],
    env: { ...(process.env as Record<string, string>), ...browser.env },
  },
});

test('card, ticket and face agree, Enter admits, and no scan ever does', async ({ day }) => {
  const { page, client } = await day.desk('/door/201', 'door');
  const admitted = async () => (await client.checkin.lane({ roomId: ROOM })).counts.admitted;
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await page.keyboard.press('Enter');
  day.placeCard('C01');
  await expect(page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
  await scan(page, day.candidate('C01').ticketNumber);
  await expect(page.getByRole('heading', { name: '核对通过' })).toBeVisible({ timeout: 15_000 });
  await shot(page, 'door-may-enter');
  await scan(page, day.candidate('C01').ticketNumber);
  await scan(page, day.candidate('C01').ticketNumber);
  await expect(page.getByRole('heading', { name: '核对通过' })).toBeVisible();
  expect(await admitted()).toBe(0);
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '已准予入场' }));
  await expect(page.getByText('请进 1 号工位')).toBeVisible();
  expect(await admitted()).toBe(1);
});
