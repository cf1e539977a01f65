/** The frames looked back on. */
const windowMs = 2_000;

/** More than this share of them let go: the computer is too slow. A single late moment lets go of one or two. */
const tooMany = 0.2;

/** Fewer frames than this say nothing yet. */
const leastFrames = 10;

/** Whether the encoder keeps up with the camera. */
export class SpeedWatch {
  #frames: { atMs: number; isEncoded: boolean }[] = [];
  #sinceMs: number | null = null;

  /** Takes note of a frame. @returns the fault while too many of the last two seconds' frames were let go */
  frame(isEncoded: boolean, atMs: number): { fault: 'slow-encoder'; sinceMs: number } | null {
    this.#frames = this.#frames.filter((f) => atMs - f.atMs < windowMs);
    this.#frames.push({ atMs, isEncoded });
    const lost = this.#frames.filter((f) => !f.isEncoded);
    const isSlow = this.#frames.length >= leastFrames && lost.length > this.#frames.length * tooMany;
    this.#sinceMs = isSlow ? (this.#sinceMs ?? lost[0]!.atMs) : null;
    return this.#sinceMs === null ? null : { fault: 'slow-encoder', sinceMs: this.#sinceMs };
  }
}
