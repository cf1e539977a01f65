/** A desk left alone this long asks for its person again. */
export const idleLockMs = 5 * 60_000;

/** One moment by both clocks of the browser. */
export interface Moment {
  monotonicMs: number;
  wallMs: number;
}

/**
 * What to do about a desk that was last touched at `last`: lock it, or look again after so many ms. The clock that says
 * more counts: a computer's sleep stops the monotonic one, and someone who sets the wall clock back gains nothing.
 */
export function idleVerdict(last: Moment, now: Moment): { kind: 'lock' } | { kind: 'look-again'; inMs: number } {
  const idleMs = Math.max(now.monotonicMs - last.monotonicMs, now.wallMs - last.wallMs);
  return idleMs >= idleLockMs
    ? { kind: 'lock' }
    : { kind: 'look-again', inMs: Math.min(idleLockMs, idleLockMs - idleMs) };
}
