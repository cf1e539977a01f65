import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { S3Store } from '@tus/s3-store';
import type { DataStore } from '@tus/server';
import { sendMultipart } from '../features/delivery/send-multipart.ts';
import { clientConfigOf, type ObjectStore, objectStoreClient, storeFault } from '../lib/object-store.ts';
import type { TarLayout } from '../lib/write-tar.ts';

/** Where archives lie once they have arrived, and while they arrive. Their ids are those of tus, or an object's own key. */
export interface ArchiveStore {
  /** What tus writes into. */
  readonly tus: DataStore;
  /** An archive's bytes in order; null when it is not there (any more). */
  read(id: string): Promise<Readable | null>;
  /** Bytes of what a station has put there itself; null when nothing is there. Only a bucket has such. */
  sizeOf(key: string): Promise<number | null>;
  discard(id: string): Promise<void>;
  /** Keeps a bundle that came on a disk under this key; absent where accepted bundles are kept as folders. */
  put?(key: string, layout: TarLayout): Promise<void>;
}

/** Files of this machine; what was accepted is kept unpacked, so an archive goes once it is decided. */
export function folderArchives(folder: string, keepUnfinishedMs: number): ArchiveStore {
  const tus = new FileStore({ directory: folder, expirationPeriodInMilliseconds: keepUnfinishedMs });
  return {
    tus,
    async read(id) {
      const path = join(folder, id);
      return (await stat(path).catch(() => null)) && createReadStream(path, { highWaterMark: 1024 * 1024 });
    },
    sizeOf: async (key) => (await stat(join(folder, key)).catch(() => null))?.size ?? null,
    async discard(id) {
      await rm(join(folder, id), { force: true });
      await rm(join(folder, `${id}.json`), { force: true });
    },
  };
}

/** What a bucket gives in parts of: tus' own store sends so much at once. */
const PART_BYTES = 8 * 1024 * 1024;

/** A bucket that every process of the centre shares. What was accepted stays in it: it is where the bundles are kept. */
export async function bucketArchives(store: ObjectStore, keepUnfinishedMs: number): Promise<ArchiveStore> {
  const { bucket } = store;
  const sdk = await import('@aws-sdk/client-s3');
  const client = await objectStoreClient(store);
  // Tags are for stores that expire objects by them; many know none.
  const tus = new S3Store({
    useTags: false,
    partSize: PART_BYTES,
    expirationPeriodInMilliseconds: keepUnfinishedMs,
    s3ClientConfig: { ...clientConfigOf(store), bucket },
  });
  const orNull = (cause: unknown) => {
    if (storeFault(cause).kind === 'missing') return null;
    throw cause;
  };
  const bodyOf = async (id: string) => {
    const got = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: id })).catch(orNull);
    return got?.Body instanceof Readable ? got.Body : null;
  };
  return {
    tus,
    async read(id) {
      const body = await bodyOf(id);
      if (body) return body;
      // Every part arrived, and the process fell before it put them together: writing nothing more does so.
      const upload = await tus.getUpload(id).catch(() => null);
      if (upload?.size === undefined || upload.offset !== upload.size) return null;
      await tus.write(Readable.from([]), id, upload.size);
      return bodyOf(id);
    },
    sizeOf: async (key) =>
      (await client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key })).catch(orNull))?.ContentLength ?? null,
    async discard(id) {
      for (const Key of [id, `${id}.info`, `${id}.part`]) {
        await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key })).catch(orNull);
      }
    },
    async put(key, layout) {
      const sent = await sendMultipart({
        store,
        key,
        layout,
        uploadUrl: null,
        bytesPerSecond: () => null,
        signal: new AbortController().signal,
        onUrl: () => {},
        onProgress: () => {},
      });
      if (!sent.ok) throw new Error(`the bucket did not take a bundle: ${JSON.stringify(sent.error)}`);
    },
  };
}
