import { resolve } from 'node:path';
import { residentCardText } from '../../electron/devices/id-reader/cards.ts';
import { startSimulatedService } from '../../electron/devices/id-reader/service/simulated-service.ts';
import { startSimulatedReader } from '../../electron/devices/id-reader/simulated.ts';
import { bmpFile } from '../../electron/devices/photo-decoder/specimen-bmp.ts';
import type { PlannedCandidate } from '../../electron/features/plan/plan-schema.ts';
import { sampleCard } from '../../resources/sample-day/sample-card.ts';
import { type ExamDay, expect, test } from './harness/day.ts';
import { clickUntil, pressUntil } from './harness/hands.ts';
import { shot } from './harness/served.ts';

/** 05.01-20200101-0000000002-1, a specimen number. */
const SECOND_MODULE = Uint8Array.of(5, 0, 1, 0, 0xa5, 0x3a, 0x34, 1, 2, 0, 0, 0, 1, 0, 0, 0);
const STAND_IN = resolve(import.meta.dirname, '../../electron/devices/photo-decoder/stand-in-decoder.mjs');
const cardOf = (candidate: PlannedCandidate) => ({
  text: residentCardText(sampleCard(candidate)),
  photo: new Uint8Array(1024),
});

test('each lane has its own reader, and says which; the office names the one that is lost', async ({ day }) => {
  const second = await startSimulatedReader({ port: 0, traits: { samId: SECOND_MODULE } });
  await day.lead.site.addReader({ label: '二号', address: `tcp:127.0.0.1:${second.port}` });
  const { page, client } = await day.desk('/door/201', 'door');
  const { roomId } = day.plan.rooms[0]!;
  // The first lane has its reader before the second one asks: whoever asks first takes the first.
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  const other = await day.person('second');
  await other.checkin.lane({ roomId, lane: 2 });
  await expect(page.getByText('读卡器 1 05.01-20200101-0000000001-1', { exact: true })).toBeVisible({
    timeout: 15_000,
  });
  await shot(page, 'door-which-reader');
  second.place(cardOf(day.candidate('C02')));
  const at = async (lane: number) => (await client.checkin.lane({ roomId, lane, again: true })).attempt?.candidateId;
  await expect.poll(() => at(2)).toBe('C02');
  expect(await at(1)).toBe(undefined);
  await second.unplug();
  const office = await day.desk('/office', 'lead');
  await expect(office.page.getByText('读卡器断开：二号')).toBeVisible();
  await shot(office.page, 'office-reader-lost');
  await second.close();
});

/** The devices page, and one reader's entry on it by name. */
async function devicesPage(day: ExamDay) {
  const { page } = await day.desk('/office', 'lead');
  await page.getByRole('tab', { name: '设备' }).click();
  const reader = (label: string) => page.getByRole('listitem').filter({ hasText: label });
  return { page, reader };
}

test('readers: a second one is added where nothing is yet, mended, tried with a card, and taken off the list', async ({
  day,
}) => {
  const second = await startSimulatedReader({ port: 0, traits: { samId: SECOND_MODULE } });
  const { page, reader } = await devicesPage(day);
  const first = reader('读卡器 1');
  await expect(first.getByText('就绪')).toBeVisible();
  await expect(first.getByText('模块号 05.01-20200101-0000000001-1')).toBeVisible();
  await page.getByRole('button', { name: '添加读卡器' }).click();
  await page.getByRole('combobox', { name: '地址' }).fill('com7');
  await shot(page, 'devices-add-reader');
  await page.getByRole('button', { name: '保存并连接' }).click();
  await expect(reader('读卡器 2').getByText('这个地址上没有读卡器')).toBeVisible();
  await shot(page, 'devices-reader-lost');

  await reader('读卡器 2').getByRole('button', { name: '改' }).click();
  await page.getByRole('textbox', { name: '名称' }).fill('二号门');
  await page.getByRole('combobox', { name: '地址' }).fill(`tcp:127.0.0.1:${day.reader.port}`);
  await page.getByRole('button', { name: '保存并连接' }).click();
  await expect(page.getByText('这个地址已经是“读卡器 1”的')).toBeVisible();
  await page.getByRole('combobox', { name: '地址' }).fill(`tcp：127.0.0.1：${second.port}`);
  await page.getByRole('button', { name: '保存并连接' }).click();
  await expect(reader('二号门').getByText('模块号 05.01-20200101-0000000002-1')).toBeVisible();

  await reader('二号门').getByRole('button', { name: '试读' }).click();
  await expect(page.getByText('请在“二号门”上放一张证')).toBeVisible();
  second.place(cardOf(day.candidate('C01')));
  const { documentNumber, name } = day.candidate('C01');
  await expect(reader('二号门').getByText('读到：居民身份证')).toContainText(documentNumber.slice(-4));
  await expect(page.getByText(documentNumber)).toHaveCount(0);
  await expect(page.getByText(name)).toHaveCount(0);
  await shot(page, 'devices');

  await reader('二号门').getByRole('button', { name: '改' }).click();
  await shot(page, 'devices-change-reader');
  await page.getByRole('button', { name: '移除' }).click();
  await page.getByRole('button', { name: '再按一次，确定移除' }).click();
  await expect(reader('二号门')).toHaveCount(0);
  expect((await day.lead.site.readers()).readers.map((r) => r.label)).toEqual(['读卡器 1']);
  await second.close();
});

test("a maker's service gives the photograph; the program for photographs makes one of the card's own", async ({
  day,
}) => {
  const service = await startSimulatedService({ dialect: 'huashi', port: 0 });
  const { page, reader } = await devicesPage(day);
  await page.getByRole('button', { name: '添加读卡器' }).click();
  await page.getByRole('combobox', { name: '地址' }).fill(service.address);
  await page.getByRole('button', { name: '保存并连接' }).click();
  const added = reader('读卡器 2');
  await expect(added.getByText('就绪')).toBeVisible();
  await added.getByRole('button', { name: '试读' }).click();
  await expect(page.getByText('请在“读卡器 2”上放一张证')).toBeVisible();
  const grey = { width: 102, height: 126, data: new Uint8Array(102 * 126 * 3).fill(0x90) };
  const fields = { kind: 'resident', ...sampleCard(day.candidate('C02')) } as const;
  service.place({ fields, photo: bmpFile(grey) });
  await expect(added.getByText('照片能看')).toBeVisible();
  await service.stop();
  await expect(added.getByText('厂家的读卡服务没有开')).toBeVisible();

  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: '证件照解码' }) });
  await card.getByRole('button', { name: '设置', exact: true }).click();
  const decoder = page.getByRole('textbox', { name: '厂家解码程序的命令行' });
  await decoder.fill('wlt2bmp');
  await card.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('程序要写完整路径')).toBeVisible();
  await decoder.fill(`"${process.execPath}" "${STAND_IN}" well {wlt} {picture}`);
  await card.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('已设置，还没解过照片')).toBeVisible();
  const usual = reader('读卡器 1');
  await usual.getByRole('button', { name: '试读' }).click();
  await expect(page.getByText('请在“读卡器 1”上放一张证')).toBeVisible();
  day.placeCard('C01');
  await expect(usual.getByText('照片能看')).toBeVisible();
  await expect(page.getByText(/能用，\d\d:\d\d/)).toBeVisible();
  await shot(page, 'devices-decoder');
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
