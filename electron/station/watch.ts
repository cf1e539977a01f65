import type { Clock } from '../lib/clock.ts';

/** Wall and monotonic time may drift apart by this much between two looks before it counts as a jump. */
const JUMP_MS = 2_000;

export interface ClockJump {
  fromMs: number;
  toMs: number;
  jumpMs: number;
}

/** Compares the wall clock with the monotonic one at each look; returns the jump since the last look, if there was one. */
export function clockWatch(clock: Clock): () => ClockJump | null {
  let wall = clock.wallMs();
  let monotonic = clock.monotonicMs();
  return () => {
    const expected = wall + (clock.monotonicMs() - monotonic);
    wall = clock.wallMs();
    monotonic = clock.monotonicMs();
    const jumpMs = Math.round(wall - expected);
    return Math.abs(jumpMs) > JUMP_MS ? { fromMs: Math.round(expected), toMs: wall, jumpMs } : null;
  };
}
