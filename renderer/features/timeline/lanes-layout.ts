export interface Range {
  readonly beginMs: number;
  readonly endMs: number;
}

/** Share of the range at which a moment stands, in percent. */
export const at = (range: Range, ms: number): number => ((ms - range.beginMs) / (range.endMs - range.beginMs)) * 100;

/** Left and width in percent of a stretch inside the range; null where it lies outside. */
export function barOf(range: Range, stretch: Range): { left: number; width: number } | null {
  const beginMs = Math.max(range.beginMs, stretch.beginMs);
  const endMs = Math.min(range.endMs, stretch.endMs);
  return endMs <= beginMs ? null : { left: at(range, beginMs), width: at(range, endMs) - at(range, beginMs) };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((s) => s * 1000);

/** Moments to write along the axis: round times of day, at most `most` of them. @param offsetMs  the zone's, from UTC */
export function ticks(range: Range, most: number, offsetMs: number): number[] {
  const stepMs = steps.find((s) => (range.endMs - range.beginMs) / s <= most) ?? 4 * 3_600_000;
  const found: number[] = [];
  const first = Math.ceil((range.beginMs + offsetMs) / stepMs) * stepMs - offsetMs;
  for (let ms = first; ms <= range.endMs; ms += stepMs) found.push(ms);
  return found;
}

/** Zooms by a factor around a moment, inside the whole; never nearer than ten seconds. */
export function zoomed(whole: Range, range: Range, aroundMs: number, factor: number): Range {
  const length = Math.min(whole.endMs - whole.beginMs, Math.max(10_000, (range.endMs - range.beginMs) * factor));
  const share = (aroundMs - range.beginMs) / (range.endMs - range.beginMs);
  return within(whole, aroundMs - share * length, length);
}

/** Moves the range so that it holds the moment; null where it does already. */
export function following(whole: Range, range: Range, ms: number): Range | null {
  if (ms >= range.beginMs && ms <= range.endMs) return null;
  const length = range.endMs - range.beginMs;
  return within(whole, ms - length / 10, length);
}

function within(whole: Range, beginMs: number, length: number): Range {
  const begin = Math.max(whole.beginMs, Math.min(whole.endMs - length, beginMs));
  return { beginMs: begin, endMs: begin + length };
}

export interface Flag<T> {
  readonly left: number;
  /** All that stand here; the first one gives the words. */
  readonly items: readonly T[];
}

/**
 * Puts what would lie on top of each other under one flag.
 *
 * @param items  oldest first
 * @param widthOf  of a flag's words, in percent of the range
 */
export function flags<T extends { atMs: number }>(
  range: Range,
  items: readonly T[],
  widthOf: (item: T) => number,
): Flag<T>[] {
  const found: { left: number; items: T[] }[] = [];
  for (const item of items) {
    if (item.atMs < range.beginMs || item.atMs > range.endMs) continue;
    const left = at(range, item.atMs);
    const last = found.at(-1);
    if (last !== undefined && left < last.left + widthOf(last.items[0]!)) last.items.push(item);
    else found.push({ left, items: [item] });
  }
  return found;
}
