import type { MovementKind } from '../presence/rules.ts';
import type { Interval } from '../recording/rules.ts';

/**
 * When somebody admitted was in the room: from the admission to the exit, without breaks. A sign-out that was taken back
 * never was.
 *
 * @param movements  since the admission that stands, oldest first
 * @param untilMs    the end for whoever is still inside: now, or the end of the session
 * @returns oldest first, apart from each other; empty ones (a clock set back) left out
 */
export function presenceOf(
  admittedAtMs: number,
  movements: readonly { kind: MovementKind; atMs: number }[],
  untilMs: number,
): Interval[] {
  const stays: Interval[] = [];
  let sinceMs: number | null = admittedAtMs;
  for (const { kind, atMs } of movements) {
    switch (kind) {
      case 'break':
      case 'finished':
      case 'ended-inside':
        if (sinceMs !== null) stays.push({ beginMs: sinceMs, endMs: atMs });
        sinceMs = null;
        break;
      case 'undone':
        sinceMs = stays.pop()?.beginMs ?? sinceMs ?? atMs;
        break;
      case 'in':
        sinceMs ??= atMs;
        break;
      case 'ended-on-break':
        break;
      default:
        kind satisfies never;
    }
  }
  if (sinceMs !== null) stays.push({ beginMs: sinceMs, endMs: untilMs });
  return apart(stays);
}

/** Wall times may have been set back between two movements; no moment counts twice. */
function apart(stays: readonly Interval[]): Interval[] {
  const kept: Interval[] = [];
  for (const stay of stays.toSorted((a, b) => a.beginMs - b.beginMs)) {
    const beginMs = Math.max(stay.beginMs, kept.at(-1)?.endMs ?? stay.beginMs);
    if (stay.endMs > beginMs) kept.push({ beginMs, endMs: stay.endMs });
  }
  return kept;
}
