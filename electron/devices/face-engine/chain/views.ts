import { alignFace } from './aligned-face.ts';
import type { Alignment } from './alignment.ts';
import type { FaceView } from './embedder.ts';
import type { FaceMesh } from './mesh.ts';
import type { Picture } from './picture.ts';

/**
 * How a face is shown to its embedder, as the manifest says.
 *
 * - `five-points-112`: laid by five points, as embedders of this kind are trained; `mirrored` adds the mirror image.
 * - `two-alignments-112`: laid wider, and laid by eyes and mouth. A live frame shows one as it is and the other mirrored,
 *   which costs no more than the first way; a photograph, which nobody waits for in every frame, shows both both ways, and
 *   again with the blocks of a coarse JPEG smoothed away.
 */
export type Presentation = { template: 'five-points-112'; mirrored: boolean } | { template: 'two-alignments-112' };

/** @param pictures  the picture, and for a thorough look the versions of it that are shown besides */
export function viewsOf(
  pictures: readonly [Picture, ...(readonly Picture[])],
  mesh: FaceMesh,
  how: Presentation,
  thoroughly: boolean,
): FaceView[] {
  const [picture] = pictures;
  if (how.template === 'five-points-112') {
    const aligned = alignFace(picture, mesh, 'five-points');
    return how.mirrored ? bothWays(aligned) : [{ aligned, mirrored: false }];
  }
  if (!thoroughly) {
    return [
      { aligned: alignFace(picture, mesh, 'wider'), mirrored: false },
      { aligned: alignFace(picture, mesh, 'eyes-and-mouth'), mirrored: true },
    ];
  }
  return pictures.flatMap((each) => TWO_ALIGNMENTS.flatMap((alignment) => bothWays(alignFace(each, mesh, alignment))));
}

const TWO_ALIGNMENTS: readonly Alignment[] = ['wider', 'eyes-and-mouth'];

const bothWays = (aligned: Float32Array): FaceView[] => [
  { aligned, mirrored: false },
  { aligned, mirrored: true },
];
