export interface Interval {
  readonly beginMs: number;
  readonly endMs: number;
}

/** The bar under each picture shows this much. */
export const barMs = 60_000;

/** Frames that come within this time of each other are one stretch: see the station's rule for a seam. */
const seamMs = 1_000;

/** Adds what the station confirmed and forgets what the bar no longer shows. */
export function withStored(stored: readonly Interval[], next: Interval): readonly Interval[] {
  const kept = stored.filter((i) => i.endMs > next.endMs - 2 * barMs);
  const last = kept.at(-1);
  if (last !== undefined && next.beginMs >= last.beginMs && next.beginMs - last.endMs < seamMs) {
    return [...kept.slice(0, -1), { beginMs: last.beginMs, endMs: Math.max(last.endMs, next.endMs) }];
  }
  return [...kept, { beginMs: next.beginMs, endMs: next.endMs }];
}

export interface BarPart {
  /** `pending`: so young that it cannot be stored yet. `before`: the recording had not begun. */
  readonly kind: 'stored' | 'missing' | 'pending' | 'before';
  /** Share of the bar's length from its left end, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/**
 * The last minute as stretches, oldest first, without holes or overlaps.
 *
 * @param stored  in any order
 * @param sinceMs  when recording began; null when it has not
 * @param graceMs  how old a frame may be before its absence is called missing: a fragment, and its way to the disk
 */
export function barParts(
  stored: readonly Interval[],
  nowMs: number,
  sinceMs: number | null,
  graceMs: number,
): BarPart[] {
  const left = nowMs - barMs;
  const share = (ms: number) => (ms - left) / barMs;
  const parts: BarPart[] = [];
  const add = (kind: BarPart['kind'], fromMs: number, toMs: number) => {
    if (toMs > fromMs) parts.push({ kind, from: share(fromMs), to: share(toMs) });
  };
  /** Time that is not stored: nothing before the start, the youngest part still on its way, the rest missing. */
  const addUnstored = (fromMs: number, toMs: number) => {
    const begin = Math.min(toMs, Math.max(fromMs, sinceMs ?? toMs));
    const young = Math.min(toMs, Math.max(begin, nowMs - graceMs));
    add('before', fromMs, begin);
    add('missing', begin, young);
    add('pending', young, toMs);
  };
  let at = left;
  for (const { beginMs, endMs } of stored.toSorted((a, b) => a.beginMs - b.beginMs)) {
    const begin = Math.max(at, Math.min(beginMs, nowMs));
    const end = Math.max(begin, Math.min(endMs, nowMs));
    // Less than a seam is not a hole: the station joins over it too.
    if (begin - at >= seamMs || at === left) addUnstored(at, begin);
    else add('stored', at, begin);
    add('stored', begin, end);
    at = end;
  }
  addUnstored(at, nowMs);
  return joined(parts);
}

function joined(parts: readonly BarPart[]): BarPart[] {
  const result: BarPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.kind === part.kind) result[result.length - 1] = { ...last, to: part.to };
    else result.push(part);
  }
  return result;
}
