import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePlanPackage } from '../../electron/features/plan/package.ts';
import { writeWorkbook } from '../../electron/features/plan/write-workbook.ts';
import { opensshPrivateKeyText } from '../../electron/lib/openssh-private-key.ts';
import { sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { samplePhotos } from './sample-photos.ts';
import { samplePlan } from './sample-plan.ts';

/**
 * Writes the sample day for a person to try, starting half an hour from now: `plan.xlsx`, `photos/`, the same as a
 * signed `plan-package.zip`, the identity `centre.key` that opens what is sealed to this invented centre, and the key
 * `centre-signing.key` with which it signs plans and tickets.
 */
async function writeSampleDay(dir: string): Promise<void> {
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(`the npm package ${photos.error.package} is not installed`);
  const centreKey = generateKeyPairSync('ed25519').privateKey;
  const { identity, recipient } = generateIdentity();
  const minute = 60_000;
  const plan = samplePlan({
    startsAtMs: (Math.floor(Date.now() / minute) + 30) * minute,
    centre: { name: '样本鉴定中心', recipient, verificationKeys: [sshPublicKeyLine(centreKey)] },
    photoHashes: photos.value.hashes,
  });
  await mkdir(join(dir, 'photos'), { recursive: true });
  await writeFile(join(dir, 'plan.xlsx'), await writeWorkbook(plan));
  for (const { photo } of plan.candidates) {
    await writeFile(join(dir, 'photos', photo.file), photos.value.photos.get(photo.sha256) ?? '');
  }
  await writeFile(join(dir, 'plan-package.zip'), writePlanPackage(plan, photos.value.photos, centreKey));
  await writeFile(join(dir, 'centre.key'), `${identity}\n`, { mode: 0o600 });
  await writeFile(join(dir, 'centre-signing.key'), opensshPrivateKeyText(centreKey, 'specimen'), { mode: 0o600 });
  for (const note of photos.value.notes) console.log(note);
  console.log(`Wrote ${plan.candidates.length} candidates to ${dir}`);
}

const [dir] = process.argv.slice(2);
if (dir === undefined) {
  console.error('usage: node resources/sample-day/write.ts OUTDIR');
  process.exitCode = 2;
} else await writeSampleDay(dir);
