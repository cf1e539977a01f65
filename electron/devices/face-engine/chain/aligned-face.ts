import { ALIGNED_SIZE, FIVE_POINT_TEMPLATE, fivePointsOf } from './alignment.ts';
import type { FaceMesh } from './mesh.ts';
import type { Picture } from './picture.ts';
import { placeTemplate } from './placement.ts';
import { samplePicture } from './sample.ts';

/** The face brought upright to 112 x 112: three planes, red, green, blue, 0-255; black where the picture ends. */
export function alignFace(picture: Picture, mesh: FaceMesh): Float32Array {
  const placement = placeTemplate(FIVE_POINT_TEMPLATE, fivePointsOf(mesh.points));
  const sampling = { mean: 0, scale: 1, beyond: 'black' } as const;
  return samplePicture(picture, placement, ALIGNED_SIZE, ALIGNED_SIZE, sampling);
}
