import { z } from 'zod';
import { parseBoundedJson } from '../features/archive/bounded-json.ts';
import { readAnnouncement } from '../features/delivery/announcement.ts';
import { objectKeyOf } from '../features/delivery/upload-target.ts';
import type { Clock } from '../lib/clock.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { CentreDb } from './centre-store.ts';
import { receiptOf } from './intake.ts';
import { enrolledKey } from './station-keys.ts';

const MAX_BODY_BYTES = 16 * 1024;
const Signed = z.object({ announcement: z.string().max(8_192), signature: z.string().max(4_096) });

type Deps = { db: CentreDb; clock: Clock; archives: ArchiveStore; arrived: (uploadId: string) => void };
type Said = { status: number; code: string };

/**
 * A station says that an archive lies in the bucket. It is believed as little as one that came by tus: what counts is what is
 * read there, under the name that follows from the announcement alone.
 */
export async function takeAnnounced(
  { db, clock, archives, arrived }: Deps,
  request: AsyncIterable<Uint8Array>,
): Promise<Said> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of request) {
    total += part.length;
    if (total > MAX_BODY_BYTES) return { status: 413, code: 'TOO_LONG' };
    parts.push(part);
  }
  const json = parseBoundedJson(Buffer.concat(parts), MAX_BODY_BYTES);
  const signed = json.ok ? Signed.safeParse(json.value) : undefined;
  if (!signed?.success) return { status: 400, code: 'ANNOUNCEMENT_MALFORMED' };
  const read = await readAnnouncement(signed.data, (stationId) => enrolledKey(db, stationId));
  if (!read.ok) return { status: 403, code: read.error.code };
  const { stationId, bundleId, tagManifestSha256, sizeBytes } = read.value;
  if (await receiptOf(db, tagManifestSha256)) return { status: 409, code: 'ALREADY_ACCEPTED' };
  const uploadId = objectKeyOf(read.value);
  const size = await archives.sizeOf(uploadId);
  if (size === null) return { status: 404, code: 'OBJECT_MISSING' };
  if (size !== sizeBytes) return { status: 400, code: 'NOT_AS_ANNOUNCED' };
  const nowMs = clock.wallMs();
  await db
    .insertInto('uploads')
    .values({
      upload_id: uploadId,
      station_id: stationId,
      bundle_id: bundleId,
      tag_manifest_sha256: tagManifestSha256,
      size_bytes: sizeBytes,
      state: 'received',
      refusal: null,
      created_ms: nowMs,
      changed_ms: nowMs,
    })
    .onConflict((c) => c.column('upload_id').doUpdateSet({ state: 'received', refusal: null, changed_ms: nowMs }))
    .execute();
  arrived(uploadId);
  return { status: 202, code: 'BEING_CHECKED' };
}
