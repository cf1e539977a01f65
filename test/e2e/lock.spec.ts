import { expect, LEAD_NAME, PIN, test } from './harness/day.ts';
import { typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';

const FIVE_MINUTES = 5 * 60_000;

test('five minutes untouched lock a desk; a touch puts it off, a reload does not open it, the PIN does', async ({
  day,
}) => {
  const { page } = await day.desk('/office', 'lead');
  await expect(page.getByRole('heading', { name: '办公室' })).toBeVisible();
  const locked = page.getByRole('heading', { name: `${LEAD_NAME} 已离开` });
  await page.clock.install();
  await page.reload();
  await expect(page.getByRole('heading', { name: '办公室' })).toBeVisible();

  await page.clock.fastForward(FIVE_MINUTES - 30_000);
  await page.mouse.move(200, 200);
  await page.clock.fastForward(FIVE_MINUTES - 60_000);
  await expect(locked).toBeHidden();
  await page.clock.fastForward(FIVE_MINUTES);
  await expect(locked).toBeVisible();
  await shot(page, 'locked-office');

  await page.reload();
  await expect(locked).toBeVisible();
  await typePin(page, PIN);
  await page.keyboard.press('Enter');
  await expect(locked).toBeHidden();
  await expect(page.getByRole('heading', { name: '办公室' })).toBeVisible();
});

test('over a locked room desk its headline stays in sight', async ({ day }) => {
  const { page } = await day.desk('/room/201', 'invigilator');
  await page.clock.install();
  await page.reload();
  const headline = page.locator('.room-headline');
  await expect(headline).toBeVisible();
  await page.clock.fastForward(FIVE_MINUTES * 2);
  const sheet = page.getByRole('dialog').locator('.ui-sheet');
  await expect(sheet).toBeVisible();
  await shot(page, 'locked-room');
  const [seen, over] = [await headline.boundingBox(), await sheet.boundingBox()];
  expect(over!.y).toBeGreaterThanOrEqual(seen!.y + seen!.height);
});
