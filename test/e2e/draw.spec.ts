import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, PIN, S1, test } from './harness/day.ts';
import { pressUntil, typePin } from './harness/hands.ts';
import { keepDossiers, withPanels } from './harness/panels-day.ts';
import { shot } from './harness/served.ts';

test.use({ dayOptions: { plan: withPanels, open: false, startsInMinutes: 60 } });

const root = join(import.meta.dirname, '../..');

test('the ceremony: names, seeds, commitment, opening, result; the command repeats it; it becomes the assignment', async ({
  day,
}, info) => {
  test.setTimeout(120_000);
  await day.member('supervisor');
  await keepDossiers(day, { E14: { pool: 'suspended' } });
  const { page } = await day.desk('/office#assignment', 'lead');
  await pressUntil(page, 'F6', page.getByRole('heading', { name: '抽考评小组' }));
  await shot(page, 'draw-setup');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: '请督导员报一个数' })).toBeVisible();
  await expect(page.getByText('1 人按规则不入签')).toBeVisible();
  await page.getByLabel('数字或一句话').fill('408217');
  await typePin(page, PIN);
  await shot(page, 'draw-supervisor');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请鉴定中心给一份种子' })).toBeVisible();
  await page.getByLabel('数字或一句话').fill('SPECIMEN-CENTRE-2026');
  await shot(page, 'draw-centre');

  // A window closed in the middle loses nothing.
  await page.reload();
  await pressUntil(page, 'F6', page.getByRole('heading', { name: '请鉴定中心给一份种子' }));
  await page.getByLabel('数字或一句话').fill('SPECIMEN-CENTRE-2026');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/承诺码，\d\d:\d\d:\d\d 已公布/)).toBeVisible();
  await shot(page, 'draw-committed');
  const [draw] = await day.lead.assignment.draw.list({ sessionId: S1 });
  await expect(page.locator('.ceremony-hex.is-large')).toHaveText(draw!.committed!.sha256);
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '种子已打开' }));
  await expect(page.getByText('报的是：408217')).toBeVisible();
  await shot(page, 'draw-opened');
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '种子与承诺一致' }));
  await shot(page, 'draw-result');

  const download = page.waitForEvent('download');
  await page.keyboard.press('s');
  const file = info.outputPath('draw.json');
  await (await download).saveAs(file);
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, 'electron/launch.mjs'),
    join(root, 'electron/cli.ts'),
    'draw',
    'verify',
    file,
  ]);
  expect(stdout).not.toContain('FAIL');
  expect(stdout.match(/通过 pass/g)).toHaveLength(7);

  await page.keyboard.press('Enter');
  await expect(page.getByText('已成为委派')).toBeVisible();
  await shot(page, 'draw-applied');
  await pressUntil(page, 'Escape', page.getByRole('button', { name: /提交委派/ }));
  const { rooms } = await day.lead.assignment.board({ sessionId: S1 });
  const [done] = await day.lead.assignment.draw.list({ sessionId: S1 });
  expect(rooms.map((r) => r.seats.map((s) => s.examiner!.examinerId as string))).toEqual(
    done!.result!.rooms.map((r) => r.seats.map((s) => s.examinerId)),
  );
  await shot(page, 'assignment-drawn');
});

test('too few who may lead: the needs that cannot be met together are shown, and other terms can be tried', async ({
  day,
}) => {
  await day.member('supervisor');
  const juniors = Object.fromEntries(
    day.plan.examiners.slice(2).map((e) => [e.examinerId, { grade: 'examiner' as const }]),
  );
  await keepDossiers(day, { ...juniors, E02: { grade: 'examiner' } });
  const { page } = await day.desk('/office#assignment', 'lead');
  await pressUntil(page, 'F6', page.getByRole('heading', { name: '抽考评小组' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('按规则抽不出来')).toBeVisible();
  await expect(page.getByText('冯考评（样本）')).toBeVisible();
  await shot(page, 'draw-shortage');
  await page.keyboard.press('Enter');
  await page.getByLabel('组长只从高级考评员里抽').uncheck();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '请督导员报一个数' })).toBeVisible();
});
