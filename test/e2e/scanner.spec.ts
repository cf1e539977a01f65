import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ed25519PrivateKey, sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { samplePlan } from '../../resources/sample-day/sample-plan.ts';
import { canLookAtPages } from '../harness/printed-page.ts';
import { fakeCamera, launchWith } from './harness/browser.ts';
import { type Desk, type ExamDay, expect, ROOM, test } from './harness/day.ts';
import { clipOfTicket } from './harness/ticket-clip.ts';
import { scanWith, type Wedge } from './harness/wedge.ts';

/** The invented centre's key, known before its plan: a ticket must be in the camera's clip when the browser starts. */
const centreKey = ed25519PrivateKey(Buffer.alloc(32, 11));
test.use({ dayOptions: { centreKey } });

/** What the station has at this door: the ticket presented, and how many it let in. */
const standing = async ({ client }: Desk) => {
  const { attempt, counts } = await client.checkin.lane({ roomId: ROOM });
  return { ticket: attempt?.outcome === null ? attempt.ticketNumber : null, admitted: counts.admitted };
};
/** What the journal says of tickets, the oldest first. */
const said = async (day: ExamDay) => {
  const { rows } = await day.lead.journal.page({ limit: 200 });
  const tickets = rows.filter(({ event }) => event.startsWith('checkin.ticket-')).toReversed();
  return tickets.map(({ event, data }) => ({ event, ...(data as object) }));
};

const WEDGES: [what: string, wedge: Wedge][] = [
  ['fast, with Enter', {}],
  ['50 ms a key', { gapMs: 50 }],
  ['with a Tab at the end', { end: ['Tab'] }],
  ['with carriage return and line feed', { end: ['Enter', 'Enter'] }],
  ['with carriage return and line feed as a control code', { end: ['Enter', 'LineFeed'] }],
];
for (const [what, wedge] of WEDGES) {
  test(`a scanner ${what}: the ticket is taken once and nobody is let in`, async ({ day }) => {
    const desk = await day.desk('/door/201', 'door');
    await expect(desk.page.getByText('请放身份证').first()).toBeVisible();
    const { ticketNumber } = day.candidate('C01');
    await scanWith(desk.page, ticketNumber, wedge);
    await expect(desk.page.getByText('准考证已认，等证件')).toBeVisible();
    await scanWith(desk.page, ticketNumber, wedge);
    await expect.poll(async () => (await said(day)).length).toBe(2);
    expect(await standing(desk)).toEqual({ ticket: ticketNumber, admitted: 0 });
  });
}

test('with a Chinese input method on, a scan into a field is a scan, and the field is as it was', async ({ day }) => {
  const desk = await day.desk('/door/201', 'door');
  const { page } = desk;
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: '输证件号或准考证号' });
  await field.pressSequentially('3101', { delay: 90 });
  await scanWith(page, 'ZK-2026-0099', { composing: true });
  // Nobody in the plan has it: the panel stays, and says so.
  await expect
    .poll(async () => await said(day))
    .toEqual([{ event: 'checkin.ticket-refused', roomId: ROOM, lane: 1, reason: 'unknown' }]);
  await expect(field).toHaveValue('3101');
  await expect(field).toBeFocused();

  const { ticketNumber } = day.candidate('C02');
  await scanWith(page, ticketNumber, { composing: true });
  await expect(page.getByText('准考证已认，等证件')).toBeVisible();
  expect(await standing(desk)).toEqual({ ticket: ticketNumber, admitted: 0 });
});

test('two scans at once leave one person at the door and let nobody in; typing by hand still works', async ({
  day,
}) => {
  const desk = await day.desk('/door/201', 'door');
  const { page } = desk;
  await expect(page.getByText('请放身份证').first()).toBeVisible();
  const [first, second] = ['C03', 'C04'].map((id) => day.candidate(id).ticketNumber) as [string, string];
  await scanWith(page, first);
  await scanWith(page, second);
  await expect(page.getByText('准考证已认，等证件')).toBeVisible();
  const { ticket, admitted } = await standing(desk);
  expect([[first, second].includes(ticket ?? ''), admitted]).toEqual([true, 0]);

  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: '输证件号或准考证号' });
  await field.pressSequentially(day.candidate('C05').ticketNumber, { delay: 70 });
  await page.keyboard.press('Enter');
  await expect(page.getByText(`准考证 ${day.candidate('C05').ticketNumber}`)).toBeVisible();
  expect(await standing(desk)).toEqual({ ticket: day.candidate('C05').ticketNumber, admitted: 0 });
});

test('a printed ticket before the door’s camera, turned and in poor light, is read and believed', async ({ day }) => {
  test.skip(!canLookAtPages, 'pdftoppm (poppler-utils) is not installed: no page can be rendered');
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-ticket-'));
  const clip = join(folder, 'ticket.mjpeg');
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(photos.error.package);
  const centre = {
    name: '样本鉴定中心',
    recipient: generateIdentity().recipient,
    verificationKeys: [sshPublicKeyLine(centreKey)],
  };
  const plan = samplePlan({ startsAtMs: Date.now(), centre, photoHashes: photos.value.hashes });
  const { ticketNumber } = day.candidate('C01');
  await clipOfTicket({ plan, photos: photos.value.photos, centreKey, ticketNumber }, { degrees: 17, light: 0.3 }, clip);
  const window = await chromium.launch(await launchWith(...fakeCamera(clip)));
  try {
    const desk = await day.desk('/door/201', 'door', window);
    await expect(desk.page.getByText('请放身份证').first()).toBeVisible();
    day.placeCard('C01');
    await expect
      .poll(async () => await said(day), { timeout: 30_000 })
      .toMatchObject([{ event: 'checkin.ticket-presented', signed: true, agrees: true }]);
    expect(await standing(desk)).toEqual({ ticket: ticketNumber, admitted: 0 });
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
