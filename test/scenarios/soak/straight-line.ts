export interface Point {
  x: number;
  y: number;
}

/** Slope of the straight line that fits best (least squares); 0 for fewer than two different x. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (of: (p: Point) => number) => points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const across = points.reduce((sum, p) => sum + (p.x - x) ** 2, 0);
  return across === 0 ? 0 : points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0) / across;
}
