/** Readings looked back on: half a minute of them. */
const remembered = 30;

/** A clock that moved this much against its own monotonic time was set; less is how two readings fall. */
const leastSetMs = 150;

/**
 * Learns another computer's wall clock from times it sent. A message may come late, by seconds where a machine is busy,
 * and never early: of the last readings the one that came quickest counts. That the clock was set shows in the sender's
 * own monotonic time and is followed at once, however late the message.
 */
export class HeardClock {
  #offsetsMs: number[] = [];
  #wallLessMonoMs: number | null = null;

  /**
   * @param monoMs   the sender's monotonic time at `wallMs`; null at a first message, after which it may count from elsewhere
   * @param localMs  monotonic time here, when the message was read
   * @returns the sender's wall clock minus local monotonic time
   */
  heard(wallMs: number, monoMs: number | null, localMs: number): number {
    const wallLessMonoMs = monoMs === null ? null : wallMs - monoMs;
    if (wallLessMonoMs !== null && this.#wallLessMonoMs !== null) {
      const setMs = wallLessMonoMs - this.#wallLessMonoMs;
      if (Math.abs(setMs) >= leastSetMs) this.#offsetsMs = this.#offsetsMs.map((offsetMs) => offsetMs + setMs);
    }
    this.#wallLessMonoMs = wallLessMonoMs;
    this.#offsetsMs.push(wallMs - localMs);
    if (this.#offsetsMs.length > remembered) this.#offsetsMs.shift();
    return Math.max(...this.#offsetsMs);
  }
}
