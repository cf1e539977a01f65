import type { Page } from '@playwright/test';
import { choose, typePin } from './harness/hands.ts';
import { expect, shot, test, troubleOf } from './harness/served.ts';

const LEAD = '负责人（样本）';

async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: '退出登录' }).click();
}

test('first start by hand: the site, its lead and keys; signing out and in; wrong PINs count, then wait', async ({
  page,
  station,
}) => {
  const trouble = troubleOf(page);
  await page.goto(station.entry);
  await expect(page.getByRole('heading', { name: '第一次启动：建立本站' })).toBeVisible();
  const create = page.getByRole('button', { name: '建立本站' });
  await create.click();
  await expect(page.getByText('请填考核点名称，至少 2 个字。')).toBeVisible();

  await page.getByLabel('考核点名称').fill('样本考核点');
  await page.getByLabel('备案号').fill('样本备〔2026〕001号');
  await page.getByLabel('本站编号').fill('sample-1');
  await expect(page.getByLabel('本站编号')).toHaveValue('SAMPLE-1');
  await page.getByLabel('姓名').fill(LEAD);
  await typePin(page, '123456', '6 位 PIN');
  await create.click();
  await expect(page.getByText(/这个 PIN 太容易猜/)).toBeVisible();
  await typePin(page, '246810', '6 位 PIN');
  await typePin(page, '246811', '再输一次 PIN');
  await create.click();
  await expect(page.getByText('两次 PIN 不一样，请再输。')).toBeVisible();
  await typePin(page, '246810', '再输一次 PIN');
  await page.locator('#site-passphrase').fill('specimen passphrase, 样本');
  await page.locator('#site-passphrase-again').fill('specimen passphrase, 样本');
  await shot(page, 'first-start');
  await create.click();
  await expect(page.getByRole('heading', { name: '样本考核点 已建好' })).toBeVisible();
  await expect(page.getByText(/^SHA256:\S{43}$/)).toBeVisible();
  await expect(page.getByText(/^ssh-ed25519 /)).toBeVisible();
  await expect(page.getByText(/^age1/)).toBeVisible();
  await shot(page, 'first-start-keys');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${LEAD}，请选工作台` })).toBeVisible();

  await signOut(page);
  const dialog = page.getByRole('dialog', { name: '请登录' });
  await expect(dialog).toBeVisible();
  await choose(page, '姓名', LEAD);
  for (const failures of [1, 2]) {
    await typePin(page, '135790', '6 位 PIN');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText(`PIN 不对（已错 ${failures} 次）`)).toBeVisible();
  }
  await typePin(page, '246810', '6 位 PIN');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${LEAD}，请选工作台` })).toBeVisible();

  await signOut(page);
  await choose(page, '姓名', LEAD);
  for (const failures of [1, 2]) {
    await typePin(page, '135790', '6 位 PIN');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText(`PIN 不对（已错 ${failures} 次）`)).toBeVisible();
  }
  await typePin(page, '135790', '6 位 PIN');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^PIN 错的次数多了，00:[23]\d 后再试，或换人$/)).toBeVisible();
  await expect(dialog.getByRole('textbox').first()).toBeDisabled();
  await shot(page, 'sign-in-waits');
  // The countdown runs down by itself.
  const shown = await dialog.getByRole('alert').textContent();
  await expect.poll(() => dialog.getByRole('alert').textContent()).not.toBe(shown);
  expect(trouble).toEqual([]);
});
