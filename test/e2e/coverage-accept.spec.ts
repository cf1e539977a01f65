import { heading } from './harness/at-door.ts';
import { expect, PIN, S1, test } from './harness/day.ts';
import { pressUntil, typePin } from './harness/hands.ts';
import { filmedExam, fourCameras } from './harness/recorded-room.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { startsInMinutes: 2, plan: fourCameras } });

test('video that is short is accepted by two persons, after the end and by both their PINs; the reason stays', async ({
  day,
}) => {
  test.setTimeout(300_000);
  await filmedExam(day, 9);
  await day.member('supervisor');
  const { page, client } = await day.desk('/office', 'lead');
  await page.getByRole('tab', { name: '问题回溯' }).click();
  await page.getByLabel('事由').fill('录像缺口，是否认定成绩');
  await pressUntil(page, 'Enter', page.getByText('这次调阅已登记'));
  await expect(heading(page, /1 号缺 \d+ 分/)).toBeVisible();

  // Before the end more may go missing: nothing to press yet, and it says when.
  const accept = page.getByRole('button', { name: '两人确认接受' });
  await expect(page.getByText('考试结束后，可由两人确认接受')).toBeVisible();
  await expect(accept).toBeHidden();
  await day.moveTo(200);
  await day.lead.session.close({ sessionId: S1 });

  await accept.click();
  const dialog = page.getByRole('dialog', { name: /仍然认定成绩/ });
  await expect(dialog.getByText('督导员（样本）')).toBeVisible();
  const confirm = dialog.getByRole('button', { name: '确认' });
  await expect(confirm).toBeDisabled();
  await shot(page, 'coverage-accept-empty');
  await dialog.getByLabel('理由', { exact: true }).fill('采集卡掉线，两名监考全程在场，见考场记录');
  await typePin(page, PIN, '您的 PIN');
  await typePin(page, '135790', '第二人的 PIN');
  await confirm.click();
  await expect(dialog.getByRole('alert')).toContainText('PIN 不对');
  await shot(page, 'coverage-accept-wrong-pin');
  // The reason stays; both PINs are typed again.
  await expect(dialog.getByLabel('理由', { exact: true })).toHaveValue(/采集卡掉线/);
  await typePin(page, PIN, '您的 PIN');
  await typePin(page, PIN, '第二人的 PIN');
  await shot(page, 'coverage-accept');
  await confirm.click();

  await expect(dialog).toBeHidden();
  await expect(heading(page, '1 号录像不足，两人已确认')).toBeVisible();
  await expect(page.getByText(/确认：采集卡掉线，两名监考全程在场，见考场记录/)).toBeVisible();
  await shot(page, 'coverage-accepted');
  const { candidates } = await client.coverage.session({ sessionId: S1 });
  expect(candidates.find((c) => c.candidateId === 'C01')?.acceptance).toMatchObject({
    secondName: day.nameOf('supervisor'),
    reason: '采集卡掉线，两名监考全程在场，见考场记录',
  });
  const { rows } = await client.journal.page({ sessionId: S1, contains: 'coverage.accepted', limit: 10 });
  expect(rows).toHaveLength(1);
});
