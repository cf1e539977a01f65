import type { Page } from '@playwright/test';
import { expect, PIN, ROOM, S1, test } from './harness/day.ts';
import { draw, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { admitByHand } from './harness/short-cuts.ts';

/** Eight marks of the sample rubric, each typed with Enter, which goes on to the next item. */
async function typeMarks(page: Page, marks: readonly string[]): Promise<void> {
  for (const mark of marks) {
    await page.keyboard.type(mark, { delay: 70 });
    await page.keyboard.press('Enter');
  }
}

test('three examiners mark alone by keyboard, lock, see all, and sign by PIN and hand', async ({ day }) => {
  test.setTimeout(150_000);
  await admitByHand(day, 'C01');
  await admitByHand(day, 'C02');
  await day.moveTo(151);
  await day.lead.session.close({ sessionId: S1 });

  const pages: Page[] = [];
  for (const examiner of ['E01', 'E02', 'E03']) pages.push((await day.desk('/examiner', examiner)).page);
  const [first, second, third] = pages as [Page, Page, Page];
  const grid = first.getByRole('grid');
  await expect(grid.getByRole('row')).toHaveCount(3);
  // Nobody is named.
  await expect(first.getByText(day.candidate('C01').name)).toHaveCount(0);

  // Item 1 holds 5 marks at most: refused where it is typed, and nothing is kept of it.
  await first.keyboard.press('Home');
  await first.keyboard.type('51', { delay: 40 });
  await expect(first.getByText(/51 超过满分 5，没有记下/)).toBeVisible();
  await shot(first, 'examiner-over-maximum');
  await first.keyboard.press('Escape');
  await expect(first.getByText(/超过满分/)).toBeHidden();
  await expect(grid.getByRole('gridcell').first()).toHaveText('');

  for (const [i, page] of pages.entries()) {
    await page.bringToFront();
    await page.keyboard.press('Control+Home');
    await typeMarks(page, ['5', '15', '8', '10', '20.5', '20', '10', String(3 + i)]);
    // The last item of a sheet goes on to the first of the next.
    await typeMarks(page, ['4', '12', '8', '9', '20', '15', '5', '4']);
    await expect(page.getByText('评完 2 / 2 份')).toBeVisible();
    if (i === 0) await shot(page, 'examiner-marked');
    await pressUntil(page, 'Control+Enter', page.getByRole('dialog', { name: '锁定后不能再改，确定吗？' }));
    await pressUntil(
      page,
      'Enter',
      i < 2
        ? page.getByRole('heading', { name: `已锁定，等另外 ${2 - i} 人` })
        : page.getByRole('heading', { name: '全组已锁定，分数公开' }),
    );
  }
  const sheet = await day.lead.session.overview({ sessionId: S1 });
  expect(sheet.rooms.find((r) => r.roomId === ROOM)?.marking).toMatchObject({ locked: 3, signed: 0, panel: 3 });

  // The others learn it without touching a key.
  await expect(first.getByRole('heading', { name: '全组已锁定，分数公开' })).toBeVisible();
  await expect(second.getByRole('heading', { name: '全组已锁定，分数公开' })).toBeVisible();
  await shot(first, 'examiner-revealed');
  for (const page of [first, second, third]) {
    await page.bringToFront();
    await pressUntil(page, 'Enter', page.getByRole('heading', { name: /请本人手写签名/ }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('先在框里写名字。')).toBeVisible();
    await draw(page, page.getByRole('img', { name: '签名处' }));
    await typePin(page, PIN, '再输一次您的 PIN');
    if (page === first) await shot(page, 'examiner-sign');
    await pressUntil(page, 'Enter', page.getByRole('heading', { name: /已签名，已交出/ }));
  }
  await expect(third.getByText(/全组都签完了/)).toBeVisible();
  expect((await day.lead.session.overview({ sessionId: S1 })).rooms[0]?.marking).toMatchObject({ signed: 3 });
});
