import { mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { contentClaims } from '../../electron/cli/content-claims.ts';
import { verifyBundle } from '../../electron/features/archive/verify-bundle.ts';
import { expect, PIN, S1, test } from './harness/day.ts';
import { download, draw, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { admitByHand, markAndSign } from './harness/short-cuts.ts';

test('end, say what is missing, sign, seal, read the report, take it away: by keys; the bundle verifies, a bitten one does not', async ({
  day,
}, info) => {
  test.setTimeout(150_000);
  await admitByHand(day, 'C01');
  await admitByHand(day, 'C07');
  const { page, client } = await day.desk('/office', 'lead');
  await day.moveTo(151);

  // Alarms stand before the session's own step: cameras that film nothing are dealt with first, one Enter each.
  const ending = page.getByRole('dialog', { name: '结束考试吗？' });
  await pressUntil(page, 'Enter', ending);
  await pressUntil(page, 'Enter', page.getByText('等考评员锁定和签名'));
  await markAndSign(day, ['201']);
  await page.getByRole('tab', { name: '收尾封存' }).click();

  // Paper is counted by the lead, then by another person at the same desk.
  const { lines } = await client.paper.view({ sessionId: S1 });
  const fill = async () => {
    const fields = page.locator('.paper-line input');
    await expect(fields).toHaveCount(lines.length);
    for (const [i, { expected }] of lines.entries()) await fields.nth(i).fill(String(expected ?? 2));
  };
  await expect(page.getByRole('heading', { name: '清点纸质材料' })).toBeVisible();
  await fill();
  await page.getByRole('button', { name: /录入第一遍/ }).click();
  await expect(page.getByText(/第一遍由/)).toBeVisible();
  await fill();
  await page.getByRole('combobox', { name: '第二人' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await typePin(page, PIN, '第二人的 PIN');
  await shot(page, 'closing-paper');
  await page.getByRole('button', { name: /录入第二遍/ }).click();
  const heading = page.locator('.closing-head h2');
  await expect(heading).toHaveText(/缺 \d+ 项，还差 \d+ 项原因/);

  // Gone back to: a sheet is scanned, shown and stays.
  await page.getByRole('button', { name: /清点纸质材料/ }).click();
  await page.getByText('扫描件', { exact: true }).click();
  await page.getByRole('textbox', { name: '题名' }).fill('考场记录（样本）');
  const sheet = await page.screenshot();
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: sheet });
  await page.getByRole('button', { name: '看', exact: true }).click();
  await expect(page.getByRole('img', { name: '考场记录（样本）' })).toBeVisible();
  await page.keyboard.press('Escape');
  await shot(page, 'closing-scans');
  await page.getByText('证书数据', { exact: true }).click();
  await expect(page.getByText(/22 位编号/)).toBeVisible();
  await shot(page, 'closing-certificates');
  await page.getByText('清点件数', { exact: true }).click();
  await page.getByRole('button', { name: /接着做下一步/ }).click();

  await expect(heading).toHaveText(/缺 \d+ 项，还差 \d+ 项原因/);
  const { missing } = await client.archive.closing({ sessionId: S1 });
  expect(missing.map((item) => item.code)).toEqual(
    expect.arrayContaining(['no-recording', 'marks-not-locked', 'no-supervisor']),
  );
  await shot(page, 'closing-missing');
  for (let open = missing.length; open > 0; open -= 1) {
    await expect(heading).toHaveText(`缺 ${missing.length} 项，还差 ${open} 项原因`);
    await page.keyboard.press('1');
    await expect(page.getByRole('button', { pressed: true })).toHaveCount(1);
    const next =
      open === 1
        ? page.getByRole('heading', { name: '请在缺项说明上签字' })
        : page.getByText(`缺 ${missing.length} 项，还差 ${open - 1} 项原因`);
    await pressUntil(page, 'Enter', next);
  }
  await draw(page, page.getByRole('img', { name: '负责人签名处' }));
  await typePin(page, PIN, '再输一次您的 PIN');
  await shot(page, 'closing-declarations');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '请负责人签字' }));

  await draw(page, page.getByRole('img', { name: '负责人签名处' }));
  await typePin(page, '135790', '再输一次您的 PIN');
  await page.keyboard.press('Enter');
  await expect(page.getByText('PIN 不对（已错 1 次）')).toBeVisible();
  await typePin(page, PIN, '再输一次您的 PIN');
  await shot(page, 'closing-sign-off');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '可以封存了' }));
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: /已封存/ }));
  const bundle = (await client.archive.closing({ sessionId: S1 })).bundle!;
  await expect(page.getByText(bundle.sealCode)).toBeVisible();

  const disk = info.outputPath('disk');
  mkdirSync(disk, { recursive: true });
  await page.getByRole('combobox', { name: '文件夹' }).fill(disk);
  await expect(page.getByRole('combobox', { name: '文件夹' })).toBeFocused();
  await pressUntil(page, 'Enter', page.getByText('已写好，已核对'));
  await shot(page, 'closing-sealed');
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: '封存包核验报告' })).toBeVisible();
  await expect(page.getByText(/^没有发现改动/)).toBeVisible();
  await shot(page, 'closing-report');
  expect((await download(page, 'F6')).name).toBe(`核验报告-${bundle.bundleId}.html`);

  const [name] = readdirSync(disk);
  const dir = join(disk, name!);
  const options = { identity: day.centreIdentity, contentClaims };
  const verified = await verifyBundle(dir, options);
  expect(verified.claims.filter((claim) => claim.result === 'fail')).toEqual([]);
  expect(verified).toMatchObject({ withKey: true, counts: { fail: 0 } });
  expect(verified.bundle.sealCode).toBe(bundle.sealCode);
  const bitten = readdirSync(join(dir, 'data'), { recursive: true, encoding: 'utf8' })
    .map((file) => join(dir, 'data', file))
    .find((file) => statSync(file).isFile())!;
  truncateSync(bitten, statSync(bitten).size - 1);
  expect((await verifyBundle(dir, options)).counts.fail).toBeGreaterThan(0);
});
