import { expect, PIN, test } from './harness/day.ts';
import { dossierBook } from './harness/dossier-book.ts';
import { picture } from './harness/picture-file.ts';

/** The README's pictures of the examiners' dossiers and of the rules. */
test.use({ dayOptions: { open: false } });

test('pictures of dossiers and rules', async ({ day }) => {
  const workbook = new File([new Uint8Array(await dossierBook(day.plan))], 'dossiers.xlsx');
  const check = await day.lead.examiners.check({ workbook });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  await day.lead.examiners.keep({ checkId: check.checkId, reason: '首次建档，按证卡核对' });
  const change = { clauseId: 'panel.size', from: 2, value: 3, reason: '本批按三人一组，考务会决定', pin: PIN };
  await day.lead.rules.change({ ...change, second: { staffId: await day.member('supervisor'), pin: PIN } });

  const { page } = await day.desk('/office#examiners', 'lead');
  await expect(page.getByText('证卡还有 25 天到期')).toBeVisible();
  await picture(day, page, 'examiners');
  await page.getByRole('tab', { name: '规则' }).click();
  await page.getByPlaceholder('条款、出处或编号').fill('panel.');
  await expect(page.getByText('本地改过，原为 2')).toBeVisible();
  await picture(day, page, 'rules');
});
