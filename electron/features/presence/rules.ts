import type { Away } from '../checkin/attempt-schema.ts';
import type { LeaveKind, Whereabouts } from './contract.ts';

const MINUTE_MS = 60_000;

/**
 * What can happen to somebody admitted. `in`: back from a break through the door. `undone`: the sign-out before was a
 * mistake. The last two: the session ended.
 */
export type MovementKind = LeaveKind | 'in' | 'undone' | 'ended-inside' | 'ended-on-break';

export interface LastMovement {
  kind: MovementKind;
  atMs: number;
  signed: boolean;
}

/**
 * Where somebody admitted is, by the last movement since the admission that stands.
 *
 * @param breakMinutes  how long a break may last. Rule pack: admission.break-minutes
 */
export function whereaboutsOf(
  admittedAtMs: number,
  last: LastMovement | null,
  nowMs: number,
  breakMinutes: number,
): Whereabouts {
  switch (last?.kind) {
    case undefined:
      return { kind: 'inside', sinceMs: admittedAtMs };
    case 'in':
    case 'undone':
      return { kind: 'inside', sinceMs: last!.atMs };
    case 'break': {
      const dueAtMs = last!.atMs + breakMinutes * MINUTE_MS;
      return { kind: 'break', sinceMs: last!.atMs, dueAtMs, overdue: nowMs > dueAtMs };
    }
    case 'finished':
      return { kind: 'finished', sinceMs: last!.atMs, signed: last!.signed };
    case 'ended-inside':
      return { kind: 'session-end', sinceMs: last!.atMs, from: 'inside' };
    case 'ended-on-break':
      return { kind: 'session-end', sinceMs: last!.atMs, from: 'break' };
  }
}

/** As the door asks: out for a break, out for good, or neither. */
export const awayFrom = (where: Whereabouts): Away | null =>
  where.kind === 'break' || where.kind === 'finished' ? { kind: where.kind, sinceMs: where.sinceMs } : null;

/** From when on one may leave without a word. Rule pack: admission.leave-after-minutes. */
export const leaveFromMs = (startsAtMs: number, rules: { 'admission.leave-after-minutes': number }): number =>
  startsAtMs + rules['admission.leave-after-minutes'] * MINUTE_MS;
