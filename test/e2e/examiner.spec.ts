import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import { runCommand } from '../../electron/cli/run-command.ts';
import type { Claim } from '../../electron/features/archive/claims/claim.ts';
import { SHEETS_PATH } from '../../electron/features/archive/content/documents.ts';
import { type ExamDay, expect, PIN, ROOM, S1, test } from './harness/day.ts';
import { forgedBundle } from './harness/forged-bundle.ts';
import { choose, draw, pressUntil, typePin } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { acceptShortVideo, admitByHand, STROKES } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

/** Eight marks of the sample rubric, each typed with Enter, which goes on to the next item. */
async function typeMarks(page: Page, marks: readonly string[]): Promise<void> {
  for (const mark of marks) {
    await page.keyboard.type(mark, { delay: 70 });
    await page.keyboard.press('Enter');
  }
}

test('three examiners mark alone by keyboard, lock, see all, and sign by PIN and hand; a forged sheet is refused', async ({
  day,
}, info) => {
  test.setTimeout(300_000);
  await admitByHand(day, 'C01');
  await admitByHand(day, 'C02');
  await day.moveTo(151);
  await day.lead.session.close({ sessionId: S1 });

  const pages: Page[] = [];
  for (const examiner of ['E01', 'E02', 'E03']) pages.push((await day.desk('/examiner', examiner)).page);
  const [first, second, third] = pages as [Page, Page, Page];
  const grid = first.getByRole('grid');
  await expect(grid.getByRole('row')).toHaveCount(3);
  const firstNumber = (await grid.getByRole('rowheader').first().textContent()) ?? '';
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
    // The third examiner has seen less of it: item 5 lies fifteen apart, item 6 five.
    await typeMarks(page, ['4', '12', '8', '9', i === 2 ? '5' : '20', i === 2 ? '10' : '15', '5', '4']);
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

  // The second sheet lies twenty apart: the lead marks the one item over its limit, everybody's marks stay.
  await first.bringToFront();
  await pressUntil(first, 'Enter', first.getByRole('heading', { name: '总分差 20，限 10' }));
  await expect(first.getByRole('button', { name: /定分，去签名/ })).toBeDisabled();
  await first.getByRole('textbox', { name: /^组长定分/ }).fill('18');
  await first.getByRole('textbox', { name: '理由' }).fill('录像 14:21 起有包扎和复查（样本）');
  await fitsEverywhere(first, 'examiner-conference');
  await pressUntil(first, 'Enter', first.getByRole('heading', { name: '请组长本人手写签名' }));
  await draw(first, first.getByRole('img', { name: '签名处' }));
  await typePin(first, PIN, '再输一次您的 PIN');
  await shot(first, 'examiner-conference-sign');
  await pressUntil(first, 'Enter', first.getByRole('button', { name: /更正一个分/ }));

  // The second examiner checks it; only then it counts.
  await second.bringToFront();
  await pressUntil(second, 'Enter', second.getByRole('heading', { name: '请复核人看过再签' }));
  await draw(second, second.getByRole('img', { name: '签名处' }));
  await typePin(second, PIN, '再输一次您的 PIN');
  await shot(second, 'examiner-recheck');
  await pressUntil(second, 'Enter', second.getByRole('heading', { name: '已签名，已交出' }));

  // A mark of the first sheet was written down wrong: 5 becomes 4, and the 5 stays to be seen.
  await first.bringToFront();
  await pressUntil(first, 'F7', first.getByRole('heading', { name: '更正一个写错的分' }));
  await choose(first, '哪一份', firstNumber);
  await choose(first, '谁的分', '乙');
  await choose(first, '哪一项', day.plan.rubrics[0]!.items[0]!.title);
  await first.getByRole('textbox', { name: '改成' }).fill('3');
  await first.getByRole('textbox', { name: '理由' }).fill('抄错一行（样本）');
  await shot(first, 'examiner-correction');
  await pressUntil(first, 'Enter', first.getByRole('heading', { name: '请组长本人手写签名' }));
  await draw(first, first.getByRole('img', { name: '签名处' }));
  await typePin(first, PIN, '再输一次您的 PIN');
  await pressUntil(first, 'Enter', first.getByRole('button', { name: /更正一个分/ }));
  await third.bringToFront();
  await pressUntil(third, 'Enter', third.getByRole('heading', { name: '请复核人看过再签' }));
  await draw(third, third.getByRole('img', { name: '签名处' }));
  await typePin(third, PIN, '再输一次您的 PIN');
  await pressUntil(third, 'Enter', third.getByRole('heading', { name: '已签名，已交出' }));
  await expect(third.locator('.results s')).toHaveCount(1);
  await shot(third, 'examiner-corrected');

  // The score keeper sees everybody by ticket number, every reason and the next step; the mark that was corrected stays.
  const { page: office } = await day.desk('/office#scores', 'keeper');
  await expect(office.locator('.scores s')).toHaveCount(1);
  await expect(office.getByText(day.candidate('C01').ticketNumber)).toBeVisible();
  await expect(office.getByText(day.candidate('C01').name)).toHaveCount(0);
  // Nobody was filmed: no score is confirmed before two persons have accepted that.
  const unfilmed = office.getByText(/录像没有覆盖全程/);
  await expect(unfilmed).toHaveCount(2);
  await fitsEverywhere(office, 'scores-not-covered');
  await acceptShortVideo(day);
  await expect(unfilmed).toHaveCount(0);
  await expect(office.locator('.results-score').filter({ hasText: /^\d+\.\d$/ })).toHaveCount(2);
  await fitsEverywhere(office, 'scores');

  // What is sealed holds; a copy in which one mark of one sheet reads otherwise is refused, by sheet and by signature.
  const bundle = await sealed(day);
  const work = info.outputPath('verified');
  mkdirSync(work, { recursive: true });
  const key = join(work, 'centre.key');
  writeFileSync(key, `${day.centreIdentity}\n`);
  expect(await verify(bundle, key)).toEqual({ code: 0, failed: [] });
  const forged = forgedBundle(bundle, join(work, 'forged'), {
    identity: day.centreIdentity,
    path: SHEETS_PATH,
    change: ({ sheets }) => {
      const sheet = sheets.find((s: { examinerId: string }) => s.examinerId === 'E03');
      sheet.marks[firstNumber]['1'] = 0;
    },
  });
  const { code, failed } = await verify(forged, key);
  expect(code).toBe(1);
  const said = new Map(failed.map((c) => [c.id, c.detail.en]));
  expect([...said.keys()]).toEqual(expect.arrayContaining(['marks.2', 'marks.4']));
  expect([...said.keys()].some((id) => id.startsWith('signature.'))).toBe(true);
  expect(said.get('marks.2')).toContain('E03');
});

/** Everything missing declared, the lead's signature given, the session sealed: the bundle's folder. */
async function sealed(day: ExamDay): Promise<string> {
  const { archive } = day.lead;
  const { missing } = await archive.closing({ sessionId: S1 });
  for (const { itemId, declared } of missing) {
    if (declared === null) await archive.declare({ sessionId: S1, itemId, reason: '样本：没有' });
  }
  await archive.signDeclarations({ sessionId: S1, pin: PIN, strokes: STROKES });
  await archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
  const { folder } = await archive.seal({ sessionId: S1 });
  return join(day.station.dataDir, 'bundles', basename(folder));
}

/** `kaodian verify --key --json`: how it ends, and the claims that fail. */
async function verify(bundle: string, key: string) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = text(stdout);
  const code = await runCommand(['verify', bundle, '--key', key, '--json'], { stdin, stdout, stderr });
  stdout.end();
  const { claims } = JSON.parse(await printed) as { claims: Claim[] };
  return { code, failed: claims.filter((c) => c.result === 'fail') };
}

test('two screens of one examiner: the one that comes later is told, and writes nothing over', async ({ day }) => {
  await admitByHand(day, 'C01');
  const { page: here } = await day.desk('/examiner', 'E01');
  const { page: there } = await day.desk('/examiner', 'E01');
  for (const page of [here, there]) await expect(page.getByRole('gridcell').first()).toBeVisible();
  await here.bringToFront();
  await here.keyboard.press('Home');
  await here.keyboard.type('4', { delay: 70 });
  await here.keyboard.press('Enter');
  await expect(here.getByText(/已存盘/)).toBeVisible();
  await there.bringToFront();
  await there.keyboard.press('Home');
  await there.keyboard.type('3', { delay: 70 });
  await there.keyboard.press('Enter');
  await expect(there.getByText(/您在另一个屏幕.*改过，现在是 4/)).toBeVisible();
  await expect(there.getByRole('gridcell').first()).toHaveText('4');
  await shot(there, 'examiner-elsewhere');
  await there.keyboard.press('Home');
  await there.keyboard.type('3', { delay: 70 });
  await there.keyboard.press('Enter');
  await expect(there.getByText(/已存盘/)).toBeVisible();
  await there.keyboard.press('Control+z');
  await expect(there.getByRole('gridcell').first()).toHaveText('4');
  await there.keyboard.press('Control+y');
  await expect(there.getByRole('gridcell').first()).toHaveText('3');
});
