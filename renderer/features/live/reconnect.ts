import type { SignalFailure } from '../../../electron/features/supervision/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';

/** Why pictures do not go out now, in the words' keys. */
export type LossReason =
  | SignalFailure
  /** The connection broke and did not come back by itself. */
  | 'broken'
  /** The other side says it has lost our way in. */
  | 'lost-there'
  /** This browser has no codec in common with the router. */
  | 'no-codec';

/**
 * One connection that carries pictures. `failures` counts rebuilds in a row; a connection that held for half a minute clears
 * it. All times are monotonic, in ms.
 */
export type LineState = { failures: number } & (
  | { kind: 'off' }
  | { kind: 'opening' }
  | { kind: 'live'; sinceMs: number }
  /** The connection is in doubt. It often comes back by itself; only then is ICE restarted. */
  | { kind: 'unsettled'; untilMs: number }
  | { kind: 'restarting'; untilMs: number }
  /** Everything was taken down; what follows is a new connection. */
  | { kind: 'waiting'; reason: LossReason; untilMs: number }
);

export type LineEvent =
  | { kind: 'wanted' }
  | { kind: 'unwanted' }
  | { kind: 'opened' }
  | { kind: 'open-failed'; reason: LossReason }
  /** What the browser says of the connection. */
  | { kind: 'connection'; state: 'connected' | 'disconnected' | 'failed' }
  | { kind: 'restart-failed'; reason: LossReason }
  /** The other side has lost it. */
  | { kind: 'lost-there' }
  | { kind: 'tick' };

/** What is to be done, in order. */
export type LineEffect = 'open' | 'restart-ice' | 'close';

export interface Now {
  nowMs: number;
  /** In [0, 1). */
  random: number;
  /** Whether signalling gets through to the other side. */
  signalling: boolean;
}

/** A broken connection is given this long to come back by itself before ICE is restarted. */
export const settleMs = 2_500;
/** A restart of ICE that brings nothing within this long will not. */
export const restartMs = 8_000;
const stableMs = 30_000;
const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

/** Doubling up to half a minute, of which a random half is left out: the rooms of a site do not come back all at once. */
export const rebuildDelayMs = (failures: number, random: number): number =>
  Math.round(Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 10)) * (1 - random / 2));

type Step = { state: LineState; effects: LineEffect[] };

/** What an event makes of a connection. Pure: the caller does the effects and keeps the state. */
export function step(state: LineState, event: LineEvent, now: Now): Step {
  const stay: Step = { state, effects: [] };
  if (event.kind === 'unwanted') {
    return state.kind === 'off' ? stay : { state: { kind: 'off', failures: 0 }, effects: ['close'] };
  }
  switch (state.kind) {
    case 'off':
      if (event.kind !== 'wanted') return stay;
      return now.signalling
        ? { state: { kind: 'opening', failures: 0 }, effects: ['open'] }
        : { state: { kind: 'waiting', reason: 'no-line', untilMs: now.nowMs, failures: 0 }, effects: [] };
    case 'opening':
      if (event.kind === 'opened') return { state: live(state, now), effects: [] };
      if (event.kind === 'open-failed') return rebuild(state, event.reason, now);
      if (event.kind === 'connection' && event.state === 'failed') return rebuild(state, 'broken', now);
      return event.kind === 'lost-there' ? rebuild(state, 'lost-there', now) : stay;
    case 'live':
    case 'unsettled':
    case 'restarting':
      return connected(state, event, now);
    case 'waiting':
      // A time that is up while nothing can be signalled stays up: the moment the line is back it is tried.
      if (event.kind !== 'tick' || now.nowMs < state.untilMs || !now.signalling) return stay;
      return { state: { kind: 'opening', failures: state.failures }, effects: ['open'] };
    default:
      return unreachable(state);
  }
}

function connected(
  state: Extract<LineState, { kind: 'live' | 'unsettled' | 'restarting' }>,
  event: LineEvent,
  now: Now,
): Step {
  const stay: Step = { state, effects: [] };
  switch (event.kind) {
    case 'lost-there':
      return rebuild(state, 'lost-there', now);
    case 'restart-failed':
      return state.kind === 'restarting' ? rebuild(state, event.reason, now) : stay;
    case 'connection':
      if (event.state === 'failed') return rebuild(state, 'broken', now);
      if (event.state === 'connected') return state.kind === 'live' ? stay : { state: live(state, now), effects: [] };
      if (state.kind !== 'live') return stay;
      return { state: { kind: 'unsettled', untilMs: now.nowMs + settleMs, failures: left(state, now) }, effects: [] };
    case 'tick':
      if (state.kind === 'live' || now.nowMs < state.untilMs) return stay;
      if (state.kind === 'restarting') return rebuild(state, 'broken', now);
      // Without signalling there is nobody to restart with; the browser goes on trying the old way.
      if (!now.signalling) return stay;
      return {
        state: { kind: 'restarting', untilMs: now.nowMs + restartMs, failures: state.failures },
        effects: ['restart-ice'],
      };
    default:
      return stay;
  }
}

const live = (state: LineState, { nowMs }: Now): LineState => ({
  kind: 'live',
  sinceMs: nowMs,
  failures: state.failures,
});

/** Failures in a row that still count after a connection that held. */
const left = (state: LineState, { nowMs }: Now): number =>
  state.kind === 'live' && nowMs - state.sinceMs >= stableMs ? 0 : state.failures;

function rebuild(state: LineState, reason: LossReason, now: Now): Step {
  const failures = left(state, now) + 1;
  const untilMs = now.nowMs + rebuildDelayMs(failures, now.random);
  return { state: { kind: 'waiting', reason, untilMs, failures }, effects: ['close'] };
}
