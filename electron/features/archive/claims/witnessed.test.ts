import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { cosign } from '../../../journal/cosignature.ts';
import { allowedSignersLine } from '../../../lib/ssh-key-text.ts';
import { RECEIPT_NAMESPACE } from '../bundle-format.ts';
import { journalDocuments } from '../journal-documents.ts';
import { type Specimen, sealedSpecimen, specimen } from '../specimen-bundle.ts';
import { verifyBundle } from '../verify-bundle.ts';

const centre = generateKeyPairSync('ed25519');
const other = specimen();
const folders = [other.folder];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** How the claim comes out for a bundle that carries what is made of its earlier checkpoint. */
async function claimOf(
  noteOf: (s: Specimen) => string | null,
  signers = (s: Specimen) => s.allowedSigners + allowedSignersLine('centre', RECEIPT_NAMESPACE, centre.publicKey),
) {
  const s = specimen();
  folders.push(s.folder);
  s.wish.documents = [
    ...s.wish.documents.filter((d) => d.volume !== 'journal'),
    ...journalDocuments(...journalOf(s), noteOf(s)),
  ];
  const dir = await sealedSpecimen(s);
  const report = await verifyBundle(dir, { identity: s.centre.identity, allowedSigners: signers(s) });
  return report.claims.find((c) => c.id === 'journal.5');
}

function journalOf(s: Specimen): [Uint8Array, Uint8Array[]] {
  const [leaves, entries] = s.wish.documents.filter((d) => d.volume === 'journal').map((d) => 'bytes' in d && d.bytes);
  const lines = Buffer.from(entries as Uint8Array).toString('utf8');
  return [
    leaves as Uint8Array,
    lines
      .trimEnd()
      .split('\n')
      .map((line) => Buffer.from(line)),
  ];
}

const cosigned = (note: string, key = centre.privateKey) => note + cosign(note, '样本鉴定中心', 1_778_910_000, key);

test('a cosigned start of the journal passes, and says whose and when', async () => {
  const claim = await claimOf((s) => cosigned(s.earlierCheckpoint));
  expect(claim).toMatchObject({ result: 'pass', detail: { zh: expect.stringContaining('前 5 条，样本鉴定中心') } });
});

test.each<[string, (s: Specimen) => string | null, string]>([
  ['none had left', () => null, 'not-present'],
  ['no centre signed it', (s) => s.earlierCheckpoint, 'not-present'],
  [
    'a stranger signed it',
    (s) => cosigned(s.earlierCheckpoint, generateKeyPairSync('ed25519').privateKey),
    'not-present',
  ],
  [
    'the line belongs to another tree',
    (s) => s.earlierCheckpoint + cosign(s.wish.checkpointNote, 'c', 1, centre.privateKey),
    'not-present',
  ],
  ['it is of another station', () => cosigned(other.earlierCheckpoint), 'fail'],
  ['it is no checkpoint', () => 'x', 'fail'],
])('%s', async (_what, noteOf, result) => {
  expect((await claimOf(noteOf))?.result).toBe(result);
});

test('a journal that was rewritten behind what the centre has seen', async () => {
  const s = specimen();
  folders.push(s.folder);
  const rewritten = specimen({}, { ...s, entries: [] }, 8);
  folders.push(rewritten.folder);
  rewritten.wish.documents = [
    ...rewritten.wish.documents.filter((d) => d.volume !== 'journal'),
    ...journalDocuments(...journalOf(rewritten), cosigned(s.earlierCheckpoint)),
  ];
  const report = await verifyBundle(await sealedSpecimen(rewritten), { identity: s.centre.identity });
  expect(report.claims.find((c) => c.id === 'journal.5')?.result).toBe('fail');
});

test('nobody vouches for the centre without a list from outside', async () => {
  const claim = await claimOf(
    (s) => cosigned(s.earlierCheckpoint),
    (s) => s.allowedSigners,
  );
  expect(claim?.result).toBe('not-present');
});
