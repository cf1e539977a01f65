import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noSwift, Swift } from '../../../test/peers/swift.ts';
import { type ObjectStore, objectStoreClient } from '../../lib/object-store.ts';
import { layOutTar, type TarLayout, tarBytes } from '../../lib/write-tar.ts';
import { type MultipartWish, sendMultipart, stretches } from './send-multipart.ts';

const MiB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'kaodian-multipart-'));
afterAll(() => rmSync(folder, { recursive: true }));

function archiveOf(sizeBytes: number, name = 'video.age'): TarLayout {
  const source = join(folder, name);
  writeFileSync(source, randomBytes(sizeBytes));
  return layOutTar([{ path: `b-1/data/${name}`, sizeBytes, source }]);
}

const sha256 = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  return hash.digest('hex');
};

async function send(store: ObjectStore, layout: TarLayout, change: Partial<MultipartWish> = {}) {
  const urls: string[] = [];
  const progress: number[] = [];
  const result = await sendMultipart({
    store,
    key: 'bundles/STATION-1/b-1.tar',
    layout,
    uploadUrl: null,
    bytesPerSecond: () => null,
    signal: new AbortController().signal,
    onUrl: (url) => urls.push(url),
    onProgress: (bytes) => progress.push(bytes),
    partBytes: 5 * MiB,
    ...change,
  });
  return { result, url: urls[0] ?? change.uploadUrl ?? null, progress };
}

test('parts are of one size, no more than S3 has numbers for', () => {
  expect([...stretches({ sizeBytes: 12 * MiB }, 5 * MiB)]).toEqual([
    { number: 1, from: 0, to: 5 * MiB },
    { number: 2, from: 5 * MiB, to: 10 * MiB },
    { number: 3, from: 10 * MiB, to: 12 * MiB },
  ]);
  const big = [...stretches({ sizeBytes: 200_000 * MiB }, 8 * MiB)];
  expect(big.length).toBeLessThanOrEqual(10_000);
  expect(big.at(-1)!.to).toBe(200_000 * MiB);
});

/** What comes before a server that answers so. */
async function answering(
  answer: (path: string) => { status: number; body: string },
): Promise<{ store: ObjectStore; server: Server }> {
  const server = createServer((request, response) => {
    const { status, body } = answer(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/xml' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = { endpoint, region: 'r', bucket: 'bundles', accessKeyId: 'id', secretAccessKey: 'specimen-secret' };
  return { store, server };
}
const errorXml = (code: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>of ${code}</Message></Error>`;

test.each<[number, string, object]>([
  [403, 'SignatureDoesNotMatch', { code: 'CENTRE_REFUSED', reason: 'STORE_DENIED' }],
  [403, 'RequestTimeTooSkewed', { code: 'CENTRE_REFUSED', reason: 'STORE_CLOCK' }],
  [404, 'NoSuchBucket', { code: 'CENTRE_REFUSED', reason: 'STORE_NO_BUCKET' }],
  [507, 'InsufficientStorage', { code: 'CENTRE_REFUSED', status: 507, reason: 'CENTRE_FULL' }],
  [503, 'SlowDown', { code: 'CENTRE_UNREACHABLE' }],
  [400, 'BadDigest', { code: 'CENTRE_UNREACHABLE' }],
  [400, 'EntityTooLarge', { code: 'CENTRE_REFUSED', reason: 'STORE_REFUSED' }],
])('a store that answers %i %s', async (status, code, error) => {
  const { store, server } = await answering(() => ({ status, body: errorXml(code) }));
  expect((await send(store, archiveOf(100))).result).toMatchObject({ ok: false, error });
  server.close();
});

describe.skipIf(noSwift !== null)(`against Swift${noSwift === null ? '' : ` (${noSwift})`}`, () => {
  let swift: Swift;
  beforeAll(async () => {
    swift = await Swift.open();
  }, 60_000);
  afterAll(() => swift?.remove());
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  async function stored(): Promise<string> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await objectStoreClient(swift.store);
    const got = await client.send(new GetObjectCommand({ Bucket: 'bundles', Key: 'bundles/STATION-1/b-1.tar' }));
    const hash = await sha256(got.Body as AsyncIterable<Uint8Array>);
    client.destroy();
    return hash;
  }

  /** The line to Swift: `bend` sees and may change every piece that goes to it, or cut by answering null. */
  async function lineWith(bend: (piece: Buffer, sentBytes: number) => Buffer | null): Promise<ObjectStore> {
    let sentBytes = 0;
    const port = Number(new URL(swift.store.endpoint).port);
    const line = createTcp((near) => {
      const far = connect(port, '127.0.0.1');
      const end = () => {
        near.destroy();
        far.destroy();
      };
      near.on('data', (piece) => {
        sentBytes += piece.length;
        const bent = bend(piece, sentBytes);
        if (bent) far.write(bent);
        else end();
      });
      far.on('data', (piece) => near.write(piece));
      for (const side of [near, far]) side.on('error', end).on('close', end);
    });
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
    closing.push(() => line.close());
    return { ...swift.store, endpoint: `http://127.0.0.1:${(line.address() as AddressInfo).port}` };
  }
  /** The same upload, as the other address names it. */
  const movedTo = (store: ObjectStore, url: string | null) =>
    url && `${store.endpoint}${url.slice(new URL(url).origin.length)}`;

  test('in parts, with the last one short, byte for byte', async () => {
    const layout = archiveOf(12 * MiB);
    const { result, progress } = await send(swift.store, layout);
    expect(result).toEqual({ ok: true, value: true });
    expect(progress.map((p) => Math.round(p / MiB))).toEqual([5, 10, 12]);
    expect(await stored()).toBe(await sha256(tarBytes(layout, 0, layout.sizeBytes)));
  });

  test('the station is killed between two parts, and Swift too: what is listed is not sent again', async () => {
    const layout = archiveOf(17 * MiB);
    const aborter = new AbortController();
    const broken = await send(swift.store, layout, {
      signal: aborter.signal,
      onProgress: (bytes) => bytes >= 10 * MiB && aborter.abort(),
    });
    expect(broken.result).toEqual({ ok: false, error: { code: 'STOPPED' } });
    await swift.kill();
    expect((await send(swift.store, layout, { uploadUrl: broken.url })).result).toEqual({
      ok: false,
      error: { code: 'CENTRE_UNREACHABLE' },
    });
    await swift.start();
    let bytesAgain = 0;
    const line = await lineWith((piece) => {
      bytesAgain += piece.length;
      return piece;
    });
    const again = await send(line, layout, { uploadUrl: movedTo(line, broken.url) });
    expect(again.result.ok).toBe(true);
    expect(bytesAgain).toBeLessThan(8 * MiB);
    expect(await stored()).toBe(await sha256(tarBytes(layout, 0, layout.sizeBytes)));
    // Asked once more, as when the answer was lost: the object is whole already.
    expect((await send(swift.store, layout, { uploadUrl: broken.url })).result.ok).toBe(true);
  });

  test('Swift is killed in the middle of a part', async () => {
    const layout = archiveOf(11 * MiB);
    let killed: Promise<void> | undefined;
    const line = await lineWith((piece, sentBytes) => {
      if (sentBytes > 7 * MiB) killed ??= swift.kill();
      return killed ? null : piece;
    });
    const broken = await send(line, layout);
    expect(broken.result).toEqual({ ok: false, error: { code: 'CENTRE_UNREACHABLE' } });
    await killed;
    await swift.start();
    expect((await send(swift.store, layout, { uploadUrl: movedTo(swift.store, broken.url) })).result.ok).toBe(true);
    expect(await stored()).toBe(await sha256(tarBytes(layout, 0, layout.sizeBytes)));
  });

  test('a byte that is damaged on its way is refused, and sent again', async () => {
    const layout = archiveOf(6 * MiB);
    let damaged = false;
    const line = await lineWith((piece, sentBytes) => {
      if (!damaged && sentBytes > 2 * MiB) {
        damaged = true;
        const bent = Buffer.from(piece);
        bent[bent.length - 1]! ^= 1;
        return bent;
      }
      return piece;
    });
    const refused = await send(line, layout);
    expect(refused.result).toEqual({ ok: false, error: { code: 'CENTRE_UNREACHABLE' } });
    expect((await send(line, layout, { uploadUrl: refused.url })).result.ok).toBe(true);
    expect(await stored()).toBe(await sha256(tarBytes(layout, 0, layout.sizeBytes)));
  });

  test('a part that the store has and that is not the archive’s is sent anew', async () => {
    const [layout, other] = [archiveOf(11 * MiB), archiveOf(11 * MiB, 'other.age')];
    const aborter = new AbortController();
    const begun = await send(swift.store, other, { signal: aborter.signal, onProgress: () => aborter.abort() });
    expect((await send(swift.store, layout, { uploadUrl: begun.url })).result.ok).toBe(true);
    expect(await stored()).toBe(await sha256(tarBytes(layout, 0, layout.sizeBytes)));
  });

  test('a wrong key is refused by name, and an upload that the store has let go begins anew', async () => {
    const layout = archiveOf(100);
    const stranger = { ...swift.store, secretAccessKey: 'other' };
    expect((await send(stranger, layout)).result).toMatchObject({ error: { reason: 'STORE_DENIED' } });
    const gone = `${swift.store.endpoint}/bundles/bundles/STATION-1/new.tar?uploadId=bm90aGluZw`;
    const asked = await send(swift.store, layout, { key: 'bundles/STATION-1/new.tar', uploadUrl: gone });
    expect(asked.result).toEqual({ ok: false, error: { code: 'CENTRE_REFUSED', status: 404, reason: '' } });
  });
});
