import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nationalFile, signedPack } from '../../electron/features/rules/pack-fixture.ts';
import { expect, PIN, test } from './harness/day.ts';
import { dossierBook } from './harness/dossier-book.ts';
import { typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { fitsEverywhere } from './harness/spills.ts';

const centreKey = generateKeyPairSync('ed25519').privateKey;
test.use({ dayOptions: { open: false, centreKey } });

test('dossiers: a file with faults is answered by cell, the good one is looked at and kept, one is changed by hand', async ({
  day,
}, info) => {
  const { page } = await day.desk('/office#examiners', 'lead');
  await expect(page.getByText('没有档案').first()).toBeVisible();
  await page.getByRole('button', { name: '读入 Excel' }).click();
  const folder = info.outputPath('dossiers');
  mkdirSync(folder, { recursive: true });
  const broken = await dossierBook(day.plan, (book) => {
    book.getWorksheet('档案')!.getCell('E3').value = '特级';
    book.getWorksheet('考评范围')!.getCell('A4').value = 'KP-无此人';
    book.getWorksheet('工作单位')!.getCell('D2').value = '2001-01-01';
  });
  writeFileSync(join(folder, 'broken.xlsx'), broken);
  writeFileSync(join(folder, 'good.xlsx'), await dossierBook(day.plan));
  await page.locator('input[type=file][accept=".xlsx"]').setInputFiles(join(folder, 'broken.xlsx'));
  await expect(page.getByRole('heading', { name: '3 处要改，一行都没存' })).toBeVisible();
  const places = await page
    .locator('.ant-table-row')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].slice(0, 3).map((c) => c.innerText)));
  expect(places).toEqual([
    ['档案', '3', 'E'],
    ['考评范围', '4', 'A'],
    ['工作单位', '2', 'D'],
  ]);
  await shot(page, 'dossiers-faults');
  await page.getByRole('button', { name: /改好了，重新选/ }).click();

  await page.locator('input[type=file][accept=".xlsx"]').setInputFiles(join(folder, 'good.xlsx'));
  await expect(page.getByRole('heading', { name: '新建 6 份，修改 0 份' })).toBeVisible();
  await page.getByRole('textbox', { name: '理由' }).fill('首次建档，按证卡核对');
  await shot(page, 'dossiers-preview');
  await page.getByRole('button', { name: '存下这些档案' }).click();
  await expect(page.getByRole('heading', { name: /已存：新建 6 份/ })).toBeVisible();
  await page.keyboard.press('Enter');

  await expect(page.getByText('证卡还有 25 天到期')).toBeVisible();
  await fitsEverywhere(page, 'dossiers');
  await page.getByText('不能派', { exact: true }).click();
  await expect(page.locator('.dossier-row')).toHaveCount(3);
  await page.getByText('全部', { exact: true }).click();

  const { name } = day.plan.examiners[1]!;
  await page.getByRole('button', { name }).click();
  await expect(page.getByText('首次建档，按证卡核对')).toBeVisible();
  await shot(page, 'dossiers-drawer');
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByLabel('证卡截止日').fill('2099-02-30');
  await page.getByRole('textbox', { name: '理由' }).fill('换发新证');
  await page.getByRole('button', { name: '存下修改' }).click();
  await expect(page.getByText('有没填完或填错的格')).toBeVisible();
  await page.getByLabel('证卡截止日').fill('2099-02-28');
  await shot(page, 'dossiers-form');
  await page.getByRole('button', { name: '存下修改' }).click();
  await expect(page.getByText('换发新证')).toBeVisible();
  await expect(page.locator('.dossier-version ins', { hasText: '2099-02-28' })).toBeVisible();
});

test('rules: a value changed by two persons, a forged pack refused by name, the centre’s own installed', async ({
  day,
}, info) => {
  await day.member('supervisor');
  const { page, client } = await day.desk('/office#rules', 'lead');
  await expect(page.getByRole('heading', { name: /第 \d+ 版/ })).toBeVisible();
  await fitsEverywhere(page, 'rules');
  await page.getByPlaceholder('条款、出处或编号').fill('panel.size');
  await page.getByRole('button', { name: '改这个值' }).click();
  await page.getByRole('spinbutton', { name: '改为' }).fill('3');
  await page.getByRole('textbox', { name: '为什么改' }).fill('本批按三人一组，考务会决定');
  await typePin(page, PIN, '您的 PIN');
  await page.getByRole('combobox', { name: '第二人' }).click();
  await page.locator('.ant-select-item-option', { hasText: day.nameOf('supervisor') }).click();
  await typePin(page, PIN, '第二人的 PIN');
  await shot(page, 'rules-change');
  await page.getByRole('button', { name: '两人确认，改' }).click();
  await expect(page.getByText('本地改过，原为 2')).toBeVisible();
  await page.getByPlaceholder('条款、出处或编号').fill('');
  await shot(page, 'rules-list');

  await page.getByRole('button', { name: '装入签名的规则包' }).click();
  const folder = info.outputPath('packs');
  mkdirSync(folder, { recursive: true });
  const pack = nationalFile();
  pack.version += 1;
  pack.clauses.find((c) => c.id === 'panel.candidates-each')!.value = 10;
  const give = async (key: Parameters<typeof signedPack>[1]) => {
    const signed = signedPack(pack, key);
    writeFileSync(join(folder, 'pack.json'), await signed.pack.text());
    writeFileSync(join(folder, 'pack.json.sig'), await signed.signature.text());
    await page.locator('input[type=file][accept=".json"]').setInputFiles(join(folder, 'pack.json'));
    await page.locator('input[type=file][accept=".sig"]').setInputFiles(join(folder, 'pack.json.sig'));
    await page.getByRole('button', { name: '看看会改什么' }).click();
  };
  await give(generateKeyPairSync('ed25519').privateKey);
  await expect(page.getByRole('alert').filter({ hasText: '不是本计划的鉴定中心' })).toBeVisible();
  await give(centreKey);
  await expect(page.getByText('1 条有变化')).toBeVisible();
  await shot(page, 'rules-install');
  await page.getByRole('button', { name: '装入这个规则包' }).click();
  await expect(page.getByRole('heading', { name: /已装入/ })).toBeVisible();
  const { clauses } = await client.rules.overview();
  expect(clauses.find((c) => c.id === 'panel.candidates-each')!.value).toBe(10);
  expect(clauses.find((c) => c.id === 'panel.size')!.value).toBe(3);
});
