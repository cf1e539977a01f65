/** Long enough to read one short line and begin to move. */
export const holdMs = 1200;

/**
 * Holds one instruction before the next, so that what a person reads does not flicker while the camera changes its mind
 * five times a second. Pure: time comes in with every call.
 */
export class InstructionHold<T> {
  #shown: T;
  #sinceMs = Number.NEGATIVE_INFINITY;

  constructor(initial: T) {
    this.#shown = initial;
  }

  /** What to show now. `urgent` (the face is taken) does not wait. */
  next(wanted: T, nowMs: number, urgent = false): T {
    if (wanted !== this.#shown && (urgent || nowMs - this.#sinceMs >= holdMs)) {
      this.#shown = wanted;
      this.#sinceMs = nowMs;
    }
    return this.#shown;
  }
}
