import { chromium, type Page } from '@playwright/test';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { heading, lookAtFour, waiting } from './harness/at-door.ts';
import { fakeCamera, launchWith, noCamera } from './harness/browser.ts';
import { clipOfCard } from './harness/card-clip.ts';
import { clipFromStills, clipOfC01, clipOfPrint, clipOfTurn, greyStill, SEVERAL_FACES } from './harness/clip.ts';
import { type ExamDay, expect, ROOM, test } from './harness/day.ts';
import { choose, draw, pressUntil, scan } from './harness/hands.ts';
import { STILLS_BEFORE_THE_CAMERA } from './harness/installation.ts';
import { picture } from './harness/picture-file.ts';

/** The README's pictures of the door, one a state, each from an attempt of its own. */
const withClip = async (clip: string) => chromium.launch(await launchWith(...fakeCamera(clip)));
test.use({
  dayOptions: {
    cardPhotos: true,
    rehearsal: false,
    rules: { 'admission.liveness': 'turn', 'admission.enter-before-minutes': 60 },
  },
  launchOptions: await launchWith(...fakeCamera(await clipOfTurn())),
});

/** In the manual lane of a wrong person card and plan show another than the camera. */
const DOCUMENTS = '.door-photo img, .door-manual-pictures figure + figure img, .door-like-small img';

async function atDoor(day: ExamDay, clip?: string, candidate = 'C02'): Promise<Page> {
  const { page } = await day.desk('/door/201', 'door', clip === undefined ? undefined : await withClip(clip));
  await expect(waiting(page)).toBeVisible();
  day.reader.lift();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  day.placeCard(candidate);
  return page;
}

/** A page whose people are drawn is of no more use: its attempt is ended behind it. */
async function leave(day: ExamDay, page: Page): Promise<void> {
  await page.close();
  const { attempt } = await day.lead.checkin.lane({ roomId: ROOM, again: true });
  if (attempt !== null && attempt.outcome === null) await day.lead.checkin.dismiss({ attemptId: attempt.attemptId });
}

test('waiting, turning, all three agree, admitted', async ({ day }) => {
  test.setTimeout(300_000);
  const first = await day.desk('/door/201', 'door');
  await expect(waiting(first.page)).toBeVisible();
  await expect(first.page.getByText('读卡器就绪')).toBeVisible();
  await picture(day, first.page, 'door-waiting');
  await first.page.close();
  const asked = await atDoor(day);
  await expect(asked.locator('.door-turn-icon').nth(1)).toBeVisible({ timeout: 30_000 });
  await picture(day, asked, 'door-turn');
  await asked.close();
  let page = (await day.desk('/door/201', 'door')).page;
  await expect(async () => {
    if (await waiting(page).isHidden()) await page.keyboard.press('Escape');
    await expect(waiting(page)).toBeVisible({ timeout: 3_000 });
    day.reader.lift();
    await expect(page.getByText('读卡器就绪')).toBeVisible({ timeout: 4_000 });
    day.placeCard('C02');
    await expect(heading(page, '正在采人脸')).toBeVisible({ timeout: 8_000 });
    await scan(page, day.candidate('C02').ticketNumber);
    await expect(heading(page, '三项都通过')).toBeVisible({ timeout: 25_000 });
  }).toPass({ timeout: 200_000 });
  await picture(day, page, 'door');
  await page.close();
  page = (await day.desk('/door/201', 'door')).page;
  await pressUntil(page, 'Enter', heading(page, '已准予入场'));
  day.reader.lift();
  await expect(page.getByText('可以放下一张')).toBeVisible();
  await picture(day, page, 'door-admitted');
});

test("another's card, a print, several, nobody, no camera", async ({ day }, info) => {
  test.setTimeout(300_000);
  await day.member('second');
  const wrong = await atDoor(day, undefined, 'C03');
  await expect(heading(wrong, '人工核验，先看 4 项')).toBeVisible({ timeout: 40_000 });
  await lookAtFour(wrong);
  await expect(heading(wrong, '人工核验，等第二人')).toBeVisible();
  await choose(wrong, '第二人', day.nameOf('second'));
  await picture(day, wrong, 'door-wrong-person', 'person', DOCUMENTS);
  await leave(day, wrong);

  const print = await atDoor(day, await clipOfPrint());
  await expect(print.getByRole('radio', { name: /没完成转头/ })).toBeChecked({ timeout: 60_000 });
  await picture(day, print, 'door-print');
  await leave(day, print);

  const clips = { several: info.outputPath('several.mjpeg'), nobody: info.outputPath('nobody.mjpeg') };
  await clipFromStills([SEVERAL_FACES], clips.several);
  await clipFromStills([await greyStill(info.outputPath('wall.png'))], clips.nobody);
  for (const [shows, caption] of [
    ['several', /不止一张脸/],
    ['nobody', /没有人脸/],
  ] as const) {
    const page = await atDoor(day, clips[shows], shows === 'several' ? 'C04' : 'C05');
    await expect(page.getByText(caption)).toBeVisible();
    await picture(day, page, `door-${shows}`, shows);
    await leave(day, page);
  }

  const without = await chromium.launch(await launchWith(...noCamera));
  const { page } = await day.desk('/door/201', 'door', without);
  day.reader.lift();
  await expect(page.getByText('读卡器就绪')).toBeVisible();
  day.placeCard('C06');
  await expect(heading(page, '没有摄像头，走人工核验')).toBeVisible();
  await picture(day, page, 'door-no-camera');
});

test.describe('the other ways', () => {
  test.use({
    dayOptions: {
      cardPhotos: true,
      rehearsal: false,
      signed: false,
      rules: { ...STILLS_BEFORE_THE_CAMERA, 'admission.enter-before-minutes': 60 },
    },
  });

  test('pledge, possible impersonation, already in', async ({ day }) => {
    test.setTimeout(240_000);
    const camera = await clipOfC01();
    const first = await atDoor(day, camera, 'C01');
    await expect(heading(first, '请签承诺书')).toBeVisible();
    await draw(first, first.getByRole('img', { name: '签名' }));
    await picture(day, first, 'door-consent');
    await first.close();
    let page = (await day.desk('/door/201', 'door', await withClip(camera))).page;
    await expect(heading(page, '请签承诺书')).toBeVisible();
    await draw(page, page.getByRole('img', { name: '签名' }));
    await pressUntil(page, 'Enter', heading(page, /正在采人脸|三项都通过|准考证/));
    await scan(page, day.candidate('C01').ticketNumber);
    await expect(heading(page, '三项都通过')).toBeVisible({ timeout: 40_000 });
    await pressUntil(page, 'Enter', heading(page, '已准予入场'));
    day.reader.lift();
    await expect(page.getByText('可以放下一张')).toBeVisible();
    day.placeCard('C01');
    await expect(heading(page, /已经入场$/)).toBeVisible();
    await expect(page.locator('.door-record img')).toBeVisible();
    await picture(day, page, 'door-already-in');
    await page.close();

    page = (await day.desk('/door/201', 'door', await withClip(camera))).page;
    await pressUntil(page, 'Enter', waiting(page));
    day.reader.lift();
    await expect(page.getByText('读卡器就绪')).toBeVisible();
    day.placeCard('C03');
    await expect(heading(page, '请签承诺书')).toBeVisible();
    await draw(page, page.getByRole('img', { name: '签名' }));
    await pressUntil(page, 'Enter', heading(page, /正在采人脸|先别放行/));
    await expect(heading(page, '先别放行，请负责人')).toBeVisible({ timeout: 40_000 });
    await expect(page.locator('.door-like-pictures img')).toHaveCount(4);
    await picture(day, page, 'door-impersonation', 'person', DOCUMENTS);
  });

  test('a card before the camera', async ({ day }, info) => {
    test.setTimeout(180_000);
    const clip = info.outputPath('card.mjpeg');
    const photos = await samplePhotos();
    if (!photos.ok) throw new Error('no sample photographs');
    await clipOfCard(day.candidate('C01'), photos.value.photos.get(photos.value.hashes.get('C01') ?? '') ?? null, clip);
    const { page } = await day.desk('/door/201', 'door', await withClip(clip));
    await expect(waiting(page)).toBeVisible();
    await page.keyboard.press('F6');
    await expect(heading(page, /逐栏核对/)).toBeVisible({ timeout: 60_000 });
    // Every crop is there, and drawn.
    await expect(page.locator('.card-crop:not(:has(img))')).toHaveCount(0);
    const crops = page.locator('.card-review img, .card-now img');
    await expect
      .poll(() => crops.evaluateAll((all: HTMLImageElement[]) => all.every((img) => img.naturalWidth > 0)))
      .toBe(true);
    await picture(day, page, 'door-card-camera');
  });
});
