import { type Db, inTransaction } from '../db/database.ts';
import { siteEvents } from '../features/site/events.ts';
import type { Actor } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';

/** At most one entry a reason and path in this time; repeats are counted into the next. A flood must not fill the disk. */
const QUIET_MS = 10_000;
/** Different paths a stranger can make up, twice the procedures there are; beyond them they count as one. */
const KINDS_KEPT = 500;

interface Kind {
  lastMs: number;
  unwritten: number;
}

/** Puts refused requests on record: who knocked where and was not let in. */
export class Refusals {
  readonly #db: Db;
  readonly #journal: Journal;
  readonly #monotonicMs: () => number;
  readonly #kinds = new Map<string, Kind>();

  constructor(db: Db, journal: Journal, monotonicMs: () => number) {
    this.#db = db;
    this.#journal = journal;
    this.#monotonicMs = monotonicMs;
  }
  record(actor: Actor, reason: string, rawPath: string): void {
    const path = rawPath.replace(/\?.*$/s, '').slice(0, 120);
    const key = this.#kinds.size < KINDS_KEPT ? `${reason} ${path}` : reason;
    const now = this.#monotonicMs();
    const kind = this.#kinds.get(key) ?? { lastMs: Number.NEGATIVE_INFINITY, unwritten: 0 };
    this.#kinds.set(key, kind);
    kind.unwritten += 1;
    if (now - kind.lastMs < QUIET_MS) return;
    const times = kind.unwritten;
    kind.lastMs = now;
    kind.unwritten = 0;
    inTransaction(this.#db, (w) => this.#journal.append(w, actor, siteEvents.callRefused, { reason, path, times }));
  }
}
