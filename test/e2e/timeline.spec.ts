import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, S1, test } from './harness/day.ts';
import { pressUntil } from './harness/hands.ts';
import { filmedExam, fourCameras } from './harness/recorded-room.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { startsInMinutes: 2, plan: fourCameras } });

const videoTimes = (page: Page) =>
  page.locator('video').evaluateAll((all) => all.map((v) => (v as HTMLVideoElement).currentTime));
const state = (page: Page) =>
  page.locator('.tl-veil').evaluateAll((all) => all.map((v) => v.className.replace('tl-veil is-', '')));

test('looking back: a reason first, then four pictures in step, the gap of a candidate, a mark, a clip and a still', async ({
  day,
}, info) => {
  test.setTimeout(420_000);
  const { gap } = await filmedExam(day, 9);
  const { page, client } = await day.desk('/office', 'supervisor');
  await page.getByRole('tab', { name: '问题回溯' }).click();
  const ask = page.getByRole('heading', { name: '看录像先登记事由' });
  await expect(ask).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('事由至少写 4 个字。')).toBeVisible();
  await page.getByLabel('事由').fill('成绩复核，第 201 考场 1 号');
  await pressUntil(page, 'Enter', page.getByText('这次调阅已登记'));
  await expect(page.getByRole('heading', { name: /1 号缺 \d+ 分/ })).toBeVisible();
  await expect(page.locator('video')).toHaveCount(4);
  await expect.poll(() => state(page), { timeout: 20_000 }).toEqual([]);

  // The gap: ten seconds before it four pictures play; inside it the third says that there is none.
  await page.keyboard.press('g');
  await expect.poll(() => state(page), { timeout: 20_000 }).toEqual(['none']);
  await expect(page.getByText('这一刻没有画面')).toBeVisible();
  await expect(page.getByText(/3 路已对齐，误差 \d+ 毫秒/)).toBeVisible();
  await page.keyboard.press(' ');
  await shot(page, 'timeline-gap');
  const [one, two, , four] = await videoTimes(page);
  for (const other of [two!, four!]) expect(Math.abs(other - one!)).toBeLessThan(0.2);

  // Out of the gap again by hand, frame by frame, and to the events.
  const before = (await videoTimes(page))[0]!;
  await page.keyboard.press('.');
  await expect.poll(async () => (await videoTimes(page))[0]! - before).toBeGreaterThan(0.03);
  await page.keyboard.press(',');
  await page.keyboard.press('l');
  await page.keyboard.press('j');

  await page.getByRole('combobox', { name: /找考生/ }).fill('2 号');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /2 号(缺|全程有录像)/ })).toBeVisible();
  await page.keyboard.press('F4');
  await page.getByLabel('写一句，以后好找').fill('有人走动');
  await pressUntil(page, 'Enter', page.locator('.tl-flag[title*="有人走动"]'));

  // Letters one after the other within 30 ms would be a scanner's.
  await pressUntil(page, 'i', page.locator('.tl-mark.is-from'));
  for (let n = 0; n < 8; n += 1) await page.keyboard.press('ArrowRight');
  await pressUntil(page, 'o', page.locator('.tl-mark.is-to'));
  const clips = page.getByRole('dialog', { name: '导出片段' });
  await pressUntil(page, 'e', clips);
  await clips.getByLabel('备注').fill('样本');
  await clips.getByText('截取并存为证据').click();
  await expect(clips.getByText(/SHA-256 [0-9a-f]{64}/)).toBeVisible({ timeout: 20_000 });
  await shot(page, 'timeline-clip');
  const download = page.waitForEvent('download');
  await clips.getByRole('button', { name: '存到电脑' }).click();
  const file = info.outputPath('clip.mp4');
  await (await download).saveAs(file);
  expect(readFileSync(file).subarray(4, 8).toString()).toBe('ftyp');
  await page.keyboard.press('Escape');
  await expect.poll(() => state(page), { timeout: 20_000 }).not.toContain('coming');
  await pressUntil(page, 'p', page.getByText(/的画面已存为证据/));

  const { rows } = await client.journal.page({ sessionId: S1, contains: 'timeline.', limit: 200 });
  const events = new Set(rows.map((row) => row.event));
  for (const event of ['look-up-begun', 'viewed', 'bookmarked', 'clip-cut', 'piece-taken', 'still-kept']) {
    expect(events).toContain(`timeline.${event}`);
  }
  expect(gap.endMs - gap.beginMs).toBe(150_000);
});
