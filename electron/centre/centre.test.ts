import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TAG_MANIFEST_FILE } from '../features/archive/bundle-format.ts';
import { type Specimen, sealedSpecimen, signAgain, specimen } from '../features/archive/specimen-bundle.ts';
import { signAnnouncement } from '../features/delivery/announcement.ts';
import { askReceipt } from '../features/delivery/ask-receipt.ts';
import { layOutBundle } from '../features/delivery/bundle-archive.ts';
import { checkReceipt, RECEIPT_NAMESPACE } from '../features/delivery/receipt.ts';
import { type SendWish, sendArchive } from '../features/delivery/send-archive.ts';
import { signCheckpoint } from '../journal/checkpoint.ts';
import { cosignedAt } from '../journal/cosignature.ts';
import { entryBytes, leafHash } from '../journal/entry.ts';
import { consistencyProof, merkleRoot } from '../journal/merkle.ts';
import { ManualClock } from '../lib/clock.ts';
import { allowedSignersLine, sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import { tarBytes } from '../lib/write-tar.ts';
import { type Centre, openCentre } from './centre.ts';

const centreKey = generateKeyPairSync('ed25519');
const first = specimen();
const firstDir = await sealedSpecimen(first);
const firstHash = await hashOf(firstDir);
const second = specimen({ sessionId: 'S2', previousTagManifestSha256: firstHash }, first);
const secondDir = await sealedSpecimen(second);

let folder: string;
let centre: Centre;
let server: Server;
let address: string;
const clock = new ManualClock(1_779_000_000_000);

async function hashOf(dir: string): Promise<string> {
  return createHash('sha256')
    .update(readFileSync(join(dir, TAG_MANIFEST_FILE)))
    .digest('hex');
}

async function start(): Promise<void> {
  centre = await openCentre({
    dataDir: folder,
    name: '样本鉴定中心',
    receiptKey: centreKey.privateKey,
    identities: [first.centre.identity],
    contentClaims: [],
    clock,
    rehearsal: false,
  });
  server = createServer((request, response) => void centre.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await centre.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaodian-centre-'));
  await start();
  await centre.enrol({
    stationId: 'STATION-1',
    siteName: '样本市第一考核点（样本）',
    signingKey: sshPublicKeyLine(first.wish.stationSigningKey),
  });
  await centre.expect('STATION-1', ['S1', 'S2']);
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

async function send(dir: string, change: Partial<SendWish> = {}, key = first.wish.stationSigningKey) {
  const layout = await layOutBundle(dir);
  const announcement = signAnnouncement(
    {
      format: 'kaodian-announcement/1',
      stationId: 'STATION-1',
      bundleId: dir
        .split('/')
        .at(-1)!
        .replace(/^copy-/, ''),
      tagManifestSha256: await hashOf(dir),
      sizeBytes: layout.sizeBytes,
    },
    key,
  );
  const urls: string[] = [];
  const result = await sendArchive({
    endpoint: `${address}/uploads`,
    uploadUrl: null,
    layout,
    announcement,
    chunkBytes: 4096,
    bytesPerSecond: () => null,
    signal: new AbortController().signal,
    onUrl: (url) => urls.push(url),
    onProgress: () => {},
    ...change,
  });
  await centre.settled();
  return { result, urls, layout };
}

const standing = async (dir: string) => askReceipt(address, await hashOf(dir), new AbortController().signal);

test('a bundle is sent, checked and receipted; the receipt is for it alone, and stock ssh-keygen believes it', async () => {
  expect((await send(firstDir)).result).toEqual({ ok: true, value: true });
  const stands = await standing(firstDir);
  if (!stands.ok || stands.value.kind !== 'accepted') throw new Error(JSON.stringify(stands));
  const { signed } = stands.value;
  const bundle = { stationId: 'STATION-1', bundleId: 'STATION-1-S1-1', tagManifestSha256: firstHash };
  const keys = { keys: [centreKey.publicKey], revoked: [] };
  expect(checkReceipt(signed, keys, bundle)).toMatchObject({
    ok: true,
    value: { receiptNumber: 'HZ-20260517-0001', centre: '样本鉴定中心', opened: true, sessionId: 'S1' },
  });
  const signers = join(folder, 'signers');
  writeFileSync(signers, allowedSignersLine('centre', RECEIPT_NAMESPACE, centreKey.publicKey));
  writeFileSync(join(folder, 'receipt.sig'), signed.signature);
  const args = [
    '-Y',
    'verify',
    '-f',
    signers,
    '-I',
    'centre',
    '-n',
    RECEIPT_NAMESPACE,
    '-s',
    join(folder, 'receipt.sig'),
  ];
  expect(execFileSync('ssh-keygen', args, { input: signed.text }).toString()).toContain('Good');

  const other = { ...bundle, tagManifestSha256: 'f'.repeat(64) };
  expect(checkReceipt(signed, keys, other)).toMatchObject({ error: { code: 'RECEIPT_OTHER_BUNDLE' } });
  expect(checkReceipt({ ...signed, text: signed.text.replace('0001', '0002') }, keys, bundle)).toMatchObject({
    error: { code: 'RECEIPT_NOT_SIGNED' },
  });
  const stranger = { keys: [generateKeyPairSync('ed25519').publicKey], revoked: [] };
  expect(checkReceipt(signed, stranger, bundle)).toMatchObject({ error: { code: 'RECEIPT_OTHER_KEY' } });
  expect(checkReceipt(signed, { ...keys, revoked: keys.keys }, bundle)).toMatchObject({
    error: { code: 'RECEIPT_KEY_REVOKED' },
  });
});

test('the same bundle again is not taken twice, and keeps its receipt', async () => {
  await send(firstDir);
  const before = await standing(firstDir);
  expect((await send(firstDir)).result).toEqual({
    ok: false,
    error: { code: 'CENTRE_REFUSED', status: 409, reason: 'ALREADY_ACCEPTED' },
  });
  expect(await standing(firstDir)).toEqual(before);
});

test('a broken upload goes on at its byte, after the centre was stopped too', async () => {
  const layout = await layOutBundle(firstDir);
  const aborter = new AbortController();
  const broken = await send(firstDir, {
    signal: aborter.signal,
    onProgress: (sentBytes) => {
      if (sentBytes > layout.sizeBytes / 2) aborter.abort();
    },
  });
  expect(broken.result).toEqual({ ok: false, error: { code: 'STOPPED' } });
  const [uploadUrl] = broken.urls;
  await stop();
  await start();
  const moved = new URL(new URL(uploadUrl!).pathname, address).href;
  const head = await fetch(moved, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  const held = Number(head.headers.get('upload-offset'));
  expect(held).toBeGreaterThan(layout.sizeBytes / 2 - 8192);
  const sent: number[] = [];
  expect((await send(firstDir, { uploadUrl: moved, onProgress: (n) => sent.push(n) })).result.ok).toBe(true);
  expect(sent[0]).toBeGreaterThanOrEqual(held);
  expect(await standing(firstDir)).toMatchObject({ value: { kind: 'accepted' } });
});

test('what had arrived when the centre was killed is checked when it is back', async () => {
  await stop();
  const layout = await layOutBundle(firstDir);
  const archive = join(folder, 'uploads', 'u1');
  for await (const piece of tarBytes(layout, 0, layout.sizeBytes)) appendFileSync(archive, piece);
  await start();
  const upload = {
    upload_id: 'u1',
    station_id: 'STATION-1',
    bundle_id: 'STATION-1-S1-1',
    tag_manifest_sha256: firstHash,
    size_bytes: layout.sizeBytes,
    state: 'received',
    refusal: null,
    created_ms: 1,
    changed_ms: 1,
  };
  await centre.db.insertInto('uploads').values(upload).execute();
  await stop();
  await start();
  await centre.settled();
  expect(await standing(firstDir)).toMatchObject({ value: { kind: 'accepted' } });
  // Killed once more, between the receipt and the upload's own row: nothing is left to unpack, and the receipt stands.
  await centre.db.updateTable('uploads').set({ state: 'received' }).execute();
  await stop();
  await start();
  await centre.settled();
  const states = await centre.db.selectFrom('uploads').select('state').execute();
  expect(states).toEqual([{ state: 'accepted' }]);
});

test('an archive that is gone or broken has to be sent again, and says so', async () => {
  const row = { station_id: 'STATION-1', bundle_id: 'STATION-1-S1-1', size_bytes: 1, state: 'received', refusal: null };
  const at = { created_ms: 1, changed_ms: 1 };
  await centre.db
    .insertInto('uploads')
    .values([
      { ...row, ...at, upload_id: 'gone', tag_manifest_sha256: 'a'.repeat(64) },
      { ...row, ...at, upload_id: 'broken', tag_manifest_sha256: 'b'.repeat(64) },
    ])
    .execute();
  writeFileSync(join(folder, 'uploads', 'broken'), Buffer.alloc(700, 1));
  await stop();
  await start();
  await centre.settled();
  const of = (hash: string) => askReceipt(address, hash.repeat(64), new AbortController().signal);
  expect(await of('a')).toMatchObject({ value: { kind: 'refused', refusals: [{ code: 'ARCHIVE_GONE' }] } });
  expect(await of('b')).toMatchObject({ value: { kind: 'refused', refusals: [{ code: 'ARCHIVE_BROKEN' }] } });
});

test('the second bundle waits for the first, and both are taken in their order', async () => {
  expect((await send(secondDir)).result.ok).toBe(true);
  expect(await standing(secondDir)).toMatchObject({
    value: { kind: 'being-checked', refusals: [{ code: 'PREVIOUS_MISSING' }] },
  });
  await send(firstDir);
  expect(await standing(secondDir)).toMatchObject({ value: { kind: 'accepted' } });
  const numbers = await centre.db.selectFrom('bundles').select('receipt_number').orderBy('number').execute();
  expect(numbers.map((n) => n.receipt_number)).toEqual(['HZ-20260517-0001', 'HZ-20260517-0002']);
});

let copies = 0;
/** A copy under the same name, changed and signed again by its own station. */
function copyOf(dir: string, s: Specimen, change: (copy: string) => void): string {
  copies += 1;
  const parent = join(folder, `changed-${copies}`);
  const copy = join(parent, dir.split('/').at(-1)!);
  cpSync(dir, copy, { recursive: true });
  change(copy);
  signAgain(copy, s);
  return copy;
}

const refusedFor = async (dir: string) => {
  await send(dir);
  const stands = await standing(dir);
  return stands.ok && stands.value.kind === 'refused' ? stands.value.refusals.map((r) => r.code) : stands;
};

test('a rewritten session under a name that is taken, and a second first bundle', async () => {
  await send(firstDir);
  const rewritten = specimen({ sealedAtMs: 1_778_920_100_000 }, { ...first, entries: [] }, 8);
  expect(await refusedFor(await sealedSpecimen(rewritten))).toEqual([
    'CLAIMS_FAILED',
    'NAME_TAKEN',
    'CHAIN_BROKEN',
    'JOURNAL_ROLLED_BACK',
  ]);
});

test('a bundle that follows another than the last: the row was forked', async () => {
  await send(firstDir);
  await send(secondDir);
  const fork = specimen({ sessionId: 'S2', number: 2, previousTagManifestSha256: firstHash }, second);
  expect(await refusedFor(await sealedSpecimen(fork))).toEqual(['CHAIN_BROKEN']);
});

test('a journal that was cut behind a checkpoint the centre has witnessed', async () => {
  await send(firstDir);
  const leaves = second.entries.map((e) => leafHash(entryBytes(e)));
  const longer = [...leaves, ...leaves.slice(0, 3)];
  const size = longer.length;
  const note = signCheckpoint({ origin: 'STATION-1', size, root: merkleRoot(longer) }, first.wish.stationSigningKey);
  expect((await addCheckpoint(first.entries.length, longer, note)).status).toBe(200);
  // This bundle's own journal is as long, and says something else in its last three entries.
  const cut = specimen({ sessionId: 'S2', previousTagManifestSha256: firstHash }, first, size - first.entries.length);
  expect(await refusedFor(await sealedSpecimen(cut))).toEqual(['CLAIMS_FAILED', 'JOURNAL_ROLLED_BACK']);
});

async function addCheckpoint(oldSize: number, leaves: Uint8Array[], note: string): Promise<Response> {
  const proof = consistencyProof(leaves, oldSize).map((p) => Buffer.from(p).toString('base64'));
  return fetch(`${address}/add-checkpoint`, {
    method: 'POST',
    body: `${[`old ${oldSize}`, ...proof].join('\n')}\n\n${note}`,
  });
}

test('checkpoints are witnessed only as they go on from each other', async () => {
  const leaves = first.entries.map((e) => leafHash(entryBytes(e)));
  const noteAt = (size: number, key = first.wish.stationSigningKey) =>
    signCheckpoint({ origin: 'STATION-1', size, root: merkleRoot(leaves.slice(0, size)) }, key);
  const witnessed = await addCheckpoint(0, leaves.slice(0, 3), noteAt(3));
  expect(witnessed.status).toBe(200);
  expect(cosignedAt(noteAt(3) + (await witnessed.text()), centreKey.publicKey)).toEqual({
    name: '样本鉴定中心',
    seconds: 1_779_000_000,
  });
  const stale = await addCheckpoint(0, leaves.slice(0, 5), noteAt(5));
  expect([stale.status, stale.headers.get('content-type'), await stale.text()]).toEqual([
    409,
    'text/x.tlog.size',
    '3\n',
  ]);
  expect((await addCheckpoint(3, leaves.slice(0, 5), noteAt(5))).status).toBe(200);
  const forged = leaves.toReversed();
  const forgedNote = signCheckpoint(
    { origin: 'STATION-1', size: 8, root: merkleRoot(forged) },
    first.wish.stationSigningKey,
  );
  expect((await addCheckpoint(5, forged, forgedNote)).status).toBe(422);
  const stranger = generateKeyPairSync('ed25519').privateKey;
  expect((await addCheckpoint(5, leaves, noteAt(8, stranger))).status).toBe(403);
  const unknown = signCheckpoint({ origin: 'STATION-9', size: 8, root: merkleRoot(leaves) }, stranger);
  expect((await addCheckpoint(0, leaves, unknown)).status).toBe(404);
});

test.each<[string, (copy: string) => void]>([
  ['a flipped byte in the video', (copy) => flip(join(copy, 'data/video/R1/C1/0001.age'))],
  ['a missing file', (copy) => rmSync(join(copy, 'data/video/R1/C1/0001.age'))],
  ['a file more', (copy) => writeFileSync(join(copy, 'data/video/R1/C1/0003.age'), 'x')],
])('%s is refused by its claim, also when the station signed again', async (_what, change) => {
  expect(await refusedFor(copyOf(firstDir, first, change))).toEqual(['CLAIMS_FAILED']);
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(path, bytes);
}

test('who is not enrolled, or signs with another key, does not get to send a byte', async () => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  expect((await send(firstDir, {}, stranger)).result).toMatchObject({
    error: { status: 403, reason: 'ANNOUNCEMENT_NOT_SIGNED' },
  });
  await centre.db.deleteFrom('station_keys').execute();
  expect((await send(firstDir)).result).toMatchObject({ error: { status: 403, reason: 'STATION_UNKNOWN' } });
  expect(readdirSync(join(folder, 'uploads')).filter((f) => !f.endsWith('.json'))).toEqual([]);
});

test('a session that was not planned, and an exercise', async () => {
  await centre.db.deleteFrom('planned_sessions').execute();
  expect(await refusedFor(firstDir)).toEqual(['SESSION_NOT_PLANNED']);
  const exercise = specimen({ rehearsal: true, sessionId: 'S7' });
  await centre.db
    .updateTable('station_keys')
    .set({ signing_key: sshPublicKeyLine(exercise.wish.stationSigningKey) })
    .execute();
  await centre.expect('STATION-1', ['S7']);
  const dir = await sealedSpecimen(exercise);
  await send(dir, {}, exercise.wish.stationSigningKey);
  expect(await standing(dir)).toMatchObject({
    value: { kind: 'refused', refusals: [{ code: 'CLAIMS_FAILED' }, { code: 'REHEARSAL' }] },
  });
});

test('what was sent is not to be had back by its address, nor taken away', async () => {
  const { urls } = await send(firstDir);
  for (const method of ['GET', 'DELETE']) expect((await fetch(urls[0]!, { method })).status).toBe(405);
  expect((await fetch(`${address}/receipts/${'0'.repeat(64)}`)).status).toBe(404);
  expect((await fetch(`${address}/receipts/..%2f..`)).status).toBe(404);
});

test('a bundle on a disk is taken in like one that was sent', async () => {
  const copy = async (from: string, to: string) => cpSync(from, to, { recursive: true });
  expect(await centre.receiveFolder(firstDir, copy)).toMatchObject({ ok: true });
  expect(await standing(firstDir)).toMatchObject({ value: { kind: 'accepted' } });
  expect(await centre.receiveFolder(folder, copy)).toEqual({ ok: false, error: [{ code: 'NO_BUNDLE' }] });
});
