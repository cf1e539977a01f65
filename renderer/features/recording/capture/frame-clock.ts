/** Frames whose delay is looked at to find the shortest: some seven seconds at 15 frames a second. */
const remembered = 100;

/** A difference this large between two readings of the station's clock means that somebody set it. */
export const steppedMs = 1_000;

/**
 * Gives frames the station's wall clock. A device stamps frames with a clock of its own; the shortest way a frame ever
 * took from stamp to worker ties that clock to this computer's, and the station's offset ties this to the station's.
 * Times given never run backwards.
 */
export class FrameClock {
  #delaysMs: number[] = [];
  #offsetMs: number;
  #heardMs: number;
  #shortestMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param stationOffsetMs  station wall clock minus local monotonic time since the epoch */
  constructor(stationOffsetMs: number) {
    this.#offsetMs = stationOffsetMs;
    this.#heardMs = stationOffsetMs;
  }

  /** Station wall clock minus local monotonic time since the epoch, as used for the present segment. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** @returns false when the station's clock was set, so that a new recording must begin */
  heard(stationOffsetMs: number): boolean {
    this.#heardMs = stationOffsetMs;
    return Math.abs(stationOffsetMs - this.#offsetMs) < steppedMs;
  }

  /**
   * The wall time of the next frame.
   *
   * @param atMs  local monotonic time since the epoch at which the worker got it
   * @param beginsSegment  asked with the time by the clock as it stands; only between two segments, or for a device's
   *   first frame, may what was learned since move the clock by some ms
   */
  frame(timestampUs: number, atMs: number, beginsSegment: (wallMs: number) => boolean) {
    const isFirst = this.#delaysMs.length === 0;
    this.#delaysMs.push(atMs - timestampUs / 1000);
    if (this.#delaysMs.length > remembered) this.#delaysMs.shift();
    if (isFirst) this.#adjust();
    const begins = beginsSegment(timestampUs / 1000 + this.#shortestMs + this.#offsetMs);
    if (begins) this.#adjust();
    const wallMs = Math.max(this.#lastMs + 1, timestampUs / 1000 + this.#shortestMs + this.#offsetMs);
    this.#lastMs = wallMs;
    return { wallMs, begins };
  }

  #adjust(): void {
    this.#shortestMs = Math.min(...this.#delaysMs);
    this.#offsetMs = this.#heardMs;
  }

  /** A new device has a clock of its own; time goes on. */
  forgetDevice(): void {
    this.#delaysMs = [];
  }
}
