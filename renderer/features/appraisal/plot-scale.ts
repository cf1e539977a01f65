/** Ends of the plot in whole marks, the same on both sides of nought: multiples of 5, at least 5, at most 50. */
export function plotEnd(intervals: readonly { low: number; high: number }[]): number {
  const widest = Math.max(0, ...intervals.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) / 10;
  return Math.min(50, Math.max(5, Math.ceil(widest / 5) * 5));
}

/** Where a value lies between the ends, from 0 to 1; beyond them it stays at the edge. @param tenths of a mark */
export const plotPlace = (tenths: number, end: number): number =>
  Math.min(1, Math.max(0, (tenths / 10 + end) / (2 * end)));
