import { inTransaction } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import { newPace } from '../../lib/pace.ts';
import { unreachable } from '../../lib/result.ts';
import type { TarLayout } from '../../lib/write-tar.ts';
import type { BundleRow } from '../archive/contract.ts';
import { signAnnouncement } from './announcement.ts';
import { askReceipt, type CentreRefusal, type Standing } from './ask-receipt.ts';
import { bundleName, layOutBundle } from './bundle-archive.ts';
import type { DeliveryDeps } from './deps.ts';
import { deliveryEvents } from './events.ts';
import { keepReceipt } from './keep-receipt.ts';
import { afterFailure, isToCome, mayBeSentAt, waitAfter } from './rules.ts';
import type { SendError } from './send-archive.ts';
import { deliverySetting } from './setting.ts';
import { type DeliveryRow, deliveryOf, receiptFor, saveDelivery } from './store.ts';
import { centreTarget, objectStoreTarget, type UploadTarget } from './upload-target.ts';

const THE_STATION: Actor = { kind: 'station' };
/** How often the place reached is written down; at a kill the centre's own count is asked for anyway. */
const KEEP_EVERY_BYTES = 16 * 1024 * 1024;
const ASK_AGAIN_MS = 2_000;
const REST_MS = 5_000;

/** Stands in a delivery's `problem` while it is sent from its beginning once more, since the centre no longer had what was sent. */
export const UPLOAD_LOST = 'UPLOAD_LOST';
/** Stands in a delivery's `problem` when a person lets a refused bundle go once more. */
export const SEND_AGAIN = 'SEND_AGAIN';

type Work = { bundleId: string; aborter: AbortController; done: Promise<void>; bytesPerSecond: number | null };

/**
 * Sends the station's bundles to the centre, one at a time and in the order of sealing, since each names the one before. What is
 * known of each lies in the database: it goes on after a kill, a reboot, a lost network or a centre that was away. Recording
 * and the door never wait for it.
 */
export class DeliveryQueue {
  readonly #deps: DeliveryDeps;
  readonly #chance: () => number;
  #work: Work | null = null;
  /** Until then nothing is tried, by the clock that never jumps: the database took no word of why. */
  #restUntilMonoMs = 0;
  #closed = false;

  /** @param chance  from 0 up to 1, for waits that differ between sites */
  constructor(deps: DeliveryDeps, chance: () => number = Math.random) {
    this.#deps = deps;
    this.#chance = chance;
  }

  /** Takes up what is due. Called every second, and after anything that may have made something due. */
  tick(): void {
    const deps = this.#deps;
    const setting = deliverySetting(deps.setting);
    if (this.#work) {
      if (!mayBeSentAt(setting.hours, deps.clock.wallMs()) || setting.address === null) this.#work.aborter.abort();
      return;
    }
    const next = this.next();
    if (this.#closed || setting.address === null || !next || deps.signer() === null) return;
    const row = deliveryOf(deps.db, next.bundleId);
    if (targetOf(deps, setting.address) === null) return;
    if (row.paused || row.refusals !== null || isToCome(row.nextTryMs, deps.clock.wallMs())) return;
    if (deps.clock.monotonicMs() < this.#restUntilMonoMs) return;
    if (!mayBeSentAt(setting.hours, deps.clock.wallMs())) return;
    const aborter = new AbortController();
    const work: Work = { bundleId: next.bundleId, aborter, bytesPerSecond: null, done: Promise.resolve() };
    this.#work = work;
    work.done = this.#deliver(next, setting.address, work)
      .catch((cause: unknown) => {
        console.error('a bundle could not be sent:', cause);
        this.#tryLater(next.bundleId, 'STATION_FAULT');
      })
      // On a full disk not even that can be written down: nothing is lost, and it is tried again from what is on record.
      .catch((cause: unknown) => {
        console.error('how far a bundle was sent could not be written down:', cause);
        this.#restUntilMonoMs = deps.clock.monotonicMs() + REST_MS;
      })
      .finally(() => {
        this.#work = null;
        deps.changed();
      });
  }

  /** The bundle that is first in the row without a receipt. */
  next(): BundleRow | undefined {
    return this.#deps.bundles().find((b) => receiptFor(this.#deps.db, b.bundleId) === null);
  }

  /** What is being sent just now, and how fast; null while nothing is. */
  underway(): { bundleId: string; bytesPerSecond: number | null } | null {
    return this.#work && { bundleId: this.#work.bundleId, bytesPerSecond: this.#work.bytesPerSecond };
  }

  /** Stops sending this bundle, keeping what has arrived. */
  async stop(bundleId: string): Promise<void> {
    if (this.#work?.bundleId !== bundleId) return;
    this.#work.aborter.abort();
    await this.#work.done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#work?.aborter.abort();
    await this.#work?.done;
  }

  async #deliver(bundle: BundleRow, address: string, work: Work): Promise<void> {
    const { db, clock } = this.#deps;
    const { bundleId, tagManifestSha256 } = bundle;
    const { signal } = work.aborter;
    const asked = await askReceipt(address, tagManifestSha256, signal);
    if (!asked.ok) return signal.aborted ? undefined : this.#tryLater(bundleId, asked.error.code);
    const again = deliveryOf(db, bundleId).problem === SEND_AGAIN;
    const standing: Standing = asked.value.kind === 'refused' && again ? { kind: 'unknown' } : asked.value;
    switch (standing.kind) {
      case 'accepted': {
        const kept = keepReceipt(this.#deps, bundle, standing.signed, 'upload', THE_STATION);
        if (!kept.ok) this.#tryLater(bundleId, kept.error.code);
        return;
      }
      case 'refused':
        return this.#refused(bundle, standing.refusals);
      case 'being-checked':
        return this.#save(bundleId, {
          problem: standing.refusals[0]?.code ?? 'BEING_CHECKED',
          tries: 0,
          nextTryMs: clock.wallMs() + ASK_AGAIN_MS,
        });
      case 'unknown': {
        const sent = await this.#send(bundle, address, work);
        if (sent !== null) return this.#failed(bundle, sent);
        inTransaction(db, (w) => {
          saveDelivery(w, {
            ...deliveryOf(w, bundleId),
            tries: 0,
            nextTryMs: clock.wallMs(),
            problem: 'BEING_CHECKED',
          });
          this.#deps.journal.append(w, THE_STATION, deliveryEvents.arrived, { bundleId }, bundle.sessionId);
        });
      }
    }
  }

  async #send(bundle: BundleRow, address: string, work: Work): Promise<SendError | null> {
    const { db, setting } = this.#deps;
    const { bundleId } = bundle;
    const signer = this.#deps.signer();
    const target = targetOf(this.#deps, address);
    if (!signer || !target) return { code: 'STOPPED' };
    const layout = await layOutBundle(bundle.folder);
    const row = deliveryOf(db, bundleId);
    let keptBytes = row.sentBytes;
    let began: number | null = null;
    let reached = 0;
    const pace = newPace();
    const announced = {
      format: 'kaodian-announcement/1' as const,
      stationId: signer.stationId,
      bundleId: bundleName(bundle),
      tagManifestSha256: bundle.tagManifestSha256,
      sizeBytes: layout.sizeBytes,
    };
    const sent = await target.send({
      uploadUrl: row.uploadUrl,
      layout,
      announced,
      announcement: signAnnouncement(announced, signer.key),
      bytesPerSecond: () => {
        const { limitKBps } = deliverySetting(setting);
        return limitKBps === null ? null : limitKBps * 1_000;
      },
      signal: work.aborter.signal,
      onUrl: (url) => this.#begun(bundle, url, layout, address),
      onProgress: (sentBytes) => {
        work.bytesPerSecond = pace(sentBytes);
        began ??= sentBytes;
        reached = sentBytes;
        if (sentBytes - keptBytes < KEEP_EVERY_BYTES && sentBytes >= keptBytes) return;
        keptBytes = sentBytes;
        this.#keepProgress(bundleId, sentBytes);
      },
    });
    if (sent.ok) this.#save(bundleId, { sentBytes: layout.sizeBytes });
    // A line that is cut again and again, and moves on between, is not one that does not answer: its waits stay short.
    else if (began !== null && reached > began) this.#save(bundleId, { tries: 0 });
    return sent.ok ? null : sent.error;
  }

  /** For the eye alone: where it really stands, the centre is asked. So a disk that is full now stops nothing. */
  #keepProgress(bundleId: string, sentBytes: number): void {
    try {
      this.#save(bundleId, { sentBytes });
    } catch (cause) {
      console.error('how far a bundle was sent could not be written down:', cause);
    }
    this.#deps.changed();
  }

  #begun({ bundleId, sessionId }: BundleRow, uploadUrl: string, layout: TarLayout, address: string): void {
    const row = deliveryOf(this.#deps.db, bundleId);
    if (row.uploadUrl === uploadUrl) return;
    // Expired or lost at the centre: tus begins anew by itself, and that is not done unsaid.
    const isLost = row.uploadUrl !== null && sameCentre(row.uploadUrl, uploadUrl);
    inTransaction(this.#deps.db, (w) => {
      saveDelivery(w, { ...row, uploadUrl, sentBytes: 0, problem: isLost ? UPLOAD_LOST : null });
      if (isLost) {
        const lost = { bundleId, sentBytes: row.sentBytes };
        this.#deps.journal.append(w, THE_STATION, deliveryEvents.uploadLost, lost, sessionId);
      }
      const begun = { bundleId, bytes: layout.sizeBytes, centre: address };
      this.#deps.journal.append(w, THE_STATION, deliveryEvents.begun, begun, sessionId);
    });
    this.#deps.changed();
  }

  #failed(bundle: BundleRow, error: SendError): void {
    const { bundleId } = bundle;
    const onward = afterFailure(error);
    switch (onward.kind) {
      case 'rest':
        break;
      case 'ask-now':
        this.#save(bundleId, { nextTryMs: this.#deps.clock.wallMs() + ASK_AGAIN_MS });
        break;
      case 'start-over':
        this.#save(bundleId, { uploadUrl: null, sentBytes: 0 });
        this.#tryLater(bundleId, onward.problem);
        break;
      case 'try-later':
        this.#tryLater(bundleId, onward.problem);
        break;
      case 'refused':
        this.#refused(bundle, [{ code: onward.code }]);
        break;
      default:
        unreachable(onward);
    }
  }

  #refused({ bundleId, sessionId }: BundleRow, refusals: readonly CentreRefusal[]): void {
    const reasons = refusals.map(({ code, claims = [] }) => ({ code, claims }));
    inTransaction(this.#deps.db, (w) => {
      saveDelivery(w, {
        ...deliveryOf(w, bundleId),
        uploadUrl: null,
        sentBytes: 0,
        refusals: JSON.stringify(reasons),
        problem: null,
      });
      this.#deps.journal.append(w, THE_STATION, deliveryEvents.refusedByCentre, { bundleId, reasons }, sessionId);
    });
  }

  #tryLater(bundleId: string, problem: string): void {
    const tries = deliveryOf(this.#deps.db, bundleId).tries + 1;
    this.#save(bundleId, { tries, problem, nextTryMs: this.#deps.clock.wallMs() + waitAfter(tries, this.#chance()) });
  }

  #save(bundleId: string, change: Partial<DeliveryRow>): void {
    inTransaction(this.#deps.db, (w) => saveDelivery(w, { ...deliveryOf(w, bundleId), ...change }));
  }
}

/** The way that is set; null while the object storage's secret key is not at hand. */
function targetOf({ setting, storeKey }: DeliveryDeps, address: string): UploadTarget | null {
  const { objectStore } = deliverySetting(setting);
  if (objectStore === null) return centreTarget(address);
  const secretAccessKey = storeKey.read();
  return secretAccessKey === null ? null : objectStoreTarget(address, { ...objectStore, secretAccessKey });
}

/** Whether two addresses of uploads are of one centre; those of an object storage are none. */
function sameCentre(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
