import { expect, PIN, S1, test } from './harness/day.ts';
import { pressUntil, typePin } from './harness/hands.ts';
import { keepDossiers, kinOf, withPanels } from './harness/panels-day.ts';
import { picture } from './harness/picture-file.ts';

/** The README's pictures of the assignment board and of the draw: see pictures.ts. */
test.use({ dayOptions: { plan: withPanels, open: false, rehearsal: false, startsInMinutes: 60 } });

test('pictures of assignment and draw', async ({ day }) => {
  test.setTimeout(180_000);
  await day.member('supervisor');
  await keepDossiers(day, { E14: { pool: 'suspended' } });
  const { page } = await day.desk('/office#assignment', 'lead');
  await pressUntil(page, 'F6', page.getByRole('heading', { name: '抽考评小组' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请督导员报一个数' })).toBeVisible();
  await page.getByLabel('数字或一句话').fill('408217');
  await typePin(page, PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请鉴定中心给一份种子' })).toBeVisible();
  await page.getByLabel('数字或一句话').fill('SPECIMEN-2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请打开三份种子' })).toBeVisible();
  await picture(day, page, 'draw-commitment');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '种子已打开' }));
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '种子与承诺一致' }));
  await picture(day, page, 'draw-result');
  await pressUntil(page, 'Enter', page.getByText('已成为委派'));
  await pressUntil(page, 'Escape', page.getByRole('button', { name: /提交委派/ }));

  const board = await day.lead.assignment.board({ sessionId: S1 });
  const { roomId, version, seats } = board.rooms[1]!;
  const gone = seats[2]!.examiner!;
  await day.lead.assignment.remove({
    sessionId: S1,
    roomId,
    version,
    examinerId: gone.examinerId,
    ground: 'kin',
    reason: '本人申报：与考生是亲属（样本）',
  });
  const file = (await day.lead.examiners.list()).find((row) => row.examinerId === gone.examinerId)!;
  const { versionId } = await day.lead.examiners.dossier({ dossierId: file.dossierId! });
  await day.lead.examiners.save({
    base: { dossierId: file.dossierId!, versionId },
    edit: kinOf(day, 'C05'),
    reason: '样本：本人申报',
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: '202 考场 · 第 3 席' })).toBeVisible();
  await expect(page.getByText('与 1 人是亲属')).toBeVisible();
  await picture(day, page, 'assignment');
});
