import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { writeWorkbook } from '../../electron/features/plan/write-workbook.ts';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { expect, test } from './harness/day.ts';
import { download, pressUntil } from './harness/hands.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { open: false } });

test('the template opens, a broken workbook is answered by place and saves nothing, the good one is looked at and saved', async ({
  day,
}, info) => {
  const { page, client } = await day.desk('/office', 'lead');
  await page.getByRole('tab', { name: '场次计划' }).click();
  await expect(page.getByRole('heading', { name: '现在的计划' })).toBeVisible();
  const before = await client.plan.current();
  await page.getByRole('button', { name: '换一份计划' }).click();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载模板' }).click();
  const template = new ExcelJS.Workbook();
  await template.xlsx.readFile(await (await downloading).path());
  expect(template.worksheets.map((sheet) => sheet.name)).toContain('考生');

  // The same plan, its title changed, and two slips in it: a number with a wrong check digit, a room nobody has.
  const good = await writeWorkbook({ ...day.plan, batch: '样本批次二' });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(good as never);
  const sheet = book.getWorksheet('考生')!;
  const header = headerOf(sheet);
  const columnOf = (title: string) => header.titles.findIndex((text) => text.startsWith(title)) + 1;
  sheet.getRow(header.row + 2).getCell(columnOf('证件号码')).value = '310199190001010011';
  sheet.getRow(header.row + 3).getCell(columnOf('考场')).value = '999';
  const folder = info.outputPath('plan');
  mkdirSync(join(folder, 'photos'), { recursive: true });
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(photos.error.package);
  for (const { photo } of day.plan.candidates)
    writeFileSync(join(folder, 'photos', photo.file), photos.value.photos.get(photo.sha256)!);
  writeFileSync(join(folder, 'good.xlsx'), good);
  await book.xlsx.writeFile(join(folder, 'broken.xlsx'));

  const give = async (workbook: string) => {
    await page.locator('input[type=file][accept=".xlsx"]').setInputFiles(join(folder, workbook));
    await page.locator('input[type=file][webkitdirectory]').setInputFiles(join(folder, 'photos'));
    await expect(page.getByText('12 张照片')).toBeVisible();
    await pressUntil(page, 'Enter', page.getByRole('heading', { name: /处要改，一行都没存|检查通过/ }));
  };
  await give('broken.xlsx');
  const places = await page
    .locator('.ant-table-row')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].slice(0, 3).map((cell) => cell.innerText)),
    );
  const letter = (title: string) => sheet.getColumn(columnOf(title)).letter;
  const wrongNumber = ['考生', String(header.row + 2), letter('证件号码')];
  const wrongRoom = ['考生', String(header.row + 3), letter('考场')];
  expect(places).toEqual(expect.arrayContaining([wrongNumber, wrongRoom]));
  await shot(page, 'plan-problems');
  expect(await client.plan.current()).toEqual(before);
  const list = await download(page, 'Enter');
  expect(list.name).toBe('计划问题.csv');
  expect(readFileSync(list.path, 'utf8')).toContain(wrongNumber.join(','));

  await page.keyboard.press('Escape');
  await give('good.xlsx');
  await expect(page.getByRole('heading', { name: '检查通过，可以存了' })).toBeVisible();
  await expect(page.getByText('样本批次二')).toBeVisible();
  expect(await client.plan.current()).toEqual(before);
  await shot(page, 'plan-ready');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '现在的计划' }));
  expect((await client.plan.current())?.summary).toMatchObject({ batch: '样本批次二', candidates: 12, photos: 12 });
});

/** The row that names the columns, and their titles from the first column on. */
function headerOf(sheet: ExcelJS.Worksheet): { row: number; titles: string[] } {
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    const titles = Array.from({ length: sheet.columnCount }, (_, i) => sheet.getRow(row).getCell(i + 1).text);
    if (titles.some((title) => title.startsWith('证件号码'))) return { row, titles };
  }
  throw new Error('the sheet of candidates has no heading');
}
