import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { ed25519PrivateKey } from '../../lib/ssh-key-text.ts';
import { signSsh } from '../../lib/sshsig.ts';
import { checkReceipt, RECEIPT_FORMAT, RECEIPT_NAMESPACE, type Receipt, signReceipt } from './receipt.ts';

const [now, before, stranger] = [1, 2, 3].map((seed) => ed25519PrivateKey(Buffer.alloc(32, seed))) as [
  ReturnType<typeof ed25519PrivateKey>,
  ReturnType<typeof ed25519PrivateKey>,
  ReturnType<typeof ed25519PrivateKey>,
];
const [nowPublic, beforePublic] = [createPublicKey(now), createPublicKey(before)];
const bundle = { stationId: 'station-1', bundleId: 'station-1-S1-1', tagManifestSha256: 'a'.repeat(64) };
const receipt: Receipt = {
  format: RECEIPT_FORMAT,
  receiptNumber: 'HZ-20260516-0001',
  centre: '样本鉴定中心',
  ...bundle,
  sessionId: 'S1',
  files: 9,
  bytes: 900,
  receivedAtMs: 1,
  checkpoint: { size: 1, root: Buffer.alloc(32).toString('base64') },
  opened: true,
  claims: { pass: 9, notPresent: 0 },
  declaredMissing: 0,
};
const signed = signReceipt(receipt, now);
const check = (what = signed, keys = [nowPublic, beforePublic], revoked: (typeof nowPublic)[] = [], of = bundle) => {
  const result = checkReceipt(what, { keys, revoked }, of);
  return result.ok ? 'kept' : result.error.code;
};

test('by a key of the centre’s card, the newest or the one before, it is kept', () => {
  expect(check()).toBe('kept');
  expect(check(signReceipt(receipt, before))).toBe('kept');
});

test('by a withdrawn key it is not, though the card still names that key', () => {
  expect(check(signReceipt(receipt, before), [nowPublic, beforePublic], [beforePublic])).toBe('RECEIPT_KEY_REVOKED');
  expect(check(signed, [nowPublic, beforePublic], [beforePublic])).toBe('kept');
});

test.each([
  ['another key', signReceipt(receipt, stranger), 'RECEIPT_OTHER_KEY'],
  [
    'another content of this name',
    signReceipt({ ...receipt, tagManifestSha256: 'b'.repeat(64) }, now),
    'RECEIPT_OTHER_BUNDLE',
  ],
  ['another bundle', signReceipt({ ...receipt, bundleId: 'station-1-S1-2' }, now), 'RECEIPT_OTHER_BUNDLE'],
  ['another station', signReceipt({ ...receipt, stationId: 'station-2' }, now), 'RECEIPT_OTHER_BUNDLE'],
  ['a changed text', { ...signed, text: signed.text.replace('"files":9', '"files":8') }, 'RECEIPT_NOT_SIGNED'],
  ['another spelling', { ...signed, text: `${signed.text} ` }, 'RECEIPT_MALFORMED'],
  ['a field more', { ...signed, text: signed.text.replace('{', '{"a":1,') }, 'RECEIPT_MALFORMED'],
  [
    'a signature made for something else',
    { ...signed, signature: signSsh(Buffer.from(signed.text), `${RECEIPT_NAMESPACE}-2`, now) },
    'RECEIPT_NOT_SIGNED',
  ],
])('with %s it is refused by name', (_, what, code) => {
  expect(check(what)).toBe(code);
});
