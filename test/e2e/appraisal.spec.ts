import { readFile } from 'node:fs/promises';
import { canLookAtPages, codesIn, pageAsPng, textOfPdf } from '../harness/printed-page.ts';
import { expect, PIN, test } from './harness/day.ts';
import { pressUntil, typePin } from './harness/hands.ts';
import { inOneRoom, markedDay, PANEL } from './harness/marked-day.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { plan: inOneRoom } });

test('the examiners’ work is appraised beside figures that are called advice, and forms are saved as an official would sign them', async ({
  day,
}) => {
  test.setTimeout(180_000);
  await markedDay(day);
  const office = await day.desk('/office#appraisal', 'supervisor');
  const { page } = office;
  await expect(page.getByRole('heading', { name: '考评员考核' })).toBeVisible();
  await expect(page.getByText('只作提示，不能代替判断')).toBeVisible();
  const strict = page.getByRole('button', { name: new RegExp(day.nameOf('E03')) });
  await expect(strict.getByText(/比同组偏严/)).toBeVisible();
  await strict.click();
  await expect(page.getByRole('heading', { name: `考核 ${day.nameOf('E03')}` })).toBeVisible();
  for (const aspect of ['工作纪律', '标准掌握', '评分记录']) {
    await page
      .getByRole('radiogroup', { name: aspect })
      .getByText(aspect === '标准掌握' ? '一般' : '好', { exact: true })
      .click();
  }
  await page.getByRole('radiogroup', { name: '本场结论' }).getByText('合格', { exact: true }).click();
  await typePin(page, PIN, '您的 PIN');
  await shot(page, 'appraisal');
  await pressUntil(page, 'Enter', strict.getByText('督导员 合格'));
  await expect(page.getByText('已记入')).toBeVisible();

  await page.getByRole('tab', { name: '表册' }).click();
  await expect(page.getByRole('heading', { name: '表册' })).toBeVisible();
  await shot(page, 'forms');
  const saved = page.waitForEvent('download');
  await page
    .getByRole('row', { name: /成绩汇总表/ })
    .getByRole('button', { name: '保存' })
    .click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('成绩汇总表-201 考场.pdf');
  const pdf = new Uint8Array(await readFile(await download.path()));
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  if (canLookAtPages) {
    const text = (await textOfPdf(pdf)).replaceAll(/\s/g, '');
    expect(text).toContain('成绩汇总表');
    expect(text).toMatch(/第1页共\d页/);
    const pages = Number(/第1页共(\d)页/.exec(text)![1]);
    const codes = await Promise.all(
      Array.from({ length: pages }, async (_, i) => codesIn(await pageAsPng(pdf, i + 1, 200))),
    );
    expect(codes.flat()).toHaveLength(PANEL.length);
  }

  const own = await day.desk('/examiner', 'E01');
  await expect(own.page.getByText('本人评分表')).toBeVisible();
  await shot(own.page, 'own-sheets');
  const sheet = own.page.waitForEvent('download');
  await own.page.getByRole('button', { name: '保存' }).click();
  expect((await sheet).suggestedFilename()).toBe(`评分表-201 考场-${day.nameOf('E01')}.pdf`);
});
