import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { BrowserContext, Page } from '@playwright/test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import type { StationClient } from '../../electron/contract/index.ts';
import { writePlanPackage } from '../../electron/features/plan/package.ts';
import { RoomId, type SessionId } from '../../electron/lib/ids.ts';
import { sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { decrypt, generateIdentity } from '../../electron/vault/age/age.ts';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { samplePlan } from '../../resources/sample-day/sample-plan.ts';
import { expect, type ServedStation, shot, test, troubleOf } from './harness/served.ts';

test.setTimeout(120_000);

const roomId = RoomId.parse('201');

/** The station as the page's own person sees it: the same cookie, through the same contract. */
async function clientOf(context: BrowserContext, origin: string): Promise<StationClient> {
  const cookies = await context.cookies(origin);
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
}

/** A site with the sample day adopted and its session running, the page signed in as the lead. */
async function openDay(page: Page, station: ServedStation) {
  await page.goto(station.entry);
  const client = await clientOf(page.context(), station.origin);
  await client.site.create({
    siteName: '样本考核点',
    filingNumber: '样本备〔2026〕001号',
    stationId: 'SAMPLE-1',
    lead: { name: '负责人（样本）', pin: '246810' },
    passphrase: 'specimen passphrase, 样本',
  });
  const centre = generateIdentity();
  const key = generateKeyPairSync('ed25519').privateKey;
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(`the npm package ${photos.error.package} is not installed`);
  const plan = samplePlan({
    // Past the late limit: only then may a session end early.
    startsAtMs: Date.now() - 40 * 60_000,
    centre: { name: '样本鉴定中心', recipient: centre.recipient, verificationKeys: [sshPublicKeyLine(key)] },
    photoHashes: photos.value.hashes,
  });
  const zip = new File([new Uint8Array(writePlanPackage(plan, photos.value.photos, key))], 'plan.zip');
  const checked = await client.plan.checkPackage({ package: zip, trustOnFirstUse: true });
  if (checked.kind !== 'ready') throw new Error(`the sample plan is not accepted: ${JSON.stringify(checked)}`);
  await client.plan.adopt({ checkId: checked.checkId });
  const sessionId = plan.sessions[0]!.sessionId as SessionId;
  await client.session.open({ sessionId });
  const camera = async () => (await client.recording.room({ sessionId, roomId })).cameras[0]!;
  return { client, sessionId, centre, camera };
}

test('a camera is recorded, goes on after a reload, and every stored segment plays alone for the centre', async ({
  page,
  station,
}) => {
  const trouble = troubleOf(page);
  const { client, sessionId, centre, camera } = await openDay(page, station);
  await page.goto(`${station.origin}/room/${roomId}`);
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await shot(page, 'room-ready');

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '在录' })).toBeVisible();
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  await expect(page.getByText('没有积压')).toBeVisible();
  await shot(page, 'room-recording');
  expect((await camera()).gaps).toEqual([]);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect.poll(async () => (await camera()).stored.length, { timeout: 30_000 }).toBe(2);
  const { stored, gaps } = await camera();
  expect(gaps).toEqual([{ beginMs: stored[0]?.endMs, endMs: stored[1]?.beginMs, reason: 'desk-restarted' }]);

  await client.session.close({ sessionId, earlyReason: '考生全部交卷，提前结束' });
  await expect(page.getByRole('heading', { name: '录像已停' })).toBeVisible();
  expect((await camera()).state.kind).toBe('stopped');
  expect(trouble).toEqual([]);

  const vault = join(station.dataDir, 'vault', sessionId);
  const films: { beginsWithKey: boolean; codec: string | null; frames: number }[] = [];
  for (const file of readdirSync(vault)) {
    const plain = decrypt(readFileSync(join(vault, file)), [centre.identity]);
    if (!plain.ok) throw new Error(`${file} does not open with the centre's key`);
    if (Buffer.from(plain.value.subarray(4, 8)).toString() === 'ftyp') films.push(await look(plain.value));
  }
  expect(films.length).toBe((await camera()).segments);
  for (const film of films)
    expect(film).toMatchObject({ beginsWithKey: true, codec: expect.stringMatching(/^(avc|vp9)$/) });
});

test('a station out of reach gets everything that was filmed meanwhile, and no gap is left', async ({
  page,
  station,
  context,
}) => {
  const { camera } = await openDay(page, station);
  await page.goto(`${station.origin}/room/${roomId}`);
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  // As far as the window can tell, the station is gone: no call gets through.
  await context.setOffline(true);
  await expect(page.getByText(/连不上，本机存着/)).toBeVisible({ timeout: 20_000 });
  const before = (await camera()).segments;
  await shot(page, 'room-station-away');
  await context.setOffline(false);
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThan(before + 3);
  expect(await camera()).toMatchObject({ gaps: [], stored: [{}] });
});

/** What a player would find in a segment. */
async function look(bytes: Uint8Array) {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('a segment without a picture');
  let frames = 0;
  let beginsWithKey = false;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (frames === 0) beginsWithKey = packet.type === 'key';
    frames += 1;
  }
  return { beginsWithKey, codec: await track.getCodec(), frames };
}
