import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { clientConfigOf, type ObjectStore, type StoreFault, storeFault } from '../../lib/object-store.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { type TarLayout, TarSourceChanged, tarBytes } from '../../lib/write-tar.ts';
import type { SendError, SendWish } from './send-archive.ts';

const MiB = 1024 * 1024;
/** What a part costs when it is cut, against how many requests there are. */
const PART_BYTES = 8 * MiB;
/** S3 numbers parts up to this. */
const MAX_PARTS = 10_000;

export type MultipartWish = Pick<
  SendWish,
  'uploadUrl' | 'layout' | 'bytesPerSecond' | 'signal' | 'onUrl' | 'onProgress'
> & {
  store: ObjectStore;
  key: string;
  /** For tests; the same at every try of one upload. */
  partBytes?: number;
};

/** Where a multipart upload stands at the store: kept as one line, to go on from after anything. */
const handleOf = ({ endpoint, bucket }: ObjectStore, key: string, uploadId: string): string =>
  `${endpoint}/${bucket}/${key}?uploadId=${encodeURIComponent(uploadId)}`;

function uploadIdIn(handle: string | null, store: ObjectStore, key: string): string | null {
  const start = handleOf(store, key, '');
  return handle?.startsWith(start) ? decodeURIComponent(handle.slice(start.length)) : null;
}

/**
 * Sends the archive by S3 multipart upload, going on from the parts that the store lists. A part counts as there when its size and
 * its MD5 (the ETag) are those of the archive's stretch; anything else is sent again. Each part bears its MD5, so that a store
 * refuses one that was damaged on its way. Resolves once the object is whole. Never throws on what the network does.
 */
export async function sendMultipart(wish: MultipartWish): Promise<Result<true, SendError>> {
  if (wish.signal.aborted) return err({ code: 'STOPPED' });
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client(clientConfigOf(wish.store));
  try {
    return await bring(sdk, client, wish);
  } catch (cause) {
    if (cause instanceof TarSourceChanged) return err({ code: 'BUNDLE_CHANGED' });
    if (wish.signal.aborted) return err({ code: 'STOPPED' });
    return err(sendErrorOf(storeFault(cause)));
  } finally {
    client.destroy();
  }
}

async function bring(
  sdk: typeof import('@aws-sdk/client-s3'),
  client: S3Client,
  wish: MultipartWish,
): Promise<Result<true, SendError>> {
  const { store, key, layout, signal } = wish;
  const at = { Bucket: store.bucket, Key: key };
  const options = { abortSignal: signal };
  const known = uploadIdIn(wish.uploadUrl, store, key);
  const there =
    known === null ? new Map<number, Part>() : await partsThere(sdk, client, { ...at, UploadId: known }, signal);
  if (there === null) {
    // Completed, and the answer was lost; or the store has let it go.
    const whole = await client.send(new sdk.HeadObjectCommand(at), options).catch((cause: unknown) => {
      if (storeFault(cause).kind === 'missing') return null;
      throw cause;
    });
    return whole?.ContentLength === layout.sizeBytes
      ? ok(true)
      : err({ code: 'CENTRE_REFUSED', status: 404, reason: '' });
  }
  const UploadId = known ?? (await client.send(new sdk.CreateMultipartUploadCommand(at), options)).UploadId;
  if (!UploadId) return err({ code: 'CENTRE_UNREACHABLE' });
  if (known === null) wish.onUrl(handleOf(store, key, UploadId));
  const parts: { PartNumber: number; ETag: string }[] = [];
  const pace = newPace(wish.bytesPerSecond);
  for (const { number, from, to } of stretches(layout, wish.partBytes ?? PART_BYTES)) {
    if (signal.aborted) return err({ code: 'STOPPED' });
    const bytes = await bytesOf(layout, from, to);
    const md5 = createHash('md5').update(bytes).digest();
    const etag = md5.toString('hex');
    const kept = there.get(number);
    if (kept?.sizeBytes !== bytes.length || kept.etag !== etag) {
      const sent = await client.send(
        new sdk.UploadPartCommand({
          ...at,
          UploadId,
          PartNumber: number,
          Body: bytes,
          ContentMD5: md5.toString('base64'),
        }),
        options,
      );
      // Stores that encrypt with a key of their own answer something else than the MD5: they have checked it themselves.
      parts.push({ PartNumber: number, ETag: sent.ETag ?? etag });
      await pace(bytes.length, signal);
    } else {
      parts.push({ PartNumber: number, ETag: `"${etag}"` });
    }
    wish.onProgress(to);
  }
  const MultipartUpload = { Parts: parts };
  await client.send(new sdk.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload }), options);
  return ok(true);
}

type Part = { sizeBytes: number; etag: string };

/** What the store lists of an upload; null when it does not know it. */
async function partsThere(
  sdk: typeof import('@aws-sdk/client-s3'),
  client: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string },
  abortSignal: AbortSignal,
): Promise<Map<number, Part> | null> {
  const found = new Map<number, Part>();
  for (let PartNumberMarker: string | undefined; ; ) {
    const listed = await client
      .send(new sdk.ListPartsCommand({ ...upload, ...(PartNumberMarker !== undefined && { PartNumberMarker }) }), {
        abortSignal,
      })
      .catch((cause: unknown) => {
        if (storeFault(cause).kind === 'missing') return null;
        throw cause;
      });
    if (!listed) return null;
    for (const { PartNumber = 0, Size = -1, ETag = '' } of listed.Parts ?? []) {
      found.set(PartNumber, { sizeBytes: Size, etag: ETag.replaceAll('"', '') });
    }
    if (!listed.IsTruncated || listed.NextPartNumberMarker === PartNumberMarker) return found;
    PartNumberMarker = listed.NextPartNumberMarker;
  }
}

/** The archive in parts of equal size but for the last, as few as S3 has numbers for. */
export function* stretches({ sizeBytes }: Pick<TarLayout, 'sizeBytes'>, partBytes: number) {
  const least = Math.ceil(sizeBytes / MAX_PARTS / MiB) * MiB;
  const bytes = sizeBytes > partBytes * MAX_PARTS ? least : partBytes;
  for (let from = 0, number = 1; from < sizeBytes; from += bytes, number += 1) {
    yield { number, from, to: Math.min(from + bytes, sizeBytes) };
  }
}

async function bytesOf(layout: TarLayout, from: number, to: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tarBytes(layout, from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Waits after a part until so many bytes were allowed: the limit holds over parts, not inside one. */
function newPace(limit: () => number | null): (bytes: number, signal: AbortSignal) => Promise<void> {
  let dueMs = performance.now();
  return async (bytes, signal) => {
    const bytesPerSecond = limit();
    if (bytesPerSecond === null) return;
    dueMs = Math.max(dueMs, performance.now() - 1_000) + (bytes / bytesPerSecond) * 1_000;
    await pause(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => undefined);
  };
}

function sendErrorOf(fault: StoreFault): SendError {
  switch (fault.kind) {
    case 'unreachable':
      return { code: 'CENTRE_UNREACHABLE' };
    case 'missing':
      return { code: 'CENTRE_REFUSED', status: 404, reason: '' };
    case 'full':
      return { code: 'CENTRE_REFUSED', status: 507, reason: 'CENTRE_FULL' };
    case 'no-bucket':
      return { code: 'CENTRE_REFUSED', status: 400, reason: 'STORE_NO_BUCKET' };
    case 'denied':
      return { code: 'CENTRE_REFUSED', status: 400, reason: 'STORE_DENIED' };
    case 'clock':
      return { code: 'CENTRE_REFUSED', status: 400, reason: 'STORE_CLOCK' };
    case 'refused':
      return { code: 'CENTRE_REFUSED', status: 400, reason: 'STORE_REFUSED' };
  }
}
