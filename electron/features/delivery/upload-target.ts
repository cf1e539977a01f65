import { z } from 'zod';
import type { ObjectStore } from '../../lib/object-store.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Announcement, SignedAnnouncement } from './announcement.ts';
import { type SendError, type SendWish, sendArchive } from './send-archive.ts';
import { sendMultipart } from './send-multipart.ts';

/** What every way to the centre is asked: bring the archive over, going on from `uploadUrl`, and tell the centre of it. */
export type TargetWish = Omit<SendWish, 'endpoint' | 'chunkBytes'> & { announced: Announcement };

/** A way by which archives reach the centre. Whether it accepts them is another question, answered by the receipt. */
export interface UploadTarget {
  send(wish: TargetWish): Promise<Result<true, SendError>>;
}

/** What a cut request loses at most is what the centre had not yet written; the size only bounds one request. */
const CHUNK_BYTES = 64 * 1024 * 1024;

/** To the centre itself, by tus. @param address  of the centre */
export const centreTarget = (address: string): UploadTarget => ({
  send: (wish) =>
    sendArchive({
      ...wish,
      endpoint: new URL('/uploads', address).href,
      // An upload of another address is another centre's.
      uploadUrl: wish.uploadUrl?.startsWith(new URL(address).origin) ? wish.uploadUrl : null,
      chunkBytes: CHUNK_BYTES,
    }),
});

/** Where the centre says it has announced objects; what was sent by tus needs no announcing. */
export const OBJECTS_PATH = '/objects';

/** The archive's name in the bucket: the centre knows from the announcement alone where to look. */
export const objectKeyOf = ({ stationId, bundleId, tagManifestSha256 }: Omit<Announcement, 'format' | 'sizeBytes'>) =>
  `bundles/${stationId}/${bundleId}--${tagManifestSha256.slice(0, 16)}.tar`;

/** To the centre's object storage; the centre is told once the object is whole, and reads it there. */
export const objectStoreTarget = (address: string, store: ObjectStore): UploadTarget => ({
  async send(wish) {
    const sent = await sendMultipart({ ...wish, store, key: objectKeyOf(wish.announced) });
    return sent.ok ? announceObject(address, wish.announcement, wish.signal) : sent;
  },
});

const Code = z.object({ code: z.string().regex(/^[A-Z_]{2,40}$/) });
const TIMEOUT_MS = 20_000;

async function announceObject(
  address: string,
  announcement: SignedAnnouncement,
  signal: AbortSignal,
): Promise<Result<true, SendError>> {
  const response = await fetch(new URL(OBJECTS_PATH, address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(announcement),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    redirect: 'error',
  }).catch(() => undefined);
  if (signal.aborted) return err({ code: 'STOPPED' });
  const said = response && Code.safeParse(await response.json().catch(() => undefined));
  if (response?.status === 202) return ok(true);
  if (!response || response.status >= 500) return err({ code: 'CENTRE_UNREACHABLE' });
  return err({ code: 'CENTRE_REFUSED', status: response.status, reason: said?.success ? said.data.code : '' });
}
