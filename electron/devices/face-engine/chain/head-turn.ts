import type { MeshPoint } from './mesh.ts';

const DEGREES = 180 / Math.PI;

/** Head turn about the upright axis from the outer eye corners' depth; above 0 when the nose points to the picture's right. */
export function yawDegrees(points: readonly MeshPoint[]): number {
  const [rightX, rightY, rightZ] = points[33]!;
  const [leftX, leftY, leftZ] = points[263]!;
  return Math.atan2(leftZ - rightZ, Math.hypot(leftX - rightX, leftY - rightY)) * DEGREES;
}

/**
 * Head turn without depth: how far the nose tip is from the middle between the cheek edges, -1 to 1. A photograph held at
 * an angle moves `yawDegrees` a little and this hardly, so a turn counts only when both change.
 */
export function noseAsymmetry(points: readonly MeshPoint[]): number {
  const [noseX, noseY] = points[1]!;
  const toCheek = ([x, y]: MeshPoint) => Math.hypot(noseX - x, noseY - y);
  const right = toCheek(points[234]!);
  const left = toCheek(points[454]!);
  return (right - left) / (right + left);
}

/** How far the head is back, from the depth of forehead and chin; above 0 when the forehead is the farther one. */
export function pitchDegrees(points: readonly MeshPoint[]): number {
  const [foreheadX, foreheadY, foreheadZ] = points[10]!;
  const [chinX, chinY, chinZ] = points[152]!;
  return Math.atan2(foreheadZ - chinZ, Math.hypot(foreheadX - chinX, foreheadY - chinY)) * DEGREES;
}
