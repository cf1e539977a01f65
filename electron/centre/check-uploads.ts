import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedReceipt } from '../features/delivery/receipt.ts';
import type { Clock } from '../lib/clock.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { CentreDb } from './centre-store.ts';
import { type IntakeDeps, receiptOf, takeIn } from './intake.ts';
import type { Refusal } from './intake-rules.ts';
import type { ProcessLocks } from './process-locks.ts';
import { type UnpackError, unpackBundle } from './receive-tar.ts';

type WhyNot = Refusal | UnpackError;
type CheckDeps = {
  db: CentreDb;
  intake: IntakeDeps;
  archives: ArchiveStore;
  locks: ProcessLocks;
  /** Where archives are unpacked, on this machine. */
  stagingFolder: string;
};

/** Puts on record that an archive has arrived whole. */
export async function markReceived(db: CentreDb, clock: Clock, uploadId: string): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ state: 'received', changed_ms: clock.wallMs() })
    .where('upload_id', '=', uploadId)
    .where('state', '=', 'receiving')
    .execute();
}

/**
 * Checks what has arrived, one after another in this process, and one at a time of a station over all of them: its bundles follow
 * each other. What another process left half checked is taken up by whichever looks next.
 */
export class CheckQueue {
  readonly #deps: CheckDeps;
  readonly #underway = new Map<string, Promise<void>>();
  #last: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(deps: CheckDeps) {
    this.#deps = deps;
  }

  checkLater(uploadId: string): void {
    if (this.#underway.has(uploadId) || this.#closing) return;
    this.#last = this.#last
      .then(() => (this.#closing ? undefined : this.#check(uploadId)))
      .catch((cause: unknown) => console.error('an upload could not be checked:', cause))
      .finally(() => this.#underway.delete(uploadId));
    this.#underway.set(uploadId, this.#last);
  }

  /** Takes up what waits. @param all  also what was looked at and waits for the bundle before it */
  async sweep(all: boolean): Promise<void> {
    const rows = await this.#deps.db
      .selectFrom('uploads')
      .select(['upload_id', 'refusal'])
      .where('state', '=', 'received')
      .execute();
    for (const { upload_id, refusal } of rows) if (all || refusal === null) this.checkLater(upload_id);
  }

  /** Resolves once nothing is being checked. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway.values());
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#last;
  }

  async #check(uploadId: string): Promise<void> {
    const { db, locks } = this.#deps;
    const row = await db
      .selectFrom('uploads')
      .select('station_id')
      .where('upload_id', '=', uploadId)
      .executeTakeFirst();
    if (row) await locks.alone(`station:${row.station_id}`, () => this.#checkAlone(uploadId));
  }

  async #checkAlone(uploadId: string): Promise<void> {
    const { db, intake, archives } = this.#deps;
    const row = await db.selectFrom('uploads').selectAll().where('upload_id', '=', uploadId).executeTakeFirst();
    if (row?.state !== 'received') return;
    const taken = await this.#take(uploadId, row.bundle_id, {
      stationId: row.station_id,
      bundleId: row.bundle_id,
      tagManifestSha256: row.tag_manifest_sha256,
    });
    const state = taken.ok ? 'accepted' : waitsOnly(taken.error) ? 'received' : 'refused';
    await db
      .updateTable('uploads')
      .set({ state, refusal: taken.ok ? null : JSON.stringify(taken.error), changed_ms: intake.clock.wallMs() })
      .where('upload_id', '=', uploadId)
      .execute();
    // In a bucket the archive of what was accepted is the bundle that is kept.
    if (state === 'refused' || (state === 'accepted' && intake.bundlesFolder !== null))
      await archives.discard(uploadId);
    if (state !== 'accepted') return;
    // Those of this station that waited for it may go now, whichever process takes them up.
    const waited = db.updateTable('uploads').set({ refusal: null }).where('station_id', '=', row.station_id);
    await waited.where('state', '=', 'received').execute();
    await this.sweep(false);
  }

  async #take(
    uploadId: string,
    bundleId: string,
    announced: Parameters<typeof takeIn>[2],
  ): Promise<Result<SignedReceipt, WhyNot[]>> {
    const { db, intake, archives, stagingFolder } = this.#deps;
    const known = await receiptOf(db, announced.tagManifestSha256);
    const staged = join(stagingFolder, uploadId.replaceAll('/', '-'));
    await rm(staged, { recursive: true, force: true });
    const archive = await archives.read(uploadId);
    if (!archive) return known ? ok(known) : err([{ code: 'ARCHIVE_GONE' }]);
    const unpacked = await unpackBundle(archive, bundleId, staged);
    if (!unpacked.ok) return known ? ok(known) : err([unpacked.error]);
    const taken = await takeIn(intake, staged, announced);
    await rm(staged, { recursive: true, force: true });
    return taken;
  }
}

/** What a bundle that waits for the one before it is refused for, and nothing else. */
const waitsOnly = (why: readonly WhyNot[]): boolean => why.every((w) => w.code === 'PREVIOUS_MISSING');
