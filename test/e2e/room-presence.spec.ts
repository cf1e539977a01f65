import { fakeCamera, launchWith } from './harness/browser.ts';
import { expect, PIN, ROOM, test } from './harness/day.ts';
import { choose, draw, pressUntil, typePin } from './harness/hands.ts';
import { admitByHand } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

test.use({
  launchOptions: await launchWith(...fakeCamera()),
});

test('who is in the room is listed; one goes for a break, one hands in by hand, and a slip is taken back', async ({
  day,
}) => {
  test.setTimeout(150_000);
  for (const candidate of ['C01', 'C02', 'C03']) await admitByHand(day, candidate);
  const { page, client } = await day.desk('/room/201', 'invigilator');
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '在录' }));
  await pressUntil(page, 'F2', page.getByRole('heading', { name: '在场名单' }));
  await expect(page.getByRole('option')).toHaveCount(3);
  await fitsEverywhere(page, 'room-people');

  // Early: the clause is shown and a reason is asked for.
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: /离场$/ }));
  await page.keyboard.press('1');
  await expect(page.getByText('admission.leave-after-minutes')).toBeVisible();
  await expect(page.getByRole('button', { name: /登记/ })).toBeDisabled();
  await fitsEverywhere(page, 'room-leave-early');
  await page.getByRole('textbox', { name: '写一句原因' }).fill('样本：去洗手间');
  await pressUntil(page, 'Enter', page.getByText(/离场，.*前回/));
  expect((await client.presence.room({ roomId: ROOM })).counts).toMatchObject({ inside: 2, onBreak: 1 });

  await pressUntil(page, 'F7', page.getByRole('textbox', { name: '为什么撤回，写一句' }));
  await page.getByRole('textbox', { name: '为什么撤回，写一句' }).fill('样本：按错了人');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await client.presence.room({ roomId: ROOM })).counts.inside).toBe(3);

  await expect(page.getByRole('heading', { name: '在场名单' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: /离场$/ }));
  await page.keyboard.press('2');
  await page.getByRole('textbox', { name: '写一句原因' }).fill('样本：已做完');
  await draw(page, page.getByRole('img', { name: '请考生本人签名' }));
  await fitsEverywhere(page, 'room-hand-in');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await client.presence.room({ roomId: ROOM })).counts.finished).toBe(1);
  await expect(page.getByText(/交卷，本人已签/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '在录' })).toBeVisible();
});

test('a re-check that is due is said in the top bar, and two persons do it by eye', async ({ day }) => {
  test.setTimeout(150_000);
  await day.member('second');
  for (const candidate of ['C01', 'C02', 'C03']) await admitByHand(day, candidate);
  const { page, client } = await day.desk('/room/201', 'invigilator');
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  const due = async () =>
    (await client.presence.room({ roomId: ROOM })).rechecks.filter((r) => r.state.kind !== 'done').length;
  for (let minutes = 1; minutes <= 140 && (await due()) === 0; minutes += 6) await day.moveTo(minutes);
  expect(await due()).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByRole('button', { name: /请复核/ })).toBeVisible();
  await pressUntil(page, 'F8', page.getByRole('heading', { name: /请复核/ }));
  await fitsEverywhere(page, 'room-recheck');
  const before = await due();
  if (await page.getByRole('button', { name: /两人当面看/ }).isVisible()) await page.keyboard.press('F6');
  await expect(page.getByRole('radio', { name: /是同一人/ })).toBeVisible();
  await page.keyboard.press('1');
  await choose(page, '第二人', day.nameOf('second'));
  await typePin(page, PIN, `请${day.nameOf('second')}本人输入 PIN`);
  await fitsEverywhere(page, 'room-recheck-eye');
  await page.keyboard.press('Enter');
  await expect.poll(due).toBe(before - 1);
  await expect(page.getByRole('heading', { name: /复核通过$/ })).toBeVisible();
});
