import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { signCheckpoint } from '../../../journal/checkpoint.ts';
import { entryBytes, leafHash } from '../../../journal/entry.ts';
import { merkleRoot } from '../../../journal/merkle.ts';
import { allowedSignersLine, sshPublicKeyLine } from '../../../lib/sshsig.ts';
import { type Rotation, rotations } from '../../keys/documents.ts';
import type { KeySpan } from '../../keys/key-spans.ts';
import type { SignedText } from '../../keys/signed-document.ts';
import { BUNDLE_NAMESPACE } from '../bundle-format.ts';
import { rotationDocuments } from '../journal-documents.ts';
import { type Specimen, sealedSpecimen, specimen } from '../specimen-bundle.ts';
import { type VerifyOptions, verifyBundle } from '../verify-bundle.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const lineOf = (key: KeyObject) => sshPublicKeyLine(createPublicKey(key));

const old = newKey();
const next = newKey();
const OTHER = newKey();

/** The specimen's journal of eight entries, signed by this key, with these rotations inside. */
async function bundleBy(key: KeyObject, inside: readonly SignedText[] = []): Promise<{ s: Specimen; dir: string }> {
  const s = specimen();
  folders.push(s.folder);
  const leaves = s.entries.map((entry) => leafHash(entryBytes(entry)));
  s.wish.stationSigningKey = key;
  s.wish.checkpointNote = noteOf(s, 8, key);
  s.wish.documents = [...s.wish.documents, ...rotationDocuments(inside)];
  expect(leaves.length).toBe(8);
  return { s, dir: await sealedSpecimen(s) };
}
function noteOf(s: Specimen, size: number, key: KeyObject): string {
  const leaves = s.entries.slice(0, size).map((entry) => leafHash(entryBytes(entry)));
  return signCheckpoint({ origin: 'STATION-1', size, root: merkleRoot(leaves) }, key);
}
const span = (key: KeyObject, more: Partial<KeySpan>): KeySpan => ({
  signingKey: lineOf(key),
  journal: 1,
  fromSize: 0,
  untilSize: null,
  ended: null,
  ...more,
});
async function claimOf(id: string, dir: string, options: VerifyOptions) {
  const { claims } = await verifyBundle(dir, options);
  const { result, detail } = claims.find((c) => c.id === id)!;
  return `${result} ${detail.en}`;
}
const card = (spans: KeySpan[], vouchedBy: string | null = '样本鉴定中心', stationId = 'STATION-1') => ({
  stationCard: { stationId, spans, vouchedBy },
});

const one = await bundleBy(old);
test.each<[string, KeySpan[], string]>([
  ['in use', [span(old, {})], 'pass 样本鉴定中心'],
  ['revoked from exactly this size on', [span(old, { untilSize: 8, ended: 'revoked' })], 'pass'],
  ['revoked one entry before it', [span(old, { untilSize: 7, ended: 'revoked' })], 'fail The centre had withdrawn'],
  ['rotated at this size', [span(old, { untilSize: 8, ended: 'rotated' }), span(next, { fromSize: 9 })], 'pass'],
  [
    'rotated one entry before it',
    [span(old, { untilSize: 7, ended: 'rotated' }), span(next, { fromSize: 8 })],
    'fail Another key had followed',
  ],
  ['in use only from later on', [span(OTHER, {}), span(old, { fromSize: 9 })], 'fail This key came into use later'],
  ['not on the card', [span(OTHER, {})], 'fail The card does not have'],
])('the key is %s', async (_name, spans, said) => {
  expect(await claimOf('signature.3', one.dir, card(spans))).toContain(said);
});

test('a card of another station, one nobody vouches for, and none', async () => {
  expect(await claimOf('signature.3', one.dir, card([span(old, {})], 'C', 'STATION-2'))).toContain('fail');
  expect(await claimOf('signature.3', one.dir, card([span(old, {})], null))).toContain('not-present');
  expect(await claimOf('signature.3', one.dir, {})).toContain('not-present');
});

describe('a checkpoint kept from before a rotation', async () => {
  const statement: Rotation = {
    format: 'kaodian-rotation/1',
    stationId: 'STATION-1',
    oldKey: lineOf(old),
    newKey: lineOf(next),
    journalSize: 5,
    root: Buffer.alloc(32).toString('base64'),
    atMs: 0,
  };
  const proven = await bundleBy(next, [rotations.sign(statement, old)]);
  const forged = await bundleBy(next, [rotations.sign(statement, OTHER)]);
  const without = await bundleBy(next);
  const asked = (of: typeof proven, size: number, key: KeyObject, more: VerifyOptions = {}) =>
    claimOf('journal.4', of.dir, {
      identity: of.s.centre.identity,
      allowedSigners: allowedSignersLine('STATION-1', BUNDLE_NAMESPACE, createPublicKey(next)),
      retainedCheckpoints: [noteOf(of.s, size, key)],
      ...more,
    });
  const spans = [span(old, { untilSize: 5, ended: 'rotated' }), span(next, { fromSize: 6 })];

  test('counts up to the border, by the rotation in the bundle or by the card', async () => {
    expect(await asked(proven, 5, old)).toContain('pass');
    expect(await asked(proven, 6, next)).toContain('pass');
    expect(await asked(without, 5, old, card(spans))).toContain('pass');
  });
  test('and not beyond it, nor under a rotation that the old key did not sign', async () => {
    expect(await asked(proven, 6, old)).toContain('fail');
    expect(await asked(without, 6, old, card(spans))).toContain('fail');
    expect(await asked(forged, 5, old)).toContain('fail');
    expect(await asked(without, 5, old)).toContain('fail');
  });
});
