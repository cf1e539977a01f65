import type { ListedPassive } from '../manifest.ts';
import type { FaceBox } from '../port.ts';
import type { Network } from './network.ts';
import type { Picture } from './picture.ts';
import { placeSquare } from './placement.ts';
import { samplePicture } from './sample.ts';

/** A site's own network against presentation attacks; none is shipped, see `models/MODEL-CARD.md`. */
export type PassiveNetwork = { network: Network; listed: Pick<ListedPassive, 'input' | 'passive'> };

/** How surely the network holds the face for a living person's, 0 to 1. Shown the face upright as it is, with what is around it. */
export async function livingShare(
  { network, listed }: PassiveNetwork,
  picture: Picture,
  box: FaceBox,
): Promise<number> {
  const { width, mean, scale, colourOrder } = listed.input;
  const { faceWidths, output, liveIndex, softmax } = listed.passive;
  const centre = [box.left + box.width / 2, box.top + box.height / 2] as const;
  const placement = placeSquare({ centre, side: faceWidths * Math.max(box.width, box.height), angle: 0 }, width);
  const planes = samplePicture(picture, placement, width, width, { mean, scale, beyond: 'edge' });
  const values = [...(await network(colourOrder === 'bgr' ? reversedPlanes(planes) : planes, 1))[output]!];
  const share = softmax ? softmaxOf(values)[liveIndex]! : values[liveIndex]!;
  return Math.max(0, Math.min(1, share));
}

function reversedPlanes(planes: Float32Array): Float32Array {
  const plane = planes.length / 3;
  const reversed = new Float32Array(planes.length);
  for (let i = 0; i < 3; i += 1) reversed.set(planes.subarray(i * plane, (i + 1) * plane), (2 - i) * plane);
  return reversed;
}

function softmaxOf(values: readonly number[]): number[] {
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
