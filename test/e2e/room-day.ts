import { generateKeyPairSync } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { BrowserContext, Page } from '@playwright/test';
import type { StationClient } from '../../electron/contract/index.ts';
import { writePlanPackage } from '../../electron/features/plan/package.ts';
import { RoomId, type SessionId } from '../../electron/lib/ids.ts';
import { sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { samplePlan } from '../../resources/sample-day/sample-plan.ts';
import { expect, type ServedStation } from './harness/served.ts';

export const roomId = RoomId.parse('201');

/** The station as the page's own person sees it: the same cookie, through the same contract. */
async function clientOf(context: BrowserContext, origin: string): Promise<StationClient> {
  const cookies = await context.cookies(origin);
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
}

/** A site with the sample day adopted and its session running, the page signed in as the lead. */
export async function openDay(page: Page, station: ServedStation) {
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
  return { client, sessionId, centre, centreKey: key, camera };
}

/** Opens the room desk and starts its camera, as a person does. */
export async function startRecording(page: Page, station: ServedStation): Promise<void> {
  await page.goto(`${station.origin}/room/${roomId}`);
  const ready = page.getByRole('heading', { name: '还没开始录' });
  await expect(ready).toBeVisible({ timeout: 20_000 });
  // A new verdict is deaf to Enter for 400 ms, so a hand may have to press again.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(ready).toBeHidden({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole('heading', { name: '在录' })).toBeVisible({ timeout: 20_000 });
}
