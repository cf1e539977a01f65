import type { KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Sha256 } from '../features/archive/bundle-format.ts';
import type { ContentClaim } from '../features/archive/verify-bundle.ts';
import type { SignedReceipt } from '../features/delivery/receipt.ts';
import { currentSpan } from '../features/keys/key-spans.ts';
import type { Clock } from '../lib/clock.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { freeBytes, makeFolder } from '../vault/durable-file.ts';
import { announcedBy } from './announced-by.ts';
import { centrePage } from './centre-page.ts';
import { type CentreDb, openPostgresStore, openSqliteStore, prepareStore } from './centre-store.ts';
import { type IntakeDeps, receiptOf, takeIn } from './intake.ts';
import type { Refusal } from './intake-rules.ts';
import { type UnpackError, unpackBundle } from './receive-tar.ts';
import { addKey, keep, spansOf } from './station-keys.ts';
import { openUploadServer, UPLOADS_PATH } from './upload-server.ts';
import { addCheckpoint, CHECKPOINT_PATH } from './witness.ts';

export type CentreOptions = {
  /** Everything the centre keeps lies below; several processes on one database share it. */
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
  freeBytes?: () => Promise<number>;
};

export type Centre = Awaited<ReturnType<typeof openCentre>>;
export type StationCard = { stationId: string; siteName: string; signingKey: string };
export const RECEIPTS_PATH = '/receipts/';

type WhyNot = Refusal | UnpackError;

/**
 * The reference centre (鉴定中心): receives bundles over tus or from a disk, checks them with the code of `kaodian verify`, refuses what
 * is replayed, rolled back, unknown or not planned, signs the receipt and witnesses checkpoints.
 */
export async function openCentre(options: CentreOptions) {
  const folder = async (name: string): Promise<string> => {
    await makeFolder(join(options.dataDir, name));
    return join(options.dataDir, name);
  };
  const uploadsFolder = await folder('uploads');
  const stagingFolder = await folder('staging');
  const db = options.database
    ? await openPostgresStore(options.database)
    : openSqliteStore(join(options.dataDir, 'centre.sqlite'));
  await prepareStore(db);
  const intake: IntakeDeps = { ...options, db, bundlesFolder: await folder('bundles') };
  const underway = new Map<string, Promise<void>>();
  let last: Promise<void> = Promise.resolve();
  let closing = false;

  /** One after another: checking reads every byte, and a station's bundles follow each other. */
  const checkLater = (uploadId: string): void => {
    if (underway.has(uploadId) || closing) return;
    last = last
      .then(() =>
        closing ? undefined : checkUpload({ db, intake, uploadsFolder, stagingFolder }, uploadId, checkLater),
      )
      .catch((cause: unknown) => console.error('an upload could not be checked:', cause))
      .finally(() => underway.delete(uploadId));
    underway.set(uploadId, last);
  };
  const uploads = openUploadServer({
    db,
    clock: options.clock,
    folder: uploadsFolder,
    freeBytes: options.freeBytes ?? (() => freeBytes(options.dataDir)),
    arrived: (uploadId) => {
      markReceived(db, options.clock, uploadId)
        .then(() => checkLater(uploadId))
        .catch((cause: unknown) => console.error('an upload that arrived is not on record:', cause));
    },
  });
  for (const { upload_id } of await waiting(db)) checkLater(upload_id);

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
      const sha256 = Sha256.safeParse(pathname.slice(RECEIPTS_PATH.length));
      if (request.method === 'GET' && pathname.startsWith(RECEIPTS_PATH) && sha256.success) {
        const { status, body } = await standing(db, sha256.data);
        return answer(response, status, body);
      }
      if (request.method === 'GET' && pathname === '/' && isOwnMachine(request)) {
        const page = await centrePage(db, options.name);
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
      receiveFolder({ intake, stagingFolder }, bundle, copy),
    /** Resolves once nothing is being checked. */
    async settled(): Promise<void> {
      while (underway.size > 0) await Promise.all(underway.values());
    },
    async close(): Promise<void> {
      closing = true;
      await last;
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

type CheckDeps = { db: CentreDb; intake: IntakeDeps; uploadsFolder: string; stagingFolder: string };

const waiting = (db: CentreDb) =>
  db.selectFrom('uploads').select(['upload_id', 'station_id']).where('state', '=', 'received').execute();

async function markReceived(db: CentreDb, clock: Clock, uploadId: string): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ state: 'received', changed_ms: clock.wallMs() })
    .where('upload_id', '=', uploadId)
    .where('state', '=', 'receiving')
    .execute();
}

/** What a bundle that waits for the one before it is refused for, and nothing else. */
const waitsOnly = (why: readonly WhyNot[]): boolean => why.every((w) => w.code === 'PREVIOUS_MISSING');

async function checkUpload(deps: CheckDeps, uploadId: string, checkLater: (id: string) => void): Promise<void> {
  const { db, intake, uploadsFolder, stagingFolder } = deps;
  const row = await db.selectFrom('uploads').selectAll().where('upload_id', '=', uploadId).executeTakeFirst();
  if (row?.state !== 'received') return;
  const staged = join(stagingFolder, uploadId);
  const archive = join(uploadsFolder, uploadId);
  await rm(staged, { recursive: true, force: true });
  const unpacked = await unpackBundle(archive, row.bundle_id, staged);
  const announced = {
    stationId: row.station_id,
    bundleId: row.bundle_id,
    tagManifestSha256: row.tag_manifest_sha256,
  };
  const known = unpacked.ok ? undefined : await receiptOf(db, row.tag_manifest_sha256);
  const taken: Result<SignedReceipt, WhyNot[]> = unpacked.ok
    ? await takeIn(intake, staged, announced)
    : known
      ? ok(known)
      : err([unpacked.error]);
  await rm(staged, { recursive: true, force: true });
  const state = taken.ok ? 'accepted' : waitsOnly(taken.error) ? 'received' : 'refused';
  await db
    .updateTable('uploads')
    .set({ state, refusal: taken.ok ? null : JSON.stringify(taken.error), changed_ms: intake.clock.wallMs() })
    .where('upload_id', '=', uploadId)
    .execute();
  if (state !== 'received') {
    await rm(archive, { force: true });
    await rm(`${archive}.json`, { force: true });
  }
  if (state !== 'accepted') return;
  // Those of this station that waited for it may go now.
  for (const other of await waiting(db)) if (other.station_id === row.station_id) checkLater(other.upload_id);
}

/** What a station hears when it asks for a bundle's receipt. */
async function standing(db: CentreDb, tagManifestSha256: string): Promise<{ status: number; body: unknown }> {
  const receipt = await receiptOf(db, tagManifestSha256);
  if (receipt) return { status: 200, body: receipt };
  const upload = await db
    .selectFrom('uploads')
    .select(['state', 'refusal'])
    .where('tag_manifest_sha256', '=', tagManifestSha256)
    .where('state', '!=', 'sent-again')
    .orderBy('created_ms', 'desc')
    .executeTakeFirst();
  if (!upload || upload.state === 'receiving') return { status: 404, body: { code: 'NOT_FOUND' } };
  const refusals = upload.refusal === null ? [] : JSON.parse(upload.refusal);
  return upload.state === 'refused'
    ? { status: 422, body: { code: 'REFUSED', refusals } }
    : { status: 202, body: { code: 'BEING_CHECKED', refusals } };
}

async function receiveFolder(
  { intake, stagingFolder }: Pick<CheckDeps, 'intake' | 'stagingFolder'>,
  bundle: string,
  copy: (from: string, to: string) => Promise<void>,
): Promise<Result<SignedReceipt, Refusal[] | [{ code: 'NO_BUNDLE' }]>> {
  const announced = await announcedBy(bundle);
  if (!announced) return err([{ code: 'NO_BUNDLE' }]);
  const staged = join(stagingFolder, `disk-${announced.tagManifestSha256}`);
  await rm(staged, { recursive: true, force: true });
  await copy(bundle, staged);
  const taken = await takeIn(intake, staged, announced);
  await rm(staged, { recursive: true, force: true });
  return taken;
}
