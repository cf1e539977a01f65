/** Speeds a person can choose, in the order of the key. */
export const speeds = [1, 2, 4, 8, 0.5] as const;

export interface ClockState {
  /** Station wall time that every camera shows. */
  readonly wallMs: number;
  readonly playing: boolean;
  readonly speed: number;
}

/**
 * The one clock of all pictures: wall time, never a film's own time. It runs by the window's monotonic clock, and waits
 * while a picture that should be there has not arrived.
 */
export class PlayClock {
  #state: ClockState;
  readonly #span: { beginMs: number; endMs: number };
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #lastMs: number;

  constructor(span: { beginMs: number; endMs: number }, now: () => number = () => performance.now()) {
    this.#span = span;
    this.#now = now;
    this.#lastMs = now();
    this.#state = { wallMs: span.beginMs, playing: false, speed: 1 };
  }
  get state(): ClockState {
    return this.#state;
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  seek(wallMs: number): void {
    this.#set({ wallMs: Math.min(this.#span.endMs, Math.max(this.#span.beginMs, wallMs)) });
  }
  play(playing: boolean): void {
    this.#lastMs = this.#now();
    this.#set({ playing });
  }
  nextSpeed(): void {
    const at = speeds.indexOf(this.#state.speed as (typeof speeds)[number]);
    this.#set({ speed: speeds[(at + 1) % speeds.length]! });
  }
  /** Time passes; with `wait` it does not. */
  tick(wait: boolean): void {
    const nowMs = this.#now();
    const passed = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    const { playing, wallMs, speed } = this.#state;
    if (!playing || wait) return;
    const next = wallMs + passed * speed;
    this.#set(next >= this.#span.endMs ? { wallMs: this.#span.endMs, playing: false } : { wallMs: next });
  }
  #set(change: Partial<ClockState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
