import type { Point } from './picture.ts';

/**
 * Where the pixels of a model's input lie in the picture: a rotation, scaling and shift of the plane,
 * `x = a*u - b*v + x0`, `y = b*u + a*v + y0`. It never mirrors or shears.
 */
export type Placement = { a: number; b: number; x0: number; y0: number };

/** The point of the picture under point (u, v) of the model's input. */
export const place = ({ a, b, x0, y0 }: Placement, u: number, v: number): Point => [
  a * u - b * v + x0,
  b * u + a * v + y0,
];

/** Picture pixels per input pixel. */
export const scaleOf = ({ a, b }: Placement): number => Math.hypot(a, b);

/** A square of the picture, in pixels and radians clockwise. */
export type Square = { centre: Point; side: number; angle: number };

/** Lays an input of `size` x `size` pixels over a square of the picture. */
export function placeSquare({ centre, side, angle }: Square, size: number): Placement {
  const a = (Math.cos(angle) * side) / size;
  const b = (Math.sin(angle) * side) / size;
  const half = (size - 1) / 2;
  return { a, b, x0: centre[0] - a * half + b * half, y0: centre[1] - b * half - a * half };
}

/**
 * The placement that brings template points closest to their counterparts in the picture, by least squares (the closed
 * form for a similarity in the plane). Both lists have the same order and length.
 */
export function placeTemplate(template: readonly Point[], points: readonly Point[]): Placement {
  const [templateX, templateY] = meanOf(template);
  const [pictureX, pictureY] = meanOf(points);
  let spread = 0;
  let along = 0;
  let across = 0;
  for (const [i, [u, v]] of template.entries()) {
    const [x, y] = points[i]!;
    const du = u - templateX;
    const dv = v - templateY;
    const dx = x - pictureX;
    const dy = y - pictureY;
    spread += du * du + dv * dv;
    along += du * dx + dv * dy;
    across += du * dy - dv * dx;
  }
  const a = along / spread;
  const b = across / spread;
  return { a, b, x0: pictureX - a * templateX + b * templateY, y0: pictureY - b * templateX - a * templateY };
}

export function meanOf(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / points.length, y / points.length];
}
