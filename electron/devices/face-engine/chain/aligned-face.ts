import { ALIGNED_SIZE, type Alignment, placeFace } from './alignment.ts';
import type { FaceMesh } from './mesh.ts';
import type { Picture } from './picture.ts';
import { samplePicture } from './sample.ts';

/** The face brought upright to 112 x 112: three planes, red, green, blue, 0-255; black where the picture ends. */
export function alignFace(picture: Picture, mesh: FaceMesh, alignment: Alignment = 'five-points'): Float32Array {
  const sampling = { mean: 0, scale: 1, beyond: 'black' } as const;
  return samplePicture(picture, placeFace(mesh.points, alignment), ALIGNED_SIZE, ALIGNED_SIZE, sampling);
}
