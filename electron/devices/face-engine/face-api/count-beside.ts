import { BESIDE_MAIN_WIDTH, MOST_CONFIRMED } from '../analyse-picture.ts';
import type { Picture } from '../chain/picture.ts';
import type { LocatedFace } from './detect.ts';
import { faceBoxOf, fitLandmarks } from './landmarks.ts';
import type { FaceApiNetworks } from './networks.ts';

/** How many of the other faces are large enough to stand beside the main one, as the first engine counts. */
export async function countBeside(
  networks: FaceApiNetworks,
  picture: Picture,
  mainWidth: number,
  others: readonly LocatedFace[],
): Promise<number> {
  let beside = 0;
  for (const { box } of others.slice(0, MOST_CONFIRMED)) {
    const { width } = faceBoxOf(await fitLandmarks(networks, picture, box));
    if (width >= BESIDE_MAIN_WIDTH * mainWidth) beside += 1;
  }
  return beside;
}
