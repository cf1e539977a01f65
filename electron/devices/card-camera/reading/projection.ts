import type { Point } from '../../face-engine/chain/picture.ts';

/**
 * A plane seen by a camera, row by row: `x = (a u + b v + c) / (g u + h v + i)`, `y = (d u + e v + f) / (g u + h v + i)`.
 */
export type Projection = readonly [number, number, number, number, number, number, number, number, number];

/** Top left, top right, bottom right, bottom left, as the card itself has them. */
export type Quad = readonly [Point, Point, Point, Point];

export function project([a, b, c, d, e, f, g, h, i]: Projection, u: number, v: number): Point {
  const w = g * u + h * v + i;
  return [(a * u + b * v + c) / w, (d * u + e * v + f) / w];
}

/**
 * The projection that lays a rectangle from (0, 0) to (width, height) over a quad, in closed form (Heckbert's: the unit
 * square to a quad, then the rectangle to the unit square).
 */
export function projectRectangle(width: number, height: number, [p, q, r, s]: Quad): Projection {
  const dx1 = q[0] - r[0];
  const dx2 = s[0] - r[0];
  const dy1 = q[1] - r[1];
  const dy2 = s[1] - r[1];
  const sx = p[0] - q[0] + r[0] - s[0];
  const sy = p[1] - q[1] + r[1] - s[1];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  return [
    (q[0] - p[0] + g * q[0]) / width,
    (s[0] - p[0] + h * s[0]) / height,
    p[0],
    (q[1] - p[1] + g * q[1]) / width,
    (s[1] - p[1] + h * s[1]) / height,
    p[1],
    g / width,
    h / height,
    1,
  ];
}

/** The way back, from the picture to the plane. */
export function inverse([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** First `inner`, then `outer`. */
export function chain(outer: Projection, inner: Projection): Projection {
  const cell = (row: number, column: number) =>
    outer[3 * row]! * inner[column]! +
    outer[3 * row + 1]! * inner[3 + column]! +
    outer[3 * row + 2]! * inner[6 + column]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

/** Turned, enlarged and shifted: `u` runs along `along`, `v` a quarter turn clockwise from it, both `scale` long. */
export function similarity(origin: Point, along: Point, scale: number): Projection {
  const [ux, uy] = along;
  return [scale * ux, -scale * uy, origin[0], scale * uy, scale * ux, origin[1], 0, 0, 1];
}
