import type { MeshPoint } from '../mesh.ts';

/** Corner, two points above, corner, two points below, in the mesh's numbering; the person's own eyes. */
const RIGHT_EYE = [33, 160, 158, 133, 153, 144] as const;
const LEFT_EYE = [263, 387, 385, 362, 380, 373] as const;

/** Eye aspect ratios: mean height between the lids against the width between the corners. */
export function eyeOpenness(points: readonly MeshPoint[]): { eyeOpenLeft: number; eyeOpenRight: number } {
  return { eyeOpenLeft: aspectRatio(points, LEFT_EYE), eyeOpenRight: aspectRatio(points, RIGHT_EYE) };
}

function aspectRatio(points: readonly MeshPoint[], eye: typeof RIGHT_EYE | typeof LEFT_EYE): number {
  const [outer, upperOuter, upperInner, inner, lowerInner, lowerOuter] = eye.map((i) => points[i]!);
  return (
    (distance(upperOuter!, lowerOuter!) + distance(upperInner!, lowerInner!)) / (2 * distance(outer!, inner!) || 1)
  );
}

const distance = (p: MeshPoint, q: MeshPoint): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
