import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { fakeCamera, launchWith } from './harness/browser.ts';
import { clipOfC01 } from './harness/clip.ts';
import { expect, PIN, ROOM, S1, test } from './harness/day.ts';
import { pressUntil, scan } from './harness/hands.ts';
import { STILLS_BEFORE_THE_CAMERA } from './harness/installation.ts';
import { picture } from './harness/picture-file.ts';
import { admitByHand, markAndSign, STROKES } from './harness/short-cuts.ts';

/**
 * The README's pictures: `KAODIAN_PICTURES=docs/pictures npm run test:browser`. One exam day, seen at every desk; in
 * the place of faces and rooms stand drawings.
 */
test.use({ launchOptions: await launchWith(...fakeCamera(await clipOfC01())) });
const CAME = ['C02', 'C03', 'C04', 'C05', 'C07', 'C08', 'C09', 'C10', 'C11'];

test.describe('the desks at work', () => {
  test.use({ dayOptions: { rehearsal: false, startsInMinutes: -12, rules: STILLS_BEFORE_THE_CAMERA } });
  test('pictures', async ({ day }) => {
    test.setTimeout(240_000);
    for (const examiner of ['E01', 'E02', 'E03', 'E04', 'E05', 'E06']) await day.person(examiner);
    await day.person('supervisor');
    for (const candidate of CAME) await admitByHand(day, candidate);

    const home = await day.desk('/', 'lead');
    await expect(home.page.getByRole('heading', { name: /请选工作台/ })).toBeVisible();
    await expect(home.page.getByText('电工四级操作技能（样本）')).toBeVisible();
    await picture(day, home.page, 'home');

    // A camera of 720 lines, which the clip of the door is not.
    const filming = await chromium.launch(await launchWith(...fakeCamera()));
    const room = await day.desk('/room/201', 'invigilator', filming);
    await expect(room.page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
    await pressUntil(room.page, 'Enter', room.page.getByRole('heading', { name: '在录' }));

    const door = await day.desk('/door/201', 'door');
    await expect(door.page.getByText('读卡器就绪')).toBeVisible();
    day.placeCard('C01');
    await expect(door.page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
    await scan(door.page, day.candidate('C01').ticketNumber);
    await expect(door.page.getByRole('heading', { name: /三项都通过|核对通过/ })).toBeVisible();
    day.reader.lift();
    await expect(door.page.getByText('读卡器就绪')).toBeVisible();
    await door.client.checkin.admit({
      attemptId: (await door.client.checkin.lane({ roomId: ROOM })).attempt!.attemptId,
    });

    const examiner = await day.desk('/examiner', 'E01');
    const grid = examiner.page.getByRole('grid');
    await expect(grid.getByRole('row')).toHaveCount(5 + 1);
    await examiner.page.keyboard.press('Control+Home');
    for (const mark of '5 15 10 9 23.5 20 8 5 5 12 10 10 22 15 10 4 5 15 8'.split(' ')) {
      await examiner.page.keyboard.type(mark, { delay: 70 });
      await examiner.page.keyboard.press('Enter');
    }
    await expect(examiner.page.getByText('评完 2 / 5 份')).toBeVisible();
    await picture(day, examiner.page, 'examiner');

    await expect
      .poll(async () => (await day.lead.recording.room({ sessionId: S1, roomId: ROOM })).cameras[0]?.segments)
      .toBeGreaterThan(8);
    const office = await day.desk('/office', 'lead');
    await expect(office.page.getByText('202 考场没开录')).toBeVisible();
    await picture(day, office.page, 'office');
    await expect(room.page.getByText('没有积压')).toBeVisible();
    await picture(day, room.page, 'room', 'room');
    await room.context.close();
    await filming.close();
  });
});

test('pictures of closing', async ({ day }) => {
  for (const candidate of CAME) await admitByHand(day, candidate);
  await day.person('supervisor');
  await day.moveTo(151);
  await day.lead.session.close({ sessionId: S1 });
  await markAndSign(day, ['201', '202']);
  const closing = await day.desk('/office#closing', 'lead');
  await expect(closing.page.getByText(/还差 \d+ 项原因/)).toBeVisible();
  await closing.page.keyboard.press('1');
  await expect(closing.page.getByRole('button', { pressed: true })).toHaveCount(1);
  await picture(day, closing.page, 'closing');
  const { missing } = await day.lead.archive.closing({ sessionId: S1 });
  for (const { itemId } of missing)
    await day.lead.archive.declare({ sessionId: S1, itemId, reason: '样本：设备没装好' });
  await day.lead.archive.signDeclarations({ sessionId: S1, pin: PIN, strokes: STROKES });
  await day.lead.archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
  const { bundleId } = await day.lead.archive.seal({ sessionId: S1 });
  const disk = join(dirname(day.station.dataDir), 'usb');
  mkdirSync(disk);
  await day.lead.archive.exportTo({ bundleId, folder: disk });
  const sealed = await day.desk('/office#closing', 'lead');
  await expect(sealed.page.getByText('已写好，已核对')).toBeVisible();
  await picture(day, sealed.page, 'sealed');
  const report = await day.desk('/office#closing', 'lead');
  await pressUntil(report.page, 'F7', report.page.getByRole('heading', { name: '封存包核验报告' }));
  await picture(day, report.page, 'report');
});
