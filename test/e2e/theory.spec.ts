import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { type ExamDay, expect, PIN, S1, test } from './harness/day.ts';
import { choose, clickUntil, draw, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { asTheory, twoHaveSat } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

test.use({ dayOptions: { plan: asTheory } });

/** A score keeper's window at the theory marks, once they have declared to be neither site staff nor trainer. */
async function keeperAt(day: ExamDay, who: string): Promise<Page> {
  const { page } = await day.desk('/office#scores', who);
  await page.getByRole('tab', { name: '理论成绩' }).click();
  await expect(page.getByRole('heading', { name: '先声明' })).toBeVisible();
  await typePin(page, PIN, '您的 PIN');
  await clickUntil(
    page.getByRole('button', { name: '声明，开始' }),
    page.getByText('还没有理论成绩').or(page.getByText('正在录入')),
  );
  return page;
}

async function sign(page: Page, done: ReturnType<Page['getByText']>): Promise<void> {
  await draw(page, page.getByRole('img', { name: '签名处' }));
  await typePin(page, PIN, '再输一次您的 PIN');
  await pressUntil(page, 'Enter', done);
}

test('a machine’s file with faults is answered by cell, the good one is signed; a mark read wrong is corrected by two keepers', async ({
  day,
}, info) => {
  test.setTimeout(240_000);
  await twoHaveSat(day);
  const page = await keeperAt(day, 'keeper');
  const [first, second] = ['C01', 'C02'].map((id) => day.candidate(id).ticketNumber) as [string, string];
  const folder = info.outputPath('theory');
  mkdirSync(folder, { recursive: true });
  const file = async (name: string, rows: (string | number)[][]) => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('理论成绩');
    for (const row of [['准考证号', '成绩'], ...rows]) sheet.addRow(row);
    await book.xlsx.writeFile(join(folder, name));
    return join(folder, name);
  };
  const upload = page.locator('input[type=file]');
  await upload.setInputFiles(
    await file('broken.xlsx', [
      [first, 178.5],
      ['没有这个号', 60],
      [second, '及格'],
    ]),
  );
  await expect(page.getByRole('heading', { name: '3 处要改，一行都没存' })).toBeVisible();
  const places = await page
    .locator('.ant-table-row')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].slice(1, 3).map((c) => c.innerText)));
  expect(places).toEqual([
    ['2', 'B'],
    ['3', 'A'],
    ['4', 'B'],
  ]);
  await shot(page, 'theory-faults');
  await page.getByRole('button', { name: /改好了，重新选/ }).click();
  await upload.setInputFiles(
    await file('good.xlsx', [
      [first, 78.5],
      [second, 59],
    ]),
  );
  await expect(page.getByRole('heading', { name: '文件逐格核对，没有错' })).toBeVisible();
  await fitsEverywhere(page, 'theory-sign');
  await sign(page, page.getByText('理论成绩已入库'));
  await fitsEverywhere(page, 'theory-accepted');

  // 78.5 was read for 87.5: the keeper says so and signs, and nothing counts before a second keeper has.
  const row = page.getByRole('row', { name: new RegExp(first) });
  await row.getByRole('button', { name: '更正' }).click();
  await expect(page.getByRole('button', { name: '去签名' })).toBeDisabled();
  await page.getByRole('textbox', { name: '改成' }).fill('87.5');
  await page.getByRole('textbox', { name: '看原卷写一句' }).fill('机读把 8 读成 7（样本）');
  await shot(page, 'theory-correction');
  await page.getByRole('button', { name: '去签名' }).click();
  await shot(page, 'theory-correction-sign');
  await sign(page, row.getByText('等另一位成绩管理员复核'));
  const scores = async () => (await day.lead.scoring.scoreBoard({ sessionId: S1 })).rows.map((r) => r.totals[0]);
  expect(await scores()).toContainEqual({ examiner: '', totalTenths: 785, correctedTenths: null });

  const { page: other } = await day.desk('/office#scores', 'second-keeper');
  await other.getByRole('tab', { name: '更正与违纪' }).click();
  await other.getByRole('button', { name: '去复核' }).click();
  await shot(other, 'theory-correction-check');
  await sign(other, other.getByText('已生效'));
  expect(await scores()).toContainEqual({ examiner: '', totalTenths: 785, correctedTenths: 875 });
  await expect(row.locator('s')).toHaveText('78.5');
  await expect(row.getByText('87.5')).toBeVisible();
  await shot(page, 'theory-corrected');
});

test('papers typed by two who do not see each other’s marks: what differs is settled by both, then signed', async ({
  day,
}) => {
  test.setTimeout(240_000);
  await twoHaveSat(day);
  const [first, second] = ['C01', 'C02'].map((id) => day.candidate(id).ticketNumber) as [string, string];
  const type = async (page: Page, marks: readonly [string, string][]) => {
    for (const [ticket, mark] of marks) {
      const field = page.getByRole('textbox', { name: `${ticket} 的分` });
      await field.fill(mark);
      await field.blur();
      await expect(field).toHaveValue(mark);
    }
    await clickUntil(
      page.getByRole('button', { name: '我录完了' }),
      page.getByText('您录完了，等第二个人录完').or(page.getByText('两人录的有不同，请一起对原卷核定')),
    );
  };
  const one = await keeperAt(day, 'keeper');
  await type(one, [
    [first, '66'],
    [second, '71.5'],
  ]);
  const two = await keeperAt(day, 'second-keeper');
  // Nothing of the first typist's shows.
  await expect(two.getByRole('textbox', { name: `${first} 的分` })).toHaveValue('');
  await type(two, [
    [first, '66'],
    [second, '77.5'],
  ]);
  await expect(two.getByText('两人录的有不同，请一起对原卷核定')).toBeVisible();
  await choose(two, '核定为', '77.5');
  await two.getByRole('textbox', { name: '看原卷写一句' }).fill('原卷是 77.5');
  await two.getByLabel(`${day.nameOf('keeper')} 的 PIN`).fill(PIN);
  await fitsEverywhere(two, 'theory-differences');
  await two.getByRole('button', { name: '核定' }).click();
  await expect(two.getByText('两人录的一致，可以签名入库')).toBeVisible();
  await two.getByRole('button', { name: '请成绩管理员手写签名' }).click();
  await expect(two.getByRole('heading', { name: '两人录入一致' })).toBeVisible();
  await typePin(two, PIN, `${day.nameOf('keeper')} 的 PIN`);
  await shot(two, 'theory-typed-sign');
  await sign(two, two.getByText('理论成绩已入库'));
  const { rows } = await day.lead.scoring.scoreBoard({ sessionId: S1 });
  expect(rows.filter((r) => r.totals.length > 0).map((r) => r.totals[0]!.totalTenths)).toEqual([660, 775]);
});
