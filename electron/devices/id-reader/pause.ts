import type { Timers } from './timers.ts';

/** Waits that can be cut short for good: whoever closes a reader does not wait for its next look. */
export class Pause {
  readonly #timers: Timers;
  #over = false;
  #endWait: (() => void) | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** At once after `end`. One wait at a time. */
  wait(ms: number): Promise<void> {
    if (this.#over) return Promise.resolve();
    return new Promise((resolve) => {
      const ended = () => {
        callOff();
        this.#endWait = null;
        resolve();
      };
      const callOff = this.#timers.after(ms, ended);
      this.#endWait = ended;
    });
  }

  /** Ends the wait under way, and every later one. */
  end(): void {
    this.#over = true;
    this.#endWait?.();
  }
}
