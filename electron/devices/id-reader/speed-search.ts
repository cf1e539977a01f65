import type { BaudRate } from './sam-commands.ts';

/**
 * The speed a serial line is opened at next. Modules come set to 115200, but keep whatever another program set: while
 * nothing was ever heard, every silent opening moves on to the next speed. Once heard, a reader that falls silent is
 * looked for at the same speed only.
 */
export class SpeedSearch {
  readonly #rates: readonly BaudRate[];
  #at = 0;
  #heard = false;
  #raised = false;

  /** @param rates  fastest first; empty for a line that has no speed */
  constructor(rates: readonly BaudRate[]) {
    this.#rates = rates;
  }

  now(): BaudRate | undefined {
    return this.#rates[this.#at];
  }

  /** Whether the speed of now is only a guess. */
  isTrial(): boolean {
    return this.#at > 0 && !this.#heard;
  }

  silent(): void {
    if (!this.#heard && this.#rates.length > 0) this.#at = (this.#at + 1) % this.#rates.length;
  }

  heard(): void {
    this.#heard = true;
  }

  /** The speed a module found at a slower one is asked to take; null where it is fast enough, or was asked before. */
  faster(): BaudRate | null {
    return this.#at > 0 && !this.#raised ? this.#rates[0]! : null;
  }

  /** The module was asked for the fastest speed; when it is not heard there, the search goes on. */
  raise(agreed: boolean): void {
    this.#raised = true;
    if (!agreed) return;
    this.#at = 0;
    this.#heard = false;
  }
}
