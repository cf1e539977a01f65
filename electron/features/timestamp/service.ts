import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { writeDurably } from '../../vault/durable-file.ts';
import type { BundleRow } from '../archive/contract.ts';
import { askTsa } from './ask-tsa.ts';
import { TimestampSetting, type TimestampView } from './contract.ts';
import { timestampEvents } from './events.ts';
import { insertTimestamp, stampedBundles } from './store.ts';

export interface TimestampDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  setting: { read(): string | null; save(w: WriteDb, value: string): void };
  /** Every bundle of the station, in the order of sealing. */
  bundles: () => BundleRow[];
  changed: () => void;
}

const TRY_AGAIN_MS = 60_000;

/**
 * Fetches a third party's time stamp for every sealed bundle, where an authority is set. Nothing waits for it: a bundle is sealed
 * and sent without one, and what could not be had is asked for again each minute. The stamp lies beside the bundle as NAME.tsr.
 */
export class Timestamps {
  readonly #deps: TimestampDeps;
  readonly #aborter = new AbortController();
  #work: Promise<void> | null = null;
  #nextTryMs = 0;
  #problem: string | null = null;

  constructor(deps: TimestampDeps) {
    this.#deps = deps;
  }

  address = (): string | null => {
    const text = this.#deps.setting.read();
    return text === null ? null : TimestampSetting.parse(JSON.parse(text)).address;
  };

  view(): TimestampView {
    const stamped = stampedBundles(this.#deps.db).size;
    const waiting = this.#deps.bundles().length - stamped;
    return { address: this.address(), stamped, waiting, problem: this.#problem };
  }

  /** @param address  null: none is asked any more */
  save(caller: Caller, address: string | null): Result<TimestampView, { code: 'TSA_ADDRESS_UNUSABLE' }> {
    if (address !== null && !/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
      return err({ code: 'TSA_ADDRESS_UNUSABLE' });
    }
    inTransaction(this.#deps.db, (w) => {
      this.#deps.setting.save(w, JSON.stringify({ address }));
      const actor = actorOf(caller, 'site-lead');
      this.#deps.journal.append(w, actor, timestampEvents.settingChanged, { address });
    });
    this.#nextTryMs = 0;
    this.#problem = null;
    this.tick();
    return ok(this.view());
  }

  /** Takes up what is due. Called every second. */
  tick(): void {
    const { clock, bundles, db } = this.#deps;
    const address = this.address();
    if (this.#work || address === null || this.#aborter.signal.aborted || clock.monotonicMs() < this.#nextTryMs) return;
    const stamped = stampedBundles(db);
    const bundle = bundles().find((b) => !stamped.has(b.bundleId));
    if (!bundle) return;
    this.#work = this.#stamp(bundle, address)
      .catch((cause: unknown) => {
        console.error('a time stamp could not be kept:', cause);
        this.#later('STATION_FAULT');
      })
      .finally(() => {
        this.#work = null;
        this.#deps.changed();
      });
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async close(): Promise<void> {
    this.#aborter.abort();
    await this.#work;
  }

  async #stamp(bundle: BundleRow, address: string): Promise<void> {
    const { db, journal, clock } = this.#deps;
    const { bundleId, tagManifestSha256, folder, sessionId } = bundle;
    const asked = await askTsa(address, Buffer.from(tagManifestSha256, 'hex'), this.#aborter.signal);
    if (!asked.ok) return this.#later(asked.error.code);
    const { response, atMs } = asked.value;
    await writeDurably(`${folder}.tsr`, response);
    inTransaction(db, (w) => {
      insertTimestamp(w, { bundleId, response, stampedMs: atMs, keptMs: clock.wallMs() });
      const responseSha256 = createHash('sha256').update(response).digest('hex');
      const told = { bundleId, stampedAtMs: atMs, responseSha256 };
      journal.append(w, { kind: 'station' }, timestampEvents.kept, told, sessionId);
    });
    this.#problem = null;
  }

  #later(problem: string): void {
    this.#problem = problem;
    this.#nextTryMs = this.#deps.clock.monotonicMs() + TRY_AGAIN_MS;
  }
}
