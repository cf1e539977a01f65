import { expect, test } from './harness/day.ts';
import { clickUntil, pressUntil } from './harness/hands.ts';
import { shot } from './harness/served.ts';

test('the lead sets the reader by its address, and is told plainly when nothing is there', async ({ day }) => {
  const { page } = await day.desk('/office', 'lead');
  await page.getByRole('tab', { name: '设备' }).click();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  await shot(page, 'devices');
  await page.getByRole('combobox', { name: '地址' }).fill('com7');
  await page.getByRole('button', { name: '保存并连接' }).click();
  await expect(page.getByText('这个地址上没有读卡器')).toBeVisible();
  expect((await day.lead.site.reader()).address).toBe('serial:COM7');
  await page.getByRole('button', { name: '不接读卡器' }).click();
  await expect(page.getByText('没有接读卡器')).toBeVisible();
});

test('a one-time address lets another browser in at the desk it was given for, once', async ({ day, browser }) => {
  const { page } = await day.desk('/office', 'lead');
  await page.getByRole('tab', { name: '设备' }).click();
  await page.getByRole('button', { name: '给出进入地址' }).click();
  const address = await page.locator('.devices-address').innerText();
  await shot(page, 'devices-new-desk');

  const other = await browser.newContext();
  const window = await other.newPage();
  await window.goto(address);
  await expect(window.getByRole('heading', { name: '请登录' })).toBeVisible();
  expect(new URL(window.url()).pathname).toBe('/door/201');
  expect((await other.request.get(address, { maxRedirects: 0 })).status()).toBe(403);
  await other.close();
});

test('keys that the other shell wrapped: the page says which way of starting opens them and asks for nothing', async ({
  day,
}) => {
  const { page } = await day.desk('/office', 'lead');
  // What this station would answer in a shell of the other kind.
  await page.route('**/rpc/site/state', async (route) => {
    const reply = await route.fetch();
    const { json, meta } = await reply.json();
    await route.fulfill({
      response: reply,
      json: { json: { ...json, kind: 'locked', wrappedBy: 'os-keystore' }, meta },
    });
  });
  await page.reload();
  await page.getByRole('tab', { name: '设备' }).click();
  await expect(page.getByRole('heading', { name: '密钥在这种启动方式下打不开' })).toBeVisible();
  await expect(page.getByPlaceholder('口令')).toHaveCount(0);
  await shot(page, 'devices-other-wrap');
});

test('the end of a number finds the person, who goes on to two persons', async ({ day }) => {
  const { page, client } = await day.desk('/door/201', 'door');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  const field = page.getByRole('textbox', { name: '输证件号或准考证号' });
  await pressUntil(page, 'F2', field);
  await field.fill(day.candidate('C01').documentNumber.slice(-4));
  const choice = page.getByRole('option', { name: day.candidate('C01').name });
  await pressUntil(page, 'Enter', choice);
  await shot(page, 'door-look-up');
  await clickUntil(
    page.getByRole('button', { name: '就是这位' }),
    page.getByRole('heading', { name: '人工核验，先看 4 项' }),
  );
  const { attempt } = await client.checkin.lane({ roomId: day.plan.rooms[0]!.roomId });
  expect(attempt).toMatchObject({ candidateId: 'C01', documentBy: 'typed', decision: { kind: 'call-person' } });
});
