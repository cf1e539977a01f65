import { chromium, type Page } from '@playwright/test';
import { heading, letInByHand, waiting } from './harness/at-door.ts';
import { fakeCamera, launchWith } from './harness/browser.ts';
import { clipFromStills, clipOfPrint, clipOfTurn, greyStill, SEVERAL_FACES } from './harness/clip.ts';
import { type ExamDay, expect, ROOM, test } from './harness/day.ts';
import { pressUntil, scan } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { fitsEverywhere } from './harness/spills.ts';

/** The door as a site runs it that asks for the turn of the head, with the photographs of the chips. */
test.use({
  dayOptions: { rules: { 'admission.liveness': 'turn' }, cardPhotos: true },
  launchOptions: await launchWith(...fakeCamera(await clipOfTurn())),
});

/** The side is drawn anew for every attempt; this person's film turns to the right, so attempts that ask for the left are given up. */
async function askedRight(day: ExamDay, page: Page): Promise<void> {
  await expect(async () => {
    if (await waiting(page).isHidden()) await page.keyboard.press('Escape');
    await expect(waiting(page)).toBeVisible({ timeout: 2_000 });
    day.reader.lift();
    await expect(page.getByText('读卡器就绪')).toBeVisible({ timeout: 4_000 });
    day.placeCard('C02');
    await expect(page.locator('.door-say')).toHaveText(/请向[左右]转头/, { timeout: 12_000 });
    await expect(page.locator('.door-say')).toHaveText('请向右转头', { timeout: 100 });
  }).toPass({ timeout: 150_000 });
}

test('the right person turns the head as told, all three agree, and Enter admits', async ({ day }) => {
  test.setTimeout(240_000);
  const { page, client } = await day.desk('/door/201', 'door');
  await expect(waiting(page)).toBeVisible();
  // Where a machine's frames come too late to follow a head by, the door calls a person, rightly: the person then tries anew.
  await expect(async () => {
    await askedRight(day, page);
    await scan(page, day.candidate('C02').ticketNumber);
    await shot(page, 'turn-asked');
    const ended = heading(page, '三项都通过').or(heading(page, /人工核验/));
    await expect(ended).toBeVisible({ timeout: 30_000 });
    await expect(heading(page, '三项都通过')).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 200_000 });
  await shot(page, 'turn-all-pass');
  const { attempt } = await client.checkin.lane({ roomId: ROOM });
  expect(attempt).toMatchObject({ liveness: { kind: 'passed' }, decision: { kind: 'admit', again: false } });
  await pressUntil(page, 'Enter', heading(page, '已准予入场'));
  expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(1);
});

test("the wrong person: another's card before this face goes to two persons, whatever the head does", async ({
  day,
}) => {
  const { page, client } = await day.desk('/door/201', 'door');
  await expect(waiting(page)).toBeVisible();
  day.placeCard('C03');
  await expect(heading(page, '人工核验，先看 4 项')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/和证件照差/)).toBeVisible();
  await expect(page.getByText(/和报名照差/)).toBeVisible();
  await fitsEverywhere(page, 'wrong-person');
  expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(0);
});

test('a printed photograph held still does not turn its head: two persons look, with the reason before them', async ({
  day,
}) => {
  await withCamera(await clipOfPrint(), async (other) => {
    await day.member('second');
    const { page, client } = await day.desk('/door/201', 'door', other);
    await expect(waiting(page)).toBeVisible();
    day.placeCard('C02');
    await expect(heading(page, '人工核验，先看 4 项')).toBeVisible({ timeout: 40_000 });
    await expect(page.getByText(/转头没做完|画面一动不动|画面在重复|脸离开了画面|画面时间不对/)).toBeVisible();
    await expect(page.getByRole('radio', { name: /没完成转头/ })).toBeChecked();
    await shot(page, 'print-held-still');
    expect((await client.checkin.lane({ roomId: ROOM })).counts.admitted).toBe(0);

    // The candidate is not burnt: two persons may let in whom the machine could not.
    await letInByHand(day, page);
    expect((await client.checkin.lane({ roomId: ROOM })).attempt?.outcome).toBe('admitted-by-hand');
  });
});

for (const [before, asks, caption] of [
  ['two people', '请只留一人', '现场人脸 · 不止一张脸'],
  ['nobody', '请看这里', '现场人脸 · 没有人脸'],
] as const) {
  test(`${before}: the person is told one thing, after fifteen seconds two persons take over`, async ({
    day,
  }, info) => {
    const clip = info.outputPath('clip.mjpeg');
    await clipFromStills([before === 'nobody' ? await greyStill(info.outputPath('wall.png')) : SEVERAL_FACES], clip);
    await withCamera(clip, async (other) => {
      const { page, client } = await day.desk('/door/201', 'door', other);
      await expect(waiting(page)).toBeVisible();
      day.placeCard('C02');
      await expect(page.getByText(caption)).toBeVisible();
      await expect(page.locator('.door-say')).toHaveText(asks);
      await shot(page, `turn-${before.replace(' ', '-')}`);
      await expect(heading(page, '人工核验，先看 4 项')).toBeVisible({ timeout: 40_000 });
      expect((await client.checkin.lane({ roomId: ROOM })).attempt).toMatchObject({
        images: { live: false },
        outcome: null,
      });
    });
  });
}

test('a camera pulled out in the middle is said at once, and the door goes on by hand', async ({ day }) => {
  const { page } = await day.desk('/door/201', 'door');
  await expect(waiting(page)).toBeVisible();
  // What the browser does when a cable goes: the track ends, and there is no device any more.
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia.bind(mediaDevices);
    let tracks: MediaStreamTrack[] = [];
    let gone = false;
    mediaDevices.getUserMedia = async (wish) => {
      if (gone) throw new DOMException('no device', 'NotFoundError');
      const stream = await real(wish);
      tracks = stream.getTracks();
      return stream;
    };
    Object.assign(window, {
      pullCable: () => {
        gone = true;
        for (const track of tracks) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      },
    });
  });
  day.placeCard('C02');
  await expect(heading(page, '正在采人脸')).toBeVisible();
  await expect(page.locator('.door-say')).toHaveText(/请向[左右]转头/);
  await page.evaluate(() => (window as unknown as { pullCable: () => void }).pullCable());
  await expect(heading(page, '没有摄像头，走人工核验')).toBeVisible();
  await shot(page, 'camera-pulled-out');
  await page.keyboard.press('F8');
  await expect(heading(page, '人工核验，先看 4 项')).toBeVisible();
});

async function withCamera(clip: string, run: (other: Awaited<ReturnType<typeof chromium.launch>>) => Promise<void>) {
  const other = await chromium.launch(await launchWith(...fakeCamera(clip)));
  try {
    await run(other);
  } finally {
    await other.close();
  }
}
