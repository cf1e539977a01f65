import type { KeyObject } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Sha256 } from '../features/archive/bundle-format.ts';
import type { ContentClaim } from '../features/archive/verify-bundle.ts';
import { layOutBundle } from '../features/delivery/bundle-archive.ts';
import type { SignedReceipt } from '../features/delivery/receipt.ts';
import { OBJECTS_PATH, objectKeyOf } from '../features/delivery/upload-target.ts';
import { currentSpan } from '../features/keys/key-spans.ts';
import type { Clock } from '../lib/clock.ts';
import type { ObjectStore } from '../lib/object-store.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { freeBytes, makeFolder } from '../vault/durable-file.ts';
import { announcedBy } from './announced-by.ts';
import { takeAnnounced } from './announced-objects.ts';
import { type ArchiveStore, bucketArchives, folderArchives } from './archive-store.ts';
import { centrePage } from './centre-page.ts';
import { type CentreDb, openCentreStore } from './centre-store.ts';
import { CheckQueue, markReceived } from './check-uploads.ts';
import { expireUnfinished, KEEP_UNFINISHED_MS } from './expire-uploads.ts';
import { type IntakeDeps, receiptOf, takeIn } from './intake.ts';
import type { Refusal } from './intake-rules.ts';
import { oneProcess, postgresLocks } from './process-locks.ts';
import { addKey, keep, spansOf } from './station-keys.ts';
import { openUploadServer, UPLOADS_PATH } from './upload-server.ts';
import { addCheckpoint, CHECKPOINT_PATH } from './witness.ts';

export type CentreOptions = {
  /** All that the centre keeps where no database or object storage is given; else what it unpacks for a while. */
  dataDir: string;
  /** The centre's name, as receipts say it. */
  name: string;
  receiptKey: KeyObject;
  identities: readonly string[];
  contentClaims: readonly ContentClaim[];
  clock: Clock;
  rehearsal: boolean;
  /** `postgres://...`; absent: a file of its own. */
  database?: string;
  /** Where archives arrive and are kept; absent: in the data folder. */
  objectStore?: ObjectStore;
  /** How long an archive that has not arrived whole is kept, from when it was begun; absent: two weeks. */
  keepUnfinishedMs?: number;
  freeBytes?: () => Promise<number>;
};

export type Centre = Awaited<ReturnType<typeof openCentre>>;
export type StationCard = { stationId: string; siteName: string; signingKey: string };
export const RECEIPTS_PATH = '/receipts/';

/** How often is looked for what another process left behind. */
const SWEEP_MS = 2_000;
const EXPIRE_EVERY_MS = 60 * 60_000;

/**
 * The reference centre (鉴定中心): receives bundles over tus or from a disk, checks them with the code of `kaodian verify`, refuses what
 * is replayed, rolled back, unknown or not planned, signs the receipt and witnesses checkpoints.
 */
export async function openCentre(options: CentreOptions) {
  const folder = async (name: string): Promise<string> => {
    await makeFolder(join(options.dataDir, name));
    return join(options.dataDir, name);
  };
  const { database, objectStore } = options;
  const stagingFolder = await folder('staging');
  const db = await openCentreStore(options.dataDir, database);
  const keepMs = options.keepUnfinishedMs ?? KEEP_UNFINISHED_MS;
  const archives = objectStore
    ? await bucketArchives(objectStore, keepMs)
    : folderArchives(await folder('uploads'), keepMs);
  const locks = database === undefined ? oneProcess : await postgresLocks(database);
  const intake: IntakeDeps = { ...options, db, bundlesFolder: objectStore ? null : await folder('bundles') };
  const checks = new CheckQueue({ db, intake, archives, locks, stagingFolder });
  const arrived = (uploadId: string) => {
    markReceived(db, options.clock, uploadId)
      .then(() => checks.checkLater(uploadId))
      .catch((cause: unknown) => console.error('an upload that arrived is not on record:', cause));
  };
  const uploads = openUploadServer({
    db,
    clock: options.clock,
    archives,
    locker: locks.uploads,
    freeBytes: options.freeBytes ?? (() => freeBytes(options.dataDir)),
    arrived,
  });
  await checks.sweep(true);
  const { clock } = options;
  const expire = () => expireUnfinished({ db, archives, clock }, keepMs);
  await expire();
  const expiring = setInterval(
    () => expire().catch((cause: unknown) => console.error('what never arrived was not let go of:', cause)),
    EXPIRE_EVERY_MS,
  ).unref();
  const sweep = () => checks.sweep(false).catch((cause: unknown) => console.error('what waits was not read:', cause));
  // Another process may have left something half done.
  const sweeping = options.database === undefined ? undefined : setInterval(sweep, SWEEP_MS);

  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };

  return {
    db,
    /** Answers stations; anything else is not found. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const { pathname } = new URL(request.url ?? '/', 'http://centre.invalid');
      if (pathname === UPLOADS_PATH || pathname.startsWith(`${UPLOADS_PATH}/`)) {
        // What a station sent is for the centre: nobody reads it back or takes it away by its address.
        if (!['POST', 'HEAD', 'PATCH', 'OPTIONS'].includes(request.method ?? '')) return answer(response, 405, {});
        await uploads.handle(request, response);
        return;
      }
      if (request.method === 'POST' && pathname === CHECKPOINT_PATH) {
        const said = await addCheckpoint({ ...options, db }, request);
        response.writeHead(said.status, { 'content-type': said.type, 'cache-control': 'no-store' });
        response.end(said.body);
        return;
      }
      if (request.method === 'POST' && pathname === OBJECTS_PATH && objectStore) {
        const { status, code } = await takeAnnounced({ db, clock: options.clock, archives, arrived }, request);
        return answer(response, status, { code });
      }
      const sha256 = Sha256.safeParse(pathname.slice(RECEIPTS_PATH.length));
      if (request.method === 'GET' && pathname.startsWith(RECEIPTS_PATH) && sha256.success) {
        const { status, body } = await standing({ db, archives, arrived }, sha256.data);
        return answer(response, status, body);
      }
      if (request.method === 'GET' && pathname === '/' && isOwnMachine(request)) {
        const page = await centrePage(db, options.name, keepMs);
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
          'cache-control': 'no-store',
        });
        response.end(page);
        return;
      }
      answer(response, 404, { code: 'NOT_FOUND' });
    },
    /** Makes a station known. A known one gets another key only by a rotation, or in the place of one that was withdrawn. */
    async enrol(card: StationCard): Promise<Result<true, { code: 'ENROLLED_WITH_OTHER_KEY' }>> {
      const line = card.signingKey.split(' ').slice(0, 2).join(' ');
      const spans = await spansOf(db, card.stationId);
      if (spans.length > 0) {
        return currentSpan(spans)?.signingKey === line ? ok(true) : err({ code: 'ENROLLED_WITH_OTHER_KEY' });
      }
      const { stationId, siteName } = card;
      await db.transaction().execute(async (tx) => {
        const row = {
          station_id: stationId,
          site_name: siteName,
          signing_key: line,
          enrolled_ms: options.clock.wallMs(),
        };
        await tx.insertInto('stations').values(row).execute();
        await addKey(tx, stationId, { signingKey: line, journal: 1, fromSize: 0 });
        await keep(tx, options.clock, stationId, 'enrolled', { by: options.name, second: '' }, { signingKey: line });
      });
      return ok(true);
    },
    /** Sessions that a station may deliver. */
    async expect(stationId: string, sessionIds: readonly string[]): Promise<void> {
      if (sessionIds.length === 0) return;
      await db
        .insertInto('planned_sessions')
        .values(sessionIds.map((session_id) => ({ session_id, station_id: stationId })))
        .onConflict((c) => c.doNothing())
        .execute();
    },
    /** Takes in a bundle that came on a disk: `folder` is copied from, never moved. */
    receiveFolder: (bundle: string, copy: (from: string, to: string) => Promise<void>) =>
      receiveFolder({ intake, archives, stagingFolder }, bundle, copy),
    /** Resolves once nothing is being checked. */
    settled: () => checks.settled(),
    async close(): Promise<void> {
      clearInterval(sweeping);
      clearInterval(expiring);
      await checks.close();
      await locks.close();
      await db.destroy();
    },
  };
}

/** The page is for the centre's own machine; a name that was bent to this address does not count as it. */
function isOwnMachine({ socket, headers }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:[0-9]+$/, '');
  const near = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  return near && ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

/** What a station hears when it asks for a bundle's receipt. */
async function standing(
  { db, archives, arrived }: { db: CentreDb; archives: ArchiveStore; arrived: (uploadId: string) => void },
  tagManifestSha256: string,
): Promise<{ status: number; body: unknown }> {
  const receipt = await receiptOf(db, tagManifestSha256);
  if (receipt) return { status: 200, body: receipt };
  const upload = await db
    .selectFrom('uploads')
    .select(['upload_id', 'state', 'refusal'])
    .where('tag_manifest_sha256', '=', tagManifestSha256)
    .where('state', '!=', 'sent-again')
    .orderBy('created_ms', 'desc')
    .executeTakeFirst();
  const checking = { status: 202, body: { code: 'BEING_CHECKED', refusals: [] } };
  if (upload?.state === 'receiving' || upload?.state === 'expired') {
    // The process that took its last byte may have been killed before it said so.
    const { size, offset } = await archives.tus
      .getUpload(upload.upload_id)
      .catch(() => ({ size: undefined, offset: 0 }));
    if (size === undefined || offset !== size) return { status: 404, body: { code: 'NOT_FOUND' } };
    arrived(upload.upload_id);
    return checking;
  }
  if (!upload) return { status: 404, body: { code: 'NOT_FOUND' } };
  const refusals = upload.refusal === null ? [] : JSON.parse(upload.refusal);
  return upload.state === 'refused'
    ? { status: 422, body: { code: 'REFUSED', refusals } }
    : { ...checking, body: { ...checking.body, refusals } };
}

async function receiveFolder(
  { intake, archives, stagingFolder }: { intake: IntakeDeps; archives: ArchiveStore; stagingFolder: string },
  bundle: string,
  copy: (from: string, to: string) => Promise<void>,
): Promise<Result<SignedReceipt, Refusal[] | [{ code: 'NO_BUNDLE' }]>> {
  const announced = await announcedBy(bundle);
  if (!announced) return err([{ code: 'NO_BUNDLE' }]);
  const folder = join(stagingFolder, `disk-${announced.tagManifestSha256}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const staged = join(folder, announced.bundleId);
  await copy(bundle, staged);
  // Kept first, then taken in: a receipt is never signed for what is not kept.
  await archives.put?.(objectKeyOf(announced), await layOutBundle(staged));
  const taken = await takeIn(intake, staged, announced);
  if (!taken.ok && archives.put) await archives.discard(objectKeyOf(announced));
  await rm(folder, { recursive: true, force: true });
  return taken;
}
