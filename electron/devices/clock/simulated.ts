import type { Clock } from '../../lib/clock.ts';

/** A clock that runs with the real one, ahead by as much as the rehearsal has moved it. */
export interface SimulatedClock extends Clock {
  /** Moves wall time forward to `wallMs`; monotonic time moves along, as if the hours had passed. Returns the jump. */
  moveTo(wallMs: number): number;
  /** How far it is ahead of the real one: a rehearsal that is started again goes on from there. */
  aheadMs(): number;
}

/** @param startAheadMs  what `aheadMs` said before the station was started again */
export function simulatedClock(real: Clock, startAheadMs = 0): SimulatedClock {
  let aheadMs = startAheadMs;
  return {
    wallMs: () => real.wallMs() + aheadMs,
    monotonicMs: () => real.monotonicMs() + aheadMs,
    moveTo(wallMs) {
      const jump = Math.max(0, wallMs - (real.wallMs() + aheadMs));
      aheadMs += jump;
      return jump;
    },
    aheadMs: () => aheadMs,
  };
}
