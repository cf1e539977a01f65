import { chromium } from '@playwright/test';
import { lookAtFour } from './harness/at-door.ts';
import { fakeCamera, launchWith, noCamera } from './harness/browser.ts';
import { clipFromStills, clipOfC01, greyStill, SEVERAL_FACES } from './harness/clip.ts';
import { expect, PIN, ROOM, S1, test } from './harness/day.ts';
import { choose, pressUntil, scan, typePin } from './harness/hands.ts';
import { STILLS_BEFORE_THE_CAMERA } from './harness/installation.ts';
import { shot } from './harness/served.ts';

// The person of candidate C01 stands before every camera of this file.
test.use({
  dayOptions: { rules: STILLS_BEFORE_THE_CAMERA },
  launchOptions: await launchWith(...fakeCamera(await clipOfC01())),
});

test('card, ticket and face agree, Enter admits, and no scan ever does; the same card again is told so', async ({
  day,
}) => {
  const { page, client } = await day.desk('/door/201', 'door');
  const admitted = async () => (await client.checkin.lane({ roomId: ROOM })).counts.admitted;
  const { ticketNumber } = day.candidate('C01');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await page.keyboard.press('Enter');
  day.placeCard('C01');
  await expect(page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
  await scan(page, ticketNumber);
  const mayEnter = page.getByRole('heading', { name: '核对通过' });
  await expect(mayEnter).toBeVisible();
  await shot(page, 'door-may-enter');

  await scan(page, ticketNumber);
  await scan(page, day.candidate('C03').ticketNumber.slice(0, 5));
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(await admitted()).toBe(0);

  day.reader.lift();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  await expect(page.getByText('请进 1 号工位')).toBeHidden();
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '已准予入场' }));
  await expect(page.getByText('请进 1 号工位')).toBeVisible();
  expect(await admitted()).toBe(1);

  day.placeCard('C01');
  await expect(page.getByRole('heading', { name: /\d\d:\d\d 已经入场$/ })).toBeVisible();
  await shot(page, 'door-already-in');
  await pressUntil(page, 'Enter', page.getByText('请放身份证').first());
  expect(await admitted()).toBe(1);
});

test("another's card before this face calls two persons; the second person's own PIN admits, a wrong one does not", async ({
  day,
}) => {
  await day.member('second');
  const { page, client } = await day.desk('/door/201', 'door');
  const counts = async () => (await client.checkin.lane({ roomId: ROOM })).counts;
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  day.placeCard('C03');
  await expect(page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
  await scan(page, day.candidate('C03').ticketNumber);
  await expect(page.getByRole('heading', { name: '人工核验，先看 4 项' })).toBeVisible();
  await expect(page.getByText(/和报名照差/)).toBeVisible();
  await page.keyboard.press('Enter');
  const admit = page.getByRole('button', { name: /准予入场/ });
  await expect(admit).toBeDisabled();
  await expect(admit).toHaveText(/还差：4 项没看，写一句原因，选第二人，PIN$/);
  await shot(page, 'door-manual-all-missing');

  await lookAtFour(page);
  await expect(admit).toBeDisabled();
  // A face that is far off has no ready-made reason: it is written. The cursor goes to what is missing, by name.
  const note = page.getByRole('textbox', { name: '写一句' });
  await expect(note).toBeFocused();
  await choose(page, '第二人', day.nameOf('second'));
  const label = `请${day.nameOf('second')}本人看过这 4 项，再输 PIN`;
  await typePin(page, '135790', label);
  await expect(note).toBeFocused();
  await expect(admit).toHaveText(/还差：写一句原因$/);
  await shot(page, 'door-manual-note-missing');
  await note.pressSequentially('样本：镜头前是另一位考生', { delay: 40 });
  await pressUntil(page, 'Enter', page.getByText('PIN 不对（已错 1 次）'));
  expect((await counts()).admitted).toBe(0);
  await shot(page, 'door-manual-wrong-pin');
  await typePin(page, PIN, label);
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '已准予入场' }));
  expect(await counts()).toMatchObject({ admitted: 1 });
  expect((await client.checkin.lane({ roomId: ROOM })).attempt?.outcome).toBe('admitted-by-hand');
});

test('who is in the wrong room is shown the way, and no camera is opened', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  day.placeCard('C07');
  await expect(page.getByRole('heading', { name: '不在本考场' })).toBeVisible();
  await expect(page.getByText('202 考场').first()).toBeVisible();
  await expect(page.getByText('这一步不拍人脸')).toBeVisible();
  await expect(page.locator('video')).toHaveCount(0);
  await shot(page, 'door-wrong-room');
  await pressUntil(page, 'Enter', page.getByText('请放身份证').first());
});

test('a reader that is pulled out does not stop the door, and a card is read when it is back', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  await day.reader.unplug();
  await expect(page.getByRole('heading', { name: '入场不停，走人工核验' })).toBeVisible();
  await shot(page, 'door-reader-lost');
  await page.keyboard.press('F8');
  await page.getByRole('textbox', { name: '输证件号或准考证号' }).fill(day.candidate('C04').documentNumber);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '人工核验，先看 4 项' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '入场不停，走人工核验' })).toBeVisible();

  day.placeCard('C05');
  await day.reader.replug();
  await expect(page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
  await expect(page.getByText(day.candidate('C05').name)).toBeVisible();
  const journal = await day.lead.journal.page({ sessionId: null, contains: 'reader', refusalsOnly: false });
  expect(journal.rows.length).toBeGreaterThan(0);
});

test('a card that cannot be read to its end says what to do, and is read at the next try', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  day.reader.fault({ kind: 'status', status: 0x41, command: 'read-text-photo' });
  day.placeCard('C01');
  await expect(page.getByText('没读完，请拿开再放')).toBeVisible();
  day.reader.heal();
  day.reader.lift();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  day.placeCard('C01');
  await expect(page.getByRole('heading', { name: '正在采人脸' })).toBeVisible();
});

test('without a camera the door says so and goes on by hand', async ({ day }) => {
  const without = await chromium.launch(await launchWith(...noCamera));
  try {
    const { page } = await day.desk('/door/201', 'door', without);
    await expect(page.getByText(/没有摄像头/).first()).toBeVisible();
    day.placeCard('C01');
    await expect(page.getByRole('heading', { name: '没有摄像头，走人工核验' })).toBeVisible();
    await shot(page, 'door-no-camera');
    await page.keyboard.press('F8');
    await expect(page.getByRole('heading', { name: '人工核验，先看 4 项' })).toBeVisible();
  } finally {
    await without.close();
  }
});

test('half an hour after the start nobody is let in any more, and the rule is named', async ({ day }) => {
  const { page, client } = await day.desk('/door/201', 'door');
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await day.moveTo(31);
  day.placeCard('C02');
  await expect(page.getByRole('heading', { name: '迟到，不能入场' })).toBeVisible();
  await expect(page.getByText('admission.late-after-minutes')).toBeVisible();
  await expect(page.locator('video')).toHaveCount(0);
  await shot(page, 'door-late');
  await pressUntil(page, 'Enter', page.getByText('请放身份证').first());
  expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(0);
  expect((await day.lead.session.list()).find((s) => s.sessionId === S1)?.state).toBe('running');
});

for (const [clip, asks, caption, name] of [
  ['several', '请只留一人', '现场人脸 · 不止一张脸', 'door-several-faces'],
  ['nobody', '请看这里', '现场人脸 · 没有人脸', 'door-no-face'],
] as const) {
  test(`before the camera ${clip}: one instruction to the person, one word to staff, nobody is taken`, async ({
    day,
  }, info) => {
    const file = info.outputPath(`${clip}.mjpeg`);
    await clipFromStills([clip === 'several' ? SEVERAL_FACES : await greyStill(info.outputPath('grey.png'))], file);
    const other = await chromium.launch(await launchWith(...fakeCamera(file)));
    try {
      const { page, client } = await day.desk('/door/201', 'door', other);
      await expect(page.getByText('请放身份证').first()).toBeVisible();
      day.placeCard('C01');
      await expect(page.getByText(caption)).toBeVisible();
      await expect(page.locator('.door-say')).toHaveText(asks);
      await shot(page, name);
      expect((await client.checkin.lane({ roomId: ROOM })).attempt?.images.live).toBe(false);
    } finally {
      await other.close();
    }
  });
}
