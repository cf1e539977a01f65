import type { Clock } from '../../lib/clock.ts';

/** A clock that runs with the real one, ahead by as much as the rehearsal has moved it. */
export interface SimulatedClock extends Clock {
  /** Moves wall time forward to `wallMs`; monotonic time moves along, as if the hours had passed. Returns the jump. */
  moveTo(wallMs: number): number;
}

export function simulatedClock(real: Clock): SimulatedClock {
  let aheadMs = 0;
  return {
    wallMs: () => real.wallMs() + aheadMs,
    monotonicMs: () => real.monotonicMs() + aheadMs,
    moveTo(wallMs) {
      const jump = Math.max(0, wallMs - (real.wallMs() + aheadMs));
      aheadMs += jump;
      return jump;
    },
  };
}
