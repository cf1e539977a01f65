import { expect, test } from 'vitest';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { signSsh } from '../../lib/sshsig.ts';
import { PLAN_NAMESPACE, readPlanPackage, signerFingerprint, writePlanPackage } from './package.ts';
import { aPlan, CENTRE_KEY, OTHER_KEY, pngHead, sha256Hex, withBlocked } from './plan-fixture.ts';
import { readZip } from './read-zip.ts';
import { writeStoredZip } from './write-zip.ts';

const { plan, photos } = aPlan();
const CENTRE = sshPublicKeyLine(CENTRE_KEY);
const OTHER = sshPublicKeyLine(OTHER_KEY);
const good = writePlanPackage(plan, photos, CENTRE_KEY);

/** The good package with some files replaced, or left out where null. */
async function changed(changes: Record<string, Uint8Array | string | null>): Promise<Uint8Array> {
  const files = await readZip(good, { maxEntries: 100, maxEntryBytes: 1e7, maxTotalBytes: 1e8 });
  if (!files.ok) throw new Error(files.error.code);
  for (const [name, content] of Object.entries(changes)) {
    if (content === null) files.value.delete(name);
    else files.value.set(name, Buffer.from(content as string));
  }
  return writeStoredZip(files.value);
}
/** Another plan, properly signed. */
const signed = (value: unknown, spelling = canonicalJson(value), namespace = PLAN_NAMESPACE) =>
  changed({ 'plan.json': spelling, 'plan.json.sig': signSsh(Buffer.from(spelling), namespace, CENTRE_KEY) });

const codeOf = async (bytes: Uint8Array, keys: readonly string[] | 'signer-in-package' = [CENTRE]) => {
  const read = await readPlanPackage(bytes, keys);
  return read.ok ? 'ok' : read.error.code;
};
const firstPhoto = `photos/${plan.candidates[0]!.photo.sha256}.png`;

test('a signed package comes back as the same plan and photos', async () => {
  expect(await readPlanPackage(good, [OTHER, `${CENTRE} a comment`])).toEqual({
    ok: true,
    value: { plan, photos, warnings: [] },
  });
});

test('the pictures of the block list travel in the package, and none may be missing', async () => {
  const blocking = withBlocked(aPlan());
  const bytes = writePlanPackage(blocking.plan, blocking.photos, CENTRE_KEY);
  const value = { plan: blocking.plan, photos: blocking.photos, warnings: [] };
  expect(await readPlanPackage(bytes, [CENTRE])).toEqual({ ok: true, value });
  expect(await codeOf(await signed(blocking.plan))).toBe('photo-missing');
});

test('the fingerprint is the one that ssh-keygen -l prints for this key', async () => {
  expect(await signerFingerprint(good)).toEqual({ ok: true, value: FINGERPRINT });
});
// ssh-keygen -lf on the public half of the seed of 32 bytes of 7.
const FINGERPRINT = 'SHA256:z/fSv0Z0RZS+Lccbc6ZoOWwt/fbj1VFJGSBKQbo4icE';

test('on first use, the signer must be the centre that the plan names', async () => {
  expect(await codeOf(good, 'signer-in-package')).toBe('ok');
  expect(await codeOf(writePlanPackage(plan, photos, OTHER_KEY), 'signer-in-package')).toBe('unknown-signer');
});

test('a key that the plan itself withdraws signs no plan', async () => {
  const withdrawing = { ...plan, centre: { ...plan.centre, verificationKeys: [OTHER], revokedKeys: [CENTRE] } };
  expect(await codeOf(writePlanPackage(withdrawing, photos, CENTRE_KEY))).toBe('unknown-signer');
  expect(await codeOf(writePlanPackage(withdrawing, photos, OTHER_KEY), [OTHER])).toBe('ok');
});

const altered = canonicalJson({ ...plan, batch: '另一批次' });
const shifted = pngHead(102, 126, 77);
const CASES: [what: string, code: string, bytes: () => Promise<Uint8Array> | Uint8Array][] = [
  ['no signature', 'unsigned', () => changed({ 'plan.json.sig': null })],
  ['an empty signature', 'bad-signature', () => changed({ 'plan.json.sig': '' })],
  ['a changed plan under the old signature', 'bad-signature', () => changed({ 'plan.json': altered })],
  ['a signature for another purpose', 'bad-signature', () => signed(plan, canonicalJson(plan), 'kaodian-bundle')],
  ['another centre’s signature', 'unknown-signer', () => writePlanPackage(plan, photos, OTHER_KEY)],
  ['no plan', 'malformed', () => changed({ 'plan.json': null })],
  ['a plan that is no JSON', 'malformed', () => signed(null, '{"format":')],
  ['a plan in another spelling', 'malformed', () => signed(plan, JSON.stringify(plan, null, 1))],
  [
    'a plan with a member twice',
    'malformed',
    () => signed(plan, canonicalJson(plan).replace('{"batch"', '{"batch":"x","batch"')),
  ],
  ['a plan of a later format', 'malformed', () => signed({ ...plan, format: 'kaodian-plan/2' })],
  ['a plan with an unknown member', 'malformed', () => signed({ ...plan, note: 'x' })],
  ['a photo left out', 'photo-missing', () => changed({ [firstPhoto]: null })],
  ['a photo exchanged', 'photo-altered', () => changed({ [firstPhoto]: Buffer.from(shifted) })],
  [
    'a photo that nobody names',
    'malformed',
    () => changed({ [`photos/${sha256Hex(shifted)}.png`]: Buffer.from(shifted) }),
  ],
  ['a file that does not belong', 'malformed', () => changed({ 'run.exe': 'x' })],
  [
    'two candidates at one workstation',
    'violations',
    () =>
      signed({ ...plan, candidates: plan.candidates.map((c) => ({ ...c, workstationId: '201-1', roomId: '201' })) }),
  ],
  ['no zip at all', 'archive-not-a-zip', () => Buffer.from('{}')],
  ['a cut package', 'archive-not-a-zip', () => good.subarray(0, 5000)],
];

test.each(CASES)('%s: %s, with a sentence to show', async (_, code, bytes) => {
  const read = await readPlanPackage(await bytes(), [CENTRE]);
  expect(read.ok ? 'ok' : read.error.code).toBe(code);
  expect(!read.ok && read.error.problems.every((p) => p.text.zh !== '' && p.text.en !== '')).toBe(true);
});

test.each(['plan.json', 'plan.json.sig'])('no flipped byte of %s passes, the zip being whole', async (name) => {
  const files = await readZip(good, { maxEntries: 100, maxEntryBytes: 1e7, maxTotalBytes: 1e8 });
  const content = Buffer.from((files.ok && files.value.get(name)) || '');
  for (let at = 0; at < content.length; at += Math.ceil(content.length / 60)) {
    const copy = Buffer.from(content);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    expect(await codeOf(await changed({ [name]: copy }))).toBe('bad-signature');
  }
});

test('what does not fit together is named by list and entry', async () => {
  const bytes = await signed({
    ...plan,
    candidates: plan.candidates.map((c, i) => (i === 3 ? { ...c, sessionId: 'S9' } : c)),
  });
  const read = await readPlanPackage(bytes, [CENTRE]);
  expect(!read.ok && read.error.problems.map(({ sheet, row, code }) => `${sheet} ${row} ${code}`)).toEqual([
    '考生 4 unknown-reference',
  ]);
});
