export interface Stretch {
  beginMs: number;
  endMs: number;
}

/**
 * The stretches of `period` that no stored video covers and no gap on record explains, in order. A recording that was
 * begun late or ended early leaves no gap behind it, and is missing all the same.
 *
 * @param gaps  an open one (`endMs` null) reaches to the end
 */
export function uncoveredStretches(
  period: Stretch,
  stored: readonly Stretch[],
  gaps: readonly { beginMs: number; endMs: number | null }[],
): Stretch[] {
  const known = [...stored, ...gaps.map((g) => ({ beginMs: g.beginMs, endMs: g.endMs ?? period.endMs }))];
  const uncovered: Stretch[] = [];
  let atMs = period.beginMs;
  for (const { beginMs, endMs } of known.sort((a, b) => a.beginMs - b.beginMs)) {
    if (beginMs > atMs) uncovered.push({ beginMs: atMs, endMs: Math.min(beginMs, period.endMs) });
    atMs = Math.max(atMs, endMs);
    if (atMs >= period.endMs) return uncovered;
  }
  if (atMs < period.endMs) uncovered.push({ beginMs: atMs, endMs: period.endMs });
  return uncovered;
}
