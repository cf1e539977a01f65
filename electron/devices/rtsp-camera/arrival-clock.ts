import type { Clock } from '../../lib/clock.ts';

/** Fragments whose way to the station is looked at to find the shortest: the last half minute. */
const remembered = 30;
/** What is learnt moves the times by no more than this from one fragment to the next. */
const mostStepMs = 100;
/** A difference this large between two clocks means that one of them was set. */
const steppedMs = 2_000;

/**
 * Gives fragments the station's wall clock. ffmpeg stamps frames when they arrive; the shortest way a fragment took from
 * its last frame to the station ties these stamps to the monotonic clock, and that to the wall clock.
 */
export class ArrivalClock {
  readonly #clock: Clock;
  readonly #ways: number[] = [];
  #wallMinusMono: number;
  #shiftMs: number | null = null;
  #last: { mediaMs: number; monoMs: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallMinusMono = clock.wallMs() - clock.monotonicMs();
  }

  /**
   * Called when a fragment arrives.
   *
   * @param endMs  of its last frame, by ffmpeg's stamps
   * @returns null when a clock was set meanwhile, so that a new run must begin
   */
  arrived(
    beginMs: number,
    endMs: number,
  ): { beginMs: number; endMs: number; firstMonoMs: number; lastMonoMs: number } | null {
    const monoMs = this.#clock.monotonicMs();
    const wallMinusMono = this.#clock.wallMs() - monoMs;
    const last = this.#last;
    this.#last = { mediaMs: endMs, monoMs };
    if (Math.abs(wallMinusMono - this.#wallMinusMono) > steppedMs) return null;
    if (last !== null && Math.abs(endMs - last.mediaMs - (monoMs - last.monoMs)) > steppedMs) return null;
    // A clock that is slewed is followed; one that is set is not.
    this.#wallMinusMono = wallMinusMono;
    this.#ways.push(monoMs - endMs);
    if (this.#ways.length > remembered) this.#ways.shift();
    const shortest = Math.min(...this.#ways);
    // In small steps: two fragments of one run must not overlap because a shorter way was learnt between them.
    const before = this.#shiftMs ?? shortest;
    const shiftMs = Math.min(before + mostStepMs, Math.max(before - mostStepMs, shortest));
    this.#shiftMs = shiftMs;
    const [firstMonoMs, lastMonoMs] = [beginMs + shiftMs, endMs + shiftMs];
    return { firstMonoMs, lastMonoMs, beginMs: firstMonoMs + wallMinusMono, endMs: lastMonoMs + wallMinusMono };
  }
}
