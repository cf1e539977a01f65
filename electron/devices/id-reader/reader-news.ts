import type { Clock } from '../../lib/clock.ts';
import { Listeners } from './listeners.ts';
import type { CardRead, LostReason, ReaderState, ReaderTrouble } from './port.ts';

/** The state of one reader and those who hear of it. Mute once closed. */
export class ReaderNews {
  readonly states = new Listeners<ReaderState>();
  readonly cards = new Listeners<CardRead>();
  readonly troubles = new Listeners<ReaderTrouble>();
  readonly #clock: Clock;
  #state: ReaderState = { kind: 'starting' };
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): ReaderState {
    return this.#state;
  }

  /** Whether a card is known to lie there, read or refused. */
  get asksForLifting(): boolean {
    return ['take-away', 'replace', 'rejected'].includes(this.#state.kind);
  }

  close(): void {
    this.#closed = true;
  }

  /** Returns whether this is a change. */
  enter(state: ReaderState): boolean {
    if (this.#closed || JSON.stringify(state) === JSON.stringify(this.#state)) return false;
    this.#state = state;
    this.states.tell(state);
    return true;
  }

  /** Failing to reopen tells less than what broke the line, so the first reason and its time stay. */
  lose(reason: LostReason): void {
    const keep = this.#state.kind === 'lost' && (reason === 'not-found' || reason === this.#state.reason);
    if (!keep) this.enter({ kind: 'lost', reason, sinceMs: this.#clock.wallMs() });
  }

  deliver(card: CardRead): void {
    if (!this.#closed) this.cards.tell(card);
  }

  note(command: string, code: ReaderTrouble['code'], status: number | null): void {
    if (!this.#closed) this.troubles.tell({ command, code, status });
  }
}
