import { chromium, type Page } from '@playwright/test';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { heading, letInByHand, seeEveryField, waiting } from './harness/at-door.ts';
import { fakeCamera, launchWith } from './harness/browser.ts';
import { clipOfCard } from './harness/card-clip.ts';
import { clipOfC01 } from './harness/clip.ts';
import { type ExamDay, expect, PIN, ROOM, test } from './harness/day.ts';
import { choose, draw, pressUntil, scan, typePin } from './harness/hands.ts';
import { STILLS_BEFORE_THE_CAMERA } from './harness/installation.ts';
import { shot } from './harness/served.ts';
import { fitsEverywhere } from './harness/spills.ts';

/** The ways through the door besides the straight one. Before every camera of this file stands the person of C01. */
test.use({
  dayOptions: { cardPhotos: true, rules: STILLS_BEFORE_THE_CAMERA },
  launchOptions: await launchWith(...fakeCamera(await clipOfC01())),
});

/** C01 stands at the door, everything agrees, and is let in. */
async function admitC01(day: ExamDay, page: Page): Promise<void> {
  await expect(waiting(page)).toBeVisible();
  day.placeCard('C01');
  await expect(heading(page, '正在采人脸')).toBeVisible();
  // On a busy page a scan may be cut in two and answered as an unknown number: staff scan again.
  await expect(async () => {
    if (await heading(page, '三项都通过').isHidden()) await scan(page, day.candidate('C01').ticketNumber);
    await expect(heading(page, '三项都通过')).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 45_000 });
  await fitsEverywhere(page, 'way-all-pass');
  await pressUntil(page, 'Enter', heading(page, '已准予入场'));
  await fitsEverywhere(page, 'way-admitted');
  day.reader.lift();
}

test.describe('pledge and consent at the door', () => {
  test.use({ dayOptions: { cardPhotos: true, signed: false, rules: STILLS_BEFORE_THE_CAMERA } });

  test('one gesture and one key: agreed goes on to the face; Enter before a stroke does nothing', async ({ day }) => {
    const { page, client } = await day.desk('/door/201', 'door');
    await expect(waiting(page)).toBeVisible();
    day.placeCard('C01');
    await expect(heading(page, '请签承诺书')).toBeVisible();
    await expect(page.locator('video')).toHaveCount(0);
    const tiles = page.getByRole('button', { name: /同意人脸比对|不用人脸/ });
    await expect(tiles).toHaveCount(2);
    await expect(tiles.first()).toBeDisabled();
    await page.keyboard.press('Enter');
    await expect(heading(page, '请签承诺书')).toBeVisible();
    await fitsEverywhere(page, 'way-consent');
    // What is to be signed is there to be read, without scrolling, on the smallest screen too.
    for (const height of [768, 657]) {
      await page.setViewportSize({ width: 1366, height });
      const hidden = () => page.locator('.consent-paper').evaluate((paper) => paper.scrollHeight - paper.clientHeight);
      await expect.poll(hidden, { message: `lines below the edge at ${height}` }).toBeLessThanOrEqual(1);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
    await draw(page, page.getByRole('img', { name: '签名' }));
    await expect(heading(page, '签好了，请选一项')).toBeVisible();
    await fitsEverywhere(page, 'way-consent-signed');
    await pressUntil(page, 'Enter', heading(page, '正在采人脸'));
    expect((await client.checkin.lane({ roomId: ROOM })).attempt?.consent?.face).toBe('agreed');
  });

  test('declining is the other key: two persons look, no face is taken, and nothing more is asked', async ({ day }) => {
    await day.member('second');
    const { page, client } = await day.desk('/door/201', 'door');
    await expect(waiting(page)).toBeVisible();
    day.placeCard('C01');
    await expect(heading(page, '请签承诺书')).toBeVisible();
    await draw(page, page.getByRole('img', { name: '签名' }));
    await pressUntil(page, 'F6', heading(page, '人工核验，先看 4 项'));
    await expect(page.getByRole('radio', { name: /不用人脸/ })).toBeChecked();
    await fitsEverywhere(page, 'way-declined');
    await scan(page, day.candidate('C01').ticketNumber);
    await letInByHand(day, page);
    expect((await client.checkin.lane({ roomId: ROOM })).attempt).toMatchObject({
      outcome: 'admitted-by-hand',
      images: { live: false },
    });
  });

  test('on a tablet beside the queue the next candidate finds themselves, signs, and the door asks no more', async ({
    day,
  }) => {
    const tablet = (await day.desk('/door/201/sign', 'invigilator')).page;
    await expect(heading(tablet, /请扫准考证/)).toBeVisible();
    for (const digit of day.candidate('C01').ticketNumber.slice(-6)) {
      await tablet.getByRole('button', { name: digit, exact: true }).click();
    }
    await fitsEverywhere(tablet, 'way-sign-find');
    await tablet.getByRole('button', { name: '找到我' }).click();
    await expect(heading(tablet, day.candidate('C01').name)).toBeVisible();
    await draw(tablet, tablet.getByRole('img', { name: '签名' }));
    await fitsEverywhere(tablet, 'way-sign-paper');
    await tablet.getByRole('button', { name: /同意人脸比对/ }).click();
    await expect(heading(tablet, '签好了')).toBeVisible();
    await fitsEverywhere(tablet, 'way-sign-done');
    const door = (await day.desk('/door/201', 'door')).page;
    await expect(waiting(door)).toBeVisible();
    day.placeCard('C01');
    await expect(heading(door, '正在采人脸')).toBeVisible();
  });
});

test("a face already inside by another's document: nobody goes in by any key, the lead is called and decides", async ({
  day,
}) => {
  test.setTimeout(180_000);
  await day.member('second');
  const { page, client } = await day.desk('/door/201', 'door');
  await admitC01(day, page);
  await expect(page.getByText(/可以放下一张/)).toBeVisible();
  day.placeCard('C03');
  await expect(heading(page, '先别放行，请负责人')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('疑似替考')).toHaveCSS('font-size', '20px');
  await expect(page.locator('.door-like-say')).toHaveText('请稍候');
  await expect(page.getByText(day.candidate('C01').name)).toBeVisible();
  await fitsEverywhere(page, 'way-impersonation');
  await scan(page, day.candidate('C03').ticketNumber);
  for (const key of ['Enter', '1', '2', 'F8']) await page.keyboard.press(key);
  await expect(heading(page, '先别放行，请负责人')).toBeVisible();
  expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(1);

  await pressUntil(page, 'F10', page.getByText(/已呼叫，等负责人到/));
  const office = (await day.desk('/office', 'lead')).page;
  await expect(office.getByText(/请负责人：疑似替考/).first()).toBeVisible();
  await pressUntil(page, 'F7', heading(page, '负责人或督导来定'));
  await page.keyboard.press('1');
  await page.getByRole('textbox', { name: '看到了什么，写一句' }).pressSequentially('样本：只是长得像', { delay: 60 });
  await choose(page, '由谁定', day.nameOf('lead'));
  await typePin(page, PIN, `请${day.nameOf('lead')}本人输入 PIN`);
  await fitsEverywhere(page, 'way-impersonation-verdict');
  // The likeness is settled; the face still does not agree with this person's photographs, so two persons look.
  await pressUntil(page, 'Enter', heading(page, '人工核验，先看 4 项'));
  expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(1);
});

test('set aside the queue goes on, and F9 takes the next one up again', async ({ day }) => {
  const { page, client } = await day.desk('/door/201', 'door');
  await expect(waiting(page)).toBeVisible();
  for (const candidate of ['C03', 'C04']) {
    day.placeCard(candidate);
    await expect(heading(page, '正在采人脸')).toBeVisible();
    await pressUntil(page, 'F9', waiting(page));
    day.reader.lift();
    await expect(page.getByText('读卡器就绪')).toBeVisible();
  }
  await expect(page.getByRole('button', { name: /候核 2 位/ })).toBeVisible();
  await fitsEverywhere(page, 'way-waiting');
  await page.keyboard.press('F9');
  await expect(page.getByRole('option')).toHaveCount(2);
  await fitsEverywhere(page, 'way-waiting-list');
  await pressUntil(page, 'Enter', heading(page, '人工核验，先看 4 项'));
  await expect(page.getByText(day.candidate('C03').name)).toBeVisible();
  await pressUntil(page, 'Escape', waiting(page));
  // Taken up and left again, nobody is lost.
  expect((await client.checkin.lane({ roomId: ROOM })).counts.setAside).toBe(2);

  const board = (await day.desk('/office#door', 'lead')).page;
  await board.getByRole('radio', { name: /候核/ }).click();
  await expect(board.getByRole('row')).toHaveCount(1 + 2);
  await fitsEverywhere(board, 'way-board');
  await board.getByRole('textbox', { name: '姓名、座位或准考证号' }).fill('没有这个人');
  await expect(board.getByText('没有这样的考生')).toBeVisible();
  // On paper stands the list alone.
  await board.emulateMedia({ media: 'print' });
  await expect(board.getByRole('tab').first()).toBeHidden();
  await expect(board.getByRole('columnheader', { name: '准考证号' })).toBeVisible();
  await shot(board, 'way-board-print');
});

test('the lead takes an admission back at the same door, and the person comes in anew', async ({ day }) => {
  test.setTimeout(180_000);
  const { page, client } = await day.desk('/door/201', 'door');
  await admitC01(day, page);
  await expect(page.getByText(/可以放下一张/)).toBeVisible();
  day.placeCard('C01');
  await expect(heading(page, /\d\d:\d\d 已经入场$/)).toBeVisible();
  await fitsEverywhere(page, 'way-already-in');
  await pressUntil(page, 'F7', heading(page, '撤销入场'));
  await page.keyboard.press('2');
  await expect(page.getByRole('textbox', { name: '为什么撤销' })).toHaveValue('按错了键');
  await typePin(page, PIN, `请${day.nameOf('lead')}本人输入 PIN`);
  await fitsEverywhere(page, 'way-undo');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(0);
  await expect(heading(page, /正在采人脸|三项都通过|核对通过|人脸已采/)).toBeVisible();
});

test('who went out without being signed out comes back by F6, and who is signed out by the card alone', async ({
  day,
}) => {
  test.setTimeout(180_000);
  const { page, client } = await day.desk('/door/201', 'door');
  await admitC01(day, page);
  await expect(page.getByText(/可以放下一张/)).toBeVisible();
  day.placeCard('C01');
  await expect(heading(page, /\d\d:\d\d 已经入场$/)).toBeVisible();
  await pressUntil(page, 'F6', heading(page, /正在采人脸|返回考场/));
  await expect(heading(page, '返回考场')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /准予返回/ })).toBeVisible();
  await fitsEverywhere(page, 'way-returning');
  await pressUntil(page, 'Enter', heading(page, '已返回考场'));
  await expect(page.getByText('请回 1 号工位')).toBeVisible();
  expect((await client.checkin.lane({ roomId: ROOM })).attempt?.outcome).toBe('readmitted');
  await day.lead.presence.signOut({
    candidateId: day.candidate('C01').candidateId,
    kind: 'finished',
    note: '样本：提前交卷',
  });
  day.reader.lift();
  await expect(page.getByText(/可以放下一张|读卡器就绪/).first()).toBeVisible();
  day.placeCard('C01');
  await expect(heading(page, '已经交卷离场')).toBeVisible();
  await fitsEverywhere(page, 'way-handed-in');
});

test('two lanes at one door: the second says which it is, and whose the reader is', async ({ day }) => {
  const first = (await day.desk('/door/201', 'door')).page;
  await expect(first.getByText('读卡器就绪')).toBeVisible();
  const second = (await day.desk('/door/201/2', 'door')).page;
  await expect(second.getByText(/201 考场门口 · 通道 2/)).toBeVisible();
  await expect(second.getByText('读卡器就绪')).toBeVisible();
  await expect(first.getByText('读卡器在201 考场通道 2')).toBeVisible();
  await fitsEverywhere(first, 'way-lane-without-reader');
  day.placeCard('C04');
  await expect(heading(second, '正在采人脸')).toBeVisible();
  await expect(waiting(first)).toBeVisible();
});

test('the card before a camera is read, gone through field by field, and goes to two persons', async ({
  day,
}, info) => {
  test.setTimeout(180_000);
  const clip = info.outputPath('card.mjpeg');
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error('no sample photographs');
  const portrait = photos.value.photos.get(photos.value.hashes.get('C01') ?? '') ?? null;
  await clipOfCard(day.candidate('C01'), portrait, clip);
  const other = await chromium.launch(await launchWith(...fakeCamera(clip)));
  try {
    const { page, client } = await day.desk('/door/201', 'door', other);
    await expect(waiting(page)).toBeVisible();
    await page.keyboard.press('F6');
    await expect(heading(page, '拍身份证')).toBeVisible();
    await expect(page.locator('.card-frame')).toBeVisible();
    await fitsEverywhere(page, 'way-card-frame');
    await expect(heading(page, /逐栏核对|核对完了，请确认/)).toBeVisible({ timeout: 60_000 });
    await fitsEverywhere(page, 'way-card-review');
    await seeEveryField(page, day.candidate('C01').name);
    await fitsEverywhere(page, 'way-card-confirm');
    await pressUntil(page, 'Enter', heading(page, /人工核验/));
    await fitsEverywhere(page, 'way-card-manual');
    expect((await client.checkin.lane({ roomId: ROOM })).attempt).toMatchObject({
      documentBy: 'camera',
      outcome: null,
    });
  } finally {
    await other.close();
  }
});

test('another document is typed with its picture, and two persons look', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(waiting(page)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(heading(page, '输证件号或准考证号')).toBeVisible();
  await fitsEverywhere(page, 'way-look-up');
  await page.keyboard.press('F8');
  await expect(heading(page, '其他证件')).toBeVisible();
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: /护照/ })).toBeChecked();
  await page.getByRole('textbox', { name: '证件号码' }).pressSequentially('E12345678', { delay: 60 });
  await page.getByRole('textbox', { name: '证件上的姓名' }).fill('样本');
  await page.keyboard.press('F6');
  await expect(page.getByRole('button', { name: /重拍/ })).toBeVisible();
  await fitsEverywhere(page, 'way-other-document');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /名单里没有这个人/ }).or(page.getByRole('alert'))).toBeVisible();
});

test.describe('in English', () => {
  test.use({ dayOptions: { cardPhotos: true, signed: false, rules: STILLS_BEFORE_THE_CAMERA } });

  test('nothing spills from waiting to the manual lane', async ({ day }) => {
    test.setTimeout(180_000);
    await day.member('second');
    const { page } = await day.desk('/door/201', 'door');
    await expect(waiting(page)).toBeVisible();
    await page.keyboard.press('F1');
    await page.getByText('English', { exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Place the ID card').first()).toBeVisible();
    await fitsEverywhere(page, 'en-waiting');
    await page.keyboard.press('F2');
    await expect(heading(page, 'Type the ID or ticket number')).toBeVisible();
    await fitsEverywhere(page, 'en-look-up');
    await page.keyboard.press('F8');
    await expect(heading(page, 'Other document')).toBeVisible();
    await fitsEverywhere(page, 'en-other-document');
    await page.keyboard.press('Escape');
    day.placeCard('C01');
    await expect(heading(page, 'Pledge to be signed')).toBeVisible();
    await fitsEverywhere(page, 'en-consent');
    await draw(page, page.getByRole('img', { name: 'Signature' }));
    await pressUntil(page, 'Enter', heading(page, 'Taking the face'));
    await scan(page, day.candidate('C01').ticketNumber);
    await expect(heading(page, 'All three pass')).toBeVisible({ timeout: 30_000 });
    await fitsEverywhere(page, 'en-all-pass');
    await pressUntil(page, 'F8', heading(page, 'Manual: 4 checks first'));
    await fitsEverywhere(page, 'en-manual');
    await pressUntil(page, 'Escape', heading(page, 'All three pass'));
    await pressUntil(page, 'Enter', heading(page, 'Admitted'));
    day.reader.lift();
    await expect(page.getByText('Next card, please')).toBeVisible();
    day.placeCard('C03');
    await draw(page, page.getByRole('img', { name: 'Signature' }));
    await pressUntil(page, 'Enter', heading(page, 'Taking the face'));
    await expect(heading(page, 'Hold, call the lead')).toBeVisible({ timeout: 30_000 });
    await fitsEverywhere(page, 'en-impersonation');
  });
});
