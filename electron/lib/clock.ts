/**
 * The two readings every record carries. The third clock of the station is the journal's sequence number.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may jump when someone sets the computer's time. */
  wallMs(): number;
  /** Milliseconds since an arbitrary start, never running backwards within one boot of the station. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => Math.round(performance.now()),
};

/** A clock that stands still until moved: for tests. */
export class ManualClock implements Clock {
  #wall: number;
  #monotonic = 0;

  constructor(wallMs: number) {
    this.#wall = wallMs;
  }
  wallMs(): number {
    return this.#wall;
  }
  monotonicMs(): number {
    return this.#monotonic;
  }
  /** Time passes. */
  advance(byMs: number): void {
    this.#wall += byMs;
    this.#monotonic += byMs;
  }
  /** Someone sets the computer's clock: wall time jumps, monotonic time does not. */
  setWall(toMs: number): void {
    this.#wall = toMs;
  }
}
