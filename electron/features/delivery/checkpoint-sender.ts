import { inTransaction } from '../../db/database.ts';
import { cosignedAt } from '../../journal/cosignature.ts';
import type { Actor } from '../../journal/entry.ts';
import type { Checkpoint } from '../../journal/journal.ts';
import { Frontier, growthProof } from '../../journal/merkle.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { askWitness, type WitnessError } from './ask-witness.ts';
import type { CheckpointStanding } from './contract.ts';
import { type CosignedCheckpoint, insertCosigned, lastCosigned, lastCosignedAt } from './cosigned-store.ts';
import type { DeliveryDeps } from './deps.ts';
import { deliveryEvents } from './events.ts';
import { isToCome, waitAfter } from './rules.ts';
import { deliverySetting } from './setting.ts';

const THE_STATION: Actor = { kind: 'station' };

export type CheckpointProblem =
  | Exclude<WitnessError['code'], 'OTHER_SIZE'>
  /** The centre has seen a longer journal of this station: this one was cut, or brought back from an old copy. */
  | 'JOURNAL_AHEAD'
  /** What came back is no cosignature of a key on the centre's card. */
  | 'COSIGNATURE_UNSOUND';

/** These mend themselves; the others say something of the records, and are on record. */
const ONLY_THE_LINE: CheckpointProblem = 'CENTRE_UNREACHABLE';

/**
 * Brings the newest checkpoint of the journal to the centre's witness whenever the centre can be reached, and keeps what it
 * cosigned. Nothing waits for it: what is recorded is recorded before, and goes along with a later checkpoint if this one fails.
 * A checkpoint is a few hundred bytes, so the hours and the speed set for bundles are not asked for.
 */
export class CheckpointSender {
  readonly #deps: DeliveryDeps;
  readonly #chance: () => number;
  /** The right edge of the tree that the centre saw last. */
  #edge = Frontier.empty();
  #underway: Promise<void> | null = null;
  #failed: { address: string; problem: CheckpointProblem; times: number; nextTryMs: number } | null = null;
  readonly #closing = new AbortController();

  /** @param chance  from 0 up to 1, for waits that differ between sites */
  constructor(deps: DeliveryDeps, chance: () => number = Math.random) {
    this.#deps = deps;
    this.#chance = chance;
  }

  /** Sends the newest checkpoint if it has not left yet and is not waiting for its next try. Called every second. */
  tick(): void {
    const wait = this.#failed;
    const { address } = deliverySetting(this.#deps.setting);
    if (wait && wait.address === address && isToCome(wait.nextTryMs, this.#deps.clock.wallMs())) return;
    void this.send();
  }

  /** Sends the newest checkpoint now; resolves when it has left or did not. Never throws on what the network does. */
  send(): Promise<void> {
    const { journal, db, setting } = this.#deps;
    const { address } = deliverySetting(setting);
    const newest = journal.lastCheckpoint();
    if (this.#underway) return this.#underway;
    if (this.#closing.signal.aborted || address === null || !newest || newest.size === 0) return Promise.resolve();
    if (hasLeft(newest, lastCosignedAt(db, address))) return Promise.resolve();
    this.#underway = this.#bring(newest, address)
      .catch((cause: unknown) => console.error('a checkpoint could not be sent:', cause))
      .finally(() => {
        this.#underway = null;
        this.#deps.changed();
      });
    return this.#underway;
  }

  standing(): CheckpointStanding {
    const { journal, db, setting } = this.#deps;
    const { address } = deliverySetting(setting);
    const newest = journal.lastCheckpoint();
    const last = lastCosigned(db);
    const failed = this.#failed?.address === address ? this.#failed : null;
    const way = (): CheckpointStanding['way'] => {
      if (address === null) return { kind: 'off' };
      if (newest && hasLeft(newest, lastCosignedAt(db, address))) return { kind: 'left' };
      if (this.#underway) return { kind: 'sending' };
      return failed ? { kind: 'trying-again', problem: failed.problem, nextTryMs: failed.nextTryMs } : { kind: 'due' };
    };
    return {
      newest: newest && { size: newest.size, atMs: newest.atMs },
      left: last && { size: last.size, atMs: last.witnessedMs, witness: last.witness },
      way: way(),
    };
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    await this.#underway;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#underway;
  }

  async #bring(newest: Checkpoint, address: string): Promise<void> {
    let cosigned = await this.#ask(newest, address, lastCosignedAt(this.#deps.db, address)?.size ?? 0);
    // The centre remembers another tree than we thought: a new centre, an answer that was lost, or something worse.
    if (!cosigned.ok && cosigned.error.code === 'OTHER_SIZE') {
      const { size } = cosigned.error;
      cosigned = size > newest.size ? err({ code: 'JOURNAL_AHEAD' }) : await this.#ask(newest, address, size);
    }
    if (cosigned.ok) return this.#keep(cosigned.value);
    if (this.#closing.signal.aborted) return;
    const { code } = cosigned.error;
    // Of the same size, and still refused.
    this.#missed(code === 'OTHER_SIZE' ? 'JOURNAL_DIFFERS' : code, newest, address);
  }

  async #ask(
    { note, size }: Checkpoint,
    address: string,
    oldSize: number,
  ): Promise<Result<CosignedCheckpoint, WitnessError | { code: 'JOURNAL_AHEAD' | 'COSIGNATURE_UNSOUND' }>> {
    if (oldSize > size) return err({ code: 'JOURNAL_AHEAD' });
    const { journal, centre } = this.#deps;
    if (this.#edge.size > oldSize) this.#edge = Frontier.empty();
    for (const leaf of journal.leavesBetween(this.#edge.size, oldSize)) this.#edge.append(leaf);
    const proof = growthProof(this.#edge, journal.leavesBetween(oldSize, size));
    const lines = await askWitness(address, { oldSize, proof, note }, this.#closing.signal);
    if (!lines.ok) return lines;
    const { keys, revoked } = centre();
    const trusted = keys.filter((key) => !revoked.some((r) => r.equals(key)));
    const cosigned = `${note}${lines.value}`;
    const by = trusted.map((key) => cosignedAt(cosigned, key)).find((found) => found !== undefined);
    if (!by) return err({ code: 'COSIGNATURE_UNSOUND' });
    return ok({ size, note: cosigned, witness: by.name, witnessedMs: by.seconds * 1000, address });
  }

  #keep(cosigned: CosignedCheckpoint): void {
    this.#failed = null;
    inTransaction(this.#deps.db, (w) => insertCosigned(w, cosigned));
  }

  #missed(problem: CheckpointProblem, { size }: Checkpoint, address: string): void {
    const { db, journal, clock } = this.#deps;
    const before = this.#failed?.address === address ? this.#failed : null;
    const times = (before?.times ?? 0) + 1;
    this.#failed = { address, problem, times, nextTryMs: clock.wallMs() + waitAfter(times, this.#chance()) };
    if (problem === ONLY_THE_LINE || problem === before?.problem) return;
    inTransaction(db, (w) => {
      journal.append(w, THE_STATION, deliveryEvents.checkpointRefused, { size, code: problem });
    });
  }
}

const hasLeft = (newest: Checkpoint, last: CosignedCheckpoint | null): boolean =>
  last !== null && last.size >= newest.size;
