import { expect, PIN, S1, test } from './harness/day.ts';
import { pressUntil, typePin } from './harness/hands.ts';
import { keepDossiers, kinOf, withPanels } from './harness/panels-day.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { plan: withPanels, open: false, startsInMinutes: 60 } });

test('a seat by keyboard: who may not is shown with clause and source, who may takes it; then all is handed in', async ({
  day,
}) => {
  await day.member('supervisor');
  await keepDossiers(day, {
    E13: kinOf(day, 'C01'),
    E14: { pool: 'suspended' },
    E15: { appraisals: [], incomplete: ['appraisals'] },
  });
  await day.lead.assignment.remove({
    ...{ sessionId: S1, roomId: day.plan.rooms[0]!.roomId, version: 0 },
    examinerId: day.plan.examiners[1]!.examinerId,
    ground: 'other',
    reason: '样本：请假',
  });
  const { page } = await day.desk('/office#assignment', 'lead');
  await expect(page.getByRole('heading', { name: '201 考场 · 第 3 席' })).toBeVisible();
  const list = page.getByRole('listbox');
  await expect(list.getByRole('option')).toHaveCount(15);
  const kin = list.getByRole('option').filter({ hasText: '许考评（样本）' });
  await expect(kin).toContainText('不能派');
  await expect(kin).toContainText('与 1 人是亲属');
  await expect(kin).toContainText('云人社通〔2022〕50号 第16条');
  await expect(list.getByRole('option').filter({ hasText: '吕考评（样本）' })).toContainText('暂停考评');
  await expect(list.getByRole('option').filter({ hasText: '曹考评（样本）' })).toContainText('档案没写：年度考核');
  const submit = page.getByRole('button', { name: /提交委派/ });
  await expect(submit).toBeDisabled();
  await expect(submit).toContainText('201 考场第 3 席还空着');
  await shot(page, 'assignment-open-seat');

  // The second digit is the one with a warning among those who may: it asks for a reason.
  const warned = list.getByRole('option').filter({ hasText: '曹考评（样本）' });
  const digit = await warned.locator('kbd').innerText();
  await pressUntil(page, digit, page.getByRole('button', { name: /^派 曹考评/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '写明理由' })).toBeVisible();
  await shot(page, 'assignment-reason');
  await page.getByRole('button', { name: /已电话核实/ }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '各考场都齐了' })).toBeVisible();
  await expect(page.getByRole('button', { name: /曹考评（样本）/ })).toBeVisible();

  // The supervisor's own file is not at the station: that stays a warning of every panel.
  await submit.click();
  await expect(page.getByRole('heading', { name: '写明理由' })).toBeVisible();
  await page.getByLabel('理由', { exact: true }).fill('督导员的档案在中心');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/已提交/)).toBeVisible();
  await shot(page, 'assignment-submitted');
  const board = await day.lead.assignment.board({ sessionId: S1 });
  expect(board.rooms.map((r) => r.state)).toEqual(['full', 'full', 'full', 'full']);
});

test('what one desk changes the other sees without touching a key, with the reason beside it', async ({ day }) => {
  await keepDossiers(day, { E13: { pool: null } });
  const { page } = await day.desk('/office#assignment', 'supervisor');
  await page.getByRole('button', { name: /^钱考评/ }).click();
  await expect(page.getByText('委派由负责人做。')).toBeVisible();
  await day.lead.assignment.seat({
    ...{ sessionId: S1, roomId: day.plan.rooms[0]!.roomId, version: 0, duty: 'member' },
    examinerId: day.plan.examiners[12]!.examinerId,
    replacing: day.plan.examiners[1]!.examinerId,
    reason: '样本：电话核实',
  });
  await page.getByRole('button', { name: /^许考评/ }).click();
  await expect(page.getByText(`${day.nameOf('lead')}：样本：电话核实`)).toBeVisible();
  await shot(page, 'assignment-accepted');
});

test('on the day an examiner recuses themselves at their own desk; the lead replaces them from the board', async ({
  day,
}) => {
  await keepDossiers(day);
  await day.lead.session.open({ sessionId: S1 });
  const examiner = await day.desk('/examiner', 'E02');
  await examiner.page.getByRole('button', { name: '我要回避' }).click();
  await expect(examiner.page.getByRole('heading', { name: '自行回避' })).toBeVisible();
  await examiner.page.getByRole('button', { name: /亲属关系/ }).click();
  await examiner.page.getByLabel('写明是谁、什么关系').fill('C02 是我外甥（样本）');
  await typePin(examiner.page, PIN);
  await shot(examiner.page, 'assignment-recuse');
  await examiner.page.getByRole('button', { name: /^我回避/ }).click();
  await expect(examiner.page.getByText(/没有您的考评|不在/).first()).toBeVisible();

  const { page } = await day.desk('/office#assignment', 'lead');
  await expect(page.getByRole('heading', { name: '201 考场 · 第 3 席' })).toBeVisible();
  const gone = page.getByRole('option').filter({ hasText: '钱考评（样本）' });
  await expect(gone).toContainText('本场已回避');
  await expect(page.getByRole('button', { name: /^派 许考评/ })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '各考场都齐了' })).toBeVisible();
  await expect(page.getByText(/自行回避 · 亲属关系/)).toBeVisible();
  await shot(page, 'assignment-recused');

  // The lead's own demand, on the day.
  await page.getByRole('button', { name: /^韩考评/ }).click();
  await pressUntil(page, 'F9', page.getByRole('heading', { name: '要求 韩考评（样本） 回避' }));
  await page.getByRole('button', { name: /同单位/ }).click();
  await page.getByLabel('理由', { exact: true }).fill('考生举报（样本）');
  await shot(page, 'assignment-demand');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '202 考场 · 第 3 席' })).toBeVisible();
});
