import { expect, LEAD_NAME, test } from './harness/day.ts';
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

  await page.clock.fastForward(FIVE_MINUTES - 1_000);
  await page.mouse.move(200, 200);
  await page.clock.fastForward(FIVE_MINUTES - 60_000);
  await expect(locked).toBeHidden();
  await page.clock.fastForward(FIVE_MINUTES);
  await expect(locked).toBeVisible();
  await shot(page, 'locked-office');

  await page.reload();
  await expect(locked).toBeVisible();
  await typePin(page);
  await expect(locked).toBeHidden();
  await expect(page.getByRole('heading', { name: '办公室' })).toBeVisible();
});

test('over a locked room desk its verdict stays in sight, and it goes on recording', async ({ day }) => {
  const { page } = await day.desk('/room/201', 'invigilator');
  const verdict = page.locator('.room-verdict, .room h2').first();
  await expect(verdict).toBeVisible();
  await page.clock.install();
  await page.clock.fastForward(FIVE_MINUTES * 2);
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot(page, 'locked-room');
});
