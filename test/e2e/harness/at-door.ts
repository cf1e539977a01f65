import { expect, type Locator, type Page } from '@playwright/test';
import { type ExamDay, PIN } from './day.ts';
import { choose, pressUntil, typePin } from './hands.ts';

export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });
export const waiting = (page: Page): Locator => page.getByText('请放身份证').first();

/** Looks at the four points of the manual lane, each by its digit. */
export async function lookAtFour(page: Page): Promise<void> {
  for (const digit of '1234') {
    await page.keyboard.press(digit);
    await expect(page.getByRole('checkbox').nth(Number(digit) - 1)).toBeChecked();
  }
}

/** Four looks, the second person with their PIN, and in. */
export async function letInByHand(day: ExamDay, page: Page): Promise<void> {
  await lookAtFour(page);
  await choose(page, '第二人', day.nameOf('second'));
  await typePin(page, PIN, `请${day.nameOf('second')}本人看过这 4 项，再输 PIN`);
  await pressUntil(page, 'Enter', heading(page, '已准予入场'));
}

/**
 * Goes through a photographed card, one Enter a field, until nothing is left to see.
 * @param name  what the card says: the specimen's carries marks that were not printed
 */
export async function seeEveryField(page: Page, name: string): Promise<void> {
  const done = heading(page, '核对完了，请确认');
  const current = page.getByRole('option', { selected: true });
  while (await done.isHidden()) {
    const field = (await current.locator('span').first().textContent()) ?? '';
    const typed = page.getByRole('textbox', { name: '姓名' });
    if (await typed.isVisible()) await typed.fill(name);
    await pressUntil(page, 'Enter', done.or(current.filter({ hasNotText: field })));
  }
}
