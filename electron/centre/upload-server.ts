import type { IncomingMessage, ServerResponse } from 'node:http';
import { EVENTS, type Locker, Server } from '@tus/server';
import type { Announcement } from '../features/delivery/announcement.ts';
import { readAnnouncement } from '../features/delivery/announcement.ts';
import type { Clock } from '../lib/clock.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { CentreDb } from './centre-store.ts';
import { receiptOf } from './intake.ts';
import { enrolledKey } from './station-keys.ts';

export const UPLOADS_PATH = '/uploads';

type Deps = {
  db: CentreDb;
  clock: Clock;
  archives: ArchiveStore;
  /** Several processes write into one store; undefined where this is the only one. */
  locker: Locker | undefined;
  /** Bytes that are left for uploads. */
  freeBytes: () => Promise<number>;
  /** Called once an archive has arrived whole. */
  arrived: (uploadId: string) => void;
};

export type UploadServer = { handle: (request: IncomingMessage, response: ServerResponse) => Promise<unknown> };

/** Kept free beside what is announced: the bundle is unpacked beside its archive. */
const COPIES = 2;

/**
 * The receiving side of tus 1.0. Who sends must have announced what, under the key of an enrolled station, and an announced archive
 * takes the place of an unfinished one of the same bundle. tus itself says nothing of the content: that is the intake's.
 */
export function openUploadServer({ db, clock, archives, locker, freeBytes, arrived }: Deps): UploadServer {
  const store = archives.tus;
  const refuse = (status_code: number, code: string): never => {
    throw { status_code, body: JSON.stringify({ code }) };
  };
  const announcedIn = async (metadata: Record<string, string | null>): Promise<Announcement> => {
    const read = await readAnnouncement(metadata, (stationId) => enrolledKey(db, stationId));
    return read.ok ? read.value : refuse(403, read.error.code);
  };
  const server = new Server({
    path: UPLOADS_PATH,
    datastore: store,
    relativeLocation: true,
    ...(locker && { locker }),
    onUploadCreate: async (_request, upload) => {
      const announced = await announcedIn(upload.metadata ?? {});
      const { stationId, bundleId, tagManifestSha256, sizeBytes } = announced;
      if (upload.size !== sizeBytes) refuse(400, 'NOT_AS_ANNOUNCED');
      if (await receiptOf(db, tagManifestSha256)) refuse(409, 'ALREADY_ACCEPTED');
      const underway = await db
        .selectFrom('uploads')
        .select(['upload_id', 'state'])
        .where('tag_manifest_sha256', '=', tagManifestSha256)
        .where('state', 'in', ['receiving', 'received'])
        .execute();
      if (underway.some((u) => u.state === 'received')) refuse(409, 'BEING_CHECKED');
      for (const { upload_id } of underway) {
        await store.remove(upload_id).catch(() => undefined);
        await db.deleteFrom('uploads').where('upload_id', '=', upload_id).execute();
      }
      await db
        .updateTable('uploads')
        .set({ state: 'sent-again' })
        .where('tag_manifest_sha256', '=', tagManifestSha256)
        .where('state', 'in', ['refused', 'expired'])
        .execute();
      if ((await freeBytes()) < COPIES * sizeBytes) refuse(507, 'CENTRE_FULL');
      const nowMs = clock.wallMs();
      await db
        .insertInto('uploads')
        .values({
          upload_id: upload.id,
          station_id: stationId,
          bundle_id: bundleId,
          tag_manifest_sha256: tagManifestSha256,
          size_bytes: sizeBytes,
          state: 'receiving',
          refusal: null,
          created_ms: nowMs,
          changed_ms: nowMs,
        })
        .execute();
      return {};
    },
  });
  server.on(EVENTS.POST_FINISH, (_request, _response, upload) => arrived(upload.id));
  return { handle: (request, response) => server.handle(request, response) };
}
