import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { rubricTemplate } from '../../electron/features/scoring/rubric-file.ts';
import { expect, PIN, S1, test } from './harness/day.ts';
import { choose, draw, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { markAndSign, twoHaveSat } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

test('absent, irregular and void: by the lead with decision and evidence, in force once a supervisor has signed, the marks stay', async ({
  day,
}, info) => {
  test.setTimeout(240_000);
  await twoHaveSat(day);
  await markAndSign(day, ['201']);
  const { page } = await day.desk('/office#scores', 'lead');
  await expect(page.getByText(/^缺考 10$/)).toBeVisible();
  await fitsEverywhere(page, 'scores-absent');
  await page.getByRole('tab', { name: '更正与违纪' }).click();
  await shot(page, 'codes-empty');
  const evidence = info.outputPath('现场记录.txt');
  writeFileSync(evidence, '样本：手机在桌面响起，当场记录。');
  const set = async (ticket: string, code: string, done: string) => {
    await choose(page, '准考证号', ticket);
    await choose(page, '处理', code);
    await page.getByRole('textbox', { name: '决定或记录的文号' }).fill(`样本决〔2026〕${done}号`);
    await page.getByRole('textbox', { name: '经过和理由' }).fill('考试中使用手机（样本）');
    await page.locator('input[type=file]').setInputFiles(evidence);
    await page.getByRole('button', { name: '去签名' }).click();
    await draw(page, page.getByRole('img', { name: '签名处' }));
    await typePin(page, PIN, '再输一次您的 PIN');
    if (done === '1') await fitsEverywhere(page, 'codes-sign');
    await pressUntil(page, 'Enter', page.getByRole('heading', { name: '违纪、作废，或撤销' }));
    await expect(page.getByText(`样本决〔2026〕${done}号`)).toBeVisible();
  };
  const [first, second] = ['C01', 'C02'].map((id) => day.candidate(id).ticketNumber) as [string, string];
  await set(first, '违纪', '1');
  await set(second, '作废', '2');
  await fitsEverywhere(page, 'codes-waiting');
  const results = async () => {
    const { rows } = await day.lead.scoring.scoreBoard({ sessionId: S1 });
    return ['C01', 'C02'].map((id) => rows.find((r) => r.candidateId === id)!);
  };
  expect((await results()).map((r) => r.result)).not.toContain('irregular');

  const { page: supervisor } = await day.desk('/office#scores', 'supervisor');
  await supervisor.getByRole('tab', { name: '更正与违纪' }).click();
  for (let open = 2; open > 0; open -= 1) {
    await expect(supervisor.getByRole('button', { name: '去复核' })).toHaveCount(open);
    await supervisor.getByRole('button', { name: '去复核' }).first().click();
    await draw(supervisor, supervisor.getByRole('img', { name: '签名处' }));
    await typePin(supervisor, PIN, '再输一次您的 PIN');
    if (open === 2) await shot(supervisor, 'codes-check');
    await pressUntil(supervisor, 'Enter', supervisor.getByText('已生效').nth(2 - open));
  }
  await expect(supervisor.getByRole('button', { name: '去复核' })).toHaveCount(0);
  expect((await results()).map((r) => [r.result, r.totals.length])).toEqual([
    ['irregular', 3],
    ['void', 3],
  ]);
  await page.getByRole('tab', { name: '各人成绩' }).click();
  await expect(page.getByText(/^违纪 1$/)).toBeVisible();
  await expect(page.getByText(/^作废 1$/)).toBeVisible();
  await shot(page, 'scores-codes');
});

test('rubrics: a workbook with faults is answered by cell and keeps nothing, the good one stands on the shelf', async ({
  day,
}, info) => {
  const { page, client } = await day.desk('/office#scores', 'lead');
  await page.getByRole('tab', { name: '评分表与已合格科目' }).click();
  const folder = info.outputPath('rubrics');
  mkdirSync(folder, { recursive: true });
  const book = async (change: (b: ExcelJS.Workbook) => void, name: string) => {
    const b = new ExcelJS.Workbook();
    await b.xlsx.load(Buffer.from(await rubricTemplate()) as never);
    const fill = (sheet: string, values: Record<string, string | number>) => {
      const page1 = b.getWorksheet(sheet)!;
      const titles = Array.from({ length: page1.columnCount }, (_, i) => page1.getRow(1).getCell(i + 1).text);
      const row = page1.getRow(page1.actualRowCount + 1);
      for (const [title, value] of Object.entries(values)) {
        row.getCell(titles.findIndex((t) => t.replace('*', '') === title) + 1).value = value;
      }
    };
    fill('评分表', {
      评分表编号: 'R7',
      评分表名称: '电工技能（样本）',
      合格分: 60,
      职业: '电工',
      等级: '四级/中级工',
      科目: '技能',
    });
    fill('评分项', { 评分表编号: 'R7', 评分项编号: '1', 评分项: '安全', 满分: 40 });
    fill('评分项', { 评分表编号: 'R7', 评分项编号: '2', 评分项: '接线', 满分: 60 });
    change(b);
    await b.xlsx.writeFile(join(folder, name));
    return join(folder, name);
  };
  const upload = page.locator('input[type=file]').first();
  await upload.setInputFiles(
    await book((b) => {
      const items = b.getWorksheet('评分项')!;
      const titles = Array.from({ length: items.columnCount }, (_, i) => items.getRow(1).getCell(i + 1).text);
      items.getRow(3).getCell(titles.findIndex((t) => t.startsWith('满分')) + 1).value = '六十';
    }, 'broken.xlsx'),
  );
  await expect(page.getByRole('heading', { name: /处要改，一行都没存/ })).toBeVisible();
  await expect(page.getByRole('cell', { name: '评分项', exact: true }).first()).toBeVisible();
  await shot(page, 'rubric-faults');
  expect(await client.scoring.rubrics()).toEqual([]);
  await page.getByRole('button', { name: /改好了，重新选/ }).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await book(() => undefined, 'good.xlsx'));
  await expect(page.getByRole('heading', { name: '评分表没有错' })).toBeVisible();
  await fitsEverywhere(page, 'rubric-good');
  await page.getByRole('button', { name: '存下' }).click();
  await expect(page.getByText('电工技能（样本）')).toBeVisible();
  expect((await client.scoring.rubrics()).map((r) => r.rubricId)).toEqual(['R7']);
});
