import { readFileSync } from 'node:fs';
import { PublishedInspection, verifyInspection } from '../../electron/features/inspections/published-inspection.ts';
import { fakeCamera, launchWith } from './harness/browser.ts';
import { expect, PIN, S1, test } from './harness/day.ts';
import { clickUntil, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { admitByHand } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

test.use({ launchOptions: await launchWith(...fakeCamera()) });

test('an inspection is drawn at the office, done in the room, signed by the lead; its draw is repeated from the file', async ({
  day,
}) => {
  test.setTimeout(180_000);
  for (const candidate of ['C01', 'C02', 'C03']) await admitByHand(day, candidate);
  const { page } = await day.desk('/office#inspections', 'lead');
  await expect(page.getByRole('button', { name: /没有空着的督导员/ })).toBeDisabled();
  await expect(page.getByText('supervision.inspection-candidates')).toBeVisible();
  await fitsEverywhere(page, 'inspections-none');
  await day.desk('/office#inspections', 'supervisor');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: `${day.nameOf('supervisor')} 查 201 考场` }));
  await fitsEverywhere(page, 'inspections-drawn');

  // In the room the bar says so, and the supervisor fills the form in at the room's own desk.
  const { page: room } = await day.desk('/room/201', 'invigilator');
  const notice = room.getByRole('button', { name: `抽查：${day.nameOf('supervisor')}来看 3 人` });
  await clickUntil(notice, room.getByRole('heading', { name: `${day.nameOf('supervisor')} 查 考场` }));
  await fitsEverywhere(room, 'room-inspection');
  const groups = room.locator('.inspection-choice');
  await expect(groups).toHaveCount(4);
  for (let i = 0; i < 4; i += 1)
    await groups
      .nth(i)
      .getByRole('button', { name: i === 1 ? '有问题' : '相符' })
      .click();
  await room.getByRole('textbox', { name: /写明是什么问题/ }).fill('准考证没带在身上');
  await typePin(room, PIN, `${day.nameOf('supervisor')}的 PIN`);
  await fitsEverywhere(room, 'room-inspection-filled');
  await room.getByRole('button', { name: /记下抽查结果/ }).click();
  await expect(notice).toBeHidden();
  await expect(room.getByRole('heading', { name: '还没开始录' })).toBeVisible();

  await expect(page.getByText('1 处有问题 · 请负责人签')).toBeVisible();
  await expect(page.getByText('准考证没带在身上')).toBeVisible();
  await typePin(page, PIN, '您的 PIN');
  await fitsEverywhere(page, 'inspections-found');
  await pressUntil(page, 'Enter', page.getByText('1 处有问题 · 已归档'));
  await shot(page, 'inspections-signed');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '存抽签记录' }).click();
  const published = PublishedInspection.parse(JSON.parse(readFileSync(await (await saving).path(), 'utf8')));
  expect(verifyInspection(published).every((f) => f.passed)).toBe(true);
  expect(published).toMatchObject({ sessionId: S1, nth: 1, roomId: '201', rooms: ['201'] });
});
