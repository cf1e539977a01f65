import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { pageAsPng } from '../harness/printed-page.ts';
import { expect, ROOM, S1, test } from './harness/day.ts';
import { inOneRoom, markedDay } from './harness/marked-day.ts';
import { picture } from './harness/picture-file.ts';

test.use({ dayOptions: { plan: inOneRoom } });

/** The README's pictures of appraisal and forms; see `pictures.ts`. */
test('pictures of appraisal and forms', async ({ day }) => {
  test.setTimeout(180_000);
  await markedDay(day);
  const { page } = await day.desk('/office#appraisal', 'supervisor');
  await page.getByRole('button', { name: new RegExp(day.nameOf('E03')) }).click();
  await expect(page.getByText(/比同组偏严/)).toBeVisible();
  await picture(day, page, 'appraisal');
  await page.getByRole('tab', { name: '表册' }).click();
  await expect(page.getByRole('heading', { name: '表册' })).toBeVisible();
  await picture(day, page, 'forms');
  const folder = resolve(process.env.KAODIAN_PICTURES ?? 'docs/pictures');
  mkdirSync(folder, { recursive: true });
  for (const [formId, name] of [
    [`summary:${ROOM}`, 'form-summary'],
    [`score-sheets:${ROOM}:E01`, 'form-score-sheet'],
  ] as const) {
    const pdf = new Uint8Array(await (await day.lead.forms.print({ sessionId: S1, formId })).arrayBuffer());
    const paper = sharp(await pageAsPng(pdf, 1, 100)).png({ palette: true, colours: 32, effort: 10 });
    await paper.toFile(join(folder, `${name}.png`));
  }
});
