import type { FaceBox, Track } from '../../port.ts';
import type { FaceMesh, MeshPoint } from '../mesh.ts';

const VALUES_PER_POINT = 3;
const MESH_POINTS = 468;

export function trackOf({ points }: FaceMesh, framesSinceDetection: number): Track {
  const values = new Float32Array(MESH_POINTS * VALUES_PER_POINT);
  for (const [i, point] of points.entries()) values.set(point, i * VALUES_PER_POINT);
  return { points: values, framesSinceDetection };
}

/** The mesh that a track was made of; null for a track of another engine, and then the face has to be found anew. */
export function meshOf({ points }: Track): FaceMesh | null {
  if (points.length !== MESH_POINTS * VALUES_PER_POINT || !points.every(Number.isFinite)) return null;
  const point = (i: number): MeshPoint => [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
  return { points: Array.from({ length: MESH_POINTS }, (_, i) => point(i)), presence: 1 };
}

/** The upright box around all points. */
export function boxAround(points: readonly (readonly [x: number, y: number, ...rest: number[]])[]): FaceBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Whether the middle of `inner` lies in `outer`: enough to tell one face from the next, since heads do not overlap so far. */
export function holdsMiddleOf(outer: FaceBox, inner: FaceBox): boolean {
  const x = inner.left + inner.width / 2 - outer.left;
  const y = inner.top + inner.height / 2 - outer.top;
  return x >= 0 && y >= 0 && x <= outer.width && y <= outer.height;
}
