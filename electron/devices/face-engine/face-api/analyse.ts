import type { Finding } from '../analyse-picture.ts';
import { ALIGNED_SIZE, FIVE_POINT_TEMPLATE } from '../chain/alignment.ts';
import type { Picture } from '../chain/picture.ts';
import { placeTemplate } from '../chain/placement.ts';
import { samplePicture } from '../chain/sample.ts';
import { guide } from '../guidance.ts';
import type { Purpose } from '../port.ts';
import { measureQuality } from '../quality.ts';
import { countBeside } from './count-beside.ts';
import { describeFace } from './describe-face.ts';
import { detectFaces } from './detect.ts';
import { headPose } from './head-pose.ts';
import { faceBoxOf, fitLandmarks, fivePointsOf } from './landmarks.ts';
import type { FaceApiNetworks } from './networks.ts';

/** As `analysePicture` of the first engine, with this library's networks. */
export async function analysePicture(networks: FaceApiNetworks, picture: Picture, purpose: Purpose): Promise<Finding> {
  const [main, ...others] = await detectFaces(networks, picture);
  if (!main) return { kind: 'no-face' };
  const points = await fitLandmarks(networks, picture, main.box);
  const box = faceBoxOf(points);
  if (purpose === 'live') {
    const beside = await countBeside(networks, picture, box.width, others);
    if (beside > 0) return { kind: 'several-faces', count: 1 + beside };
  }
  const placement = placeTemplate(FIVE_POINT_TEMPLATE, fivePointsOf(points));
  const aligned = samplePicture(picture, placement, ALIGNED_SIZE, ALIGNED_SIZE, { mean: 0, scale: 1, beyond: 'black' });
  const { yawDeg, turn } = headPose(points);
  const measures = {
    box,
    imageWidth: picture.width,
    imageHeight: picture.height,
    yawDeg,
    turn,
    quality: measureQuality(aligned, box.width),
  };
  const embedding = await describeFace(networks, picture, points);
  return { kind: 'face', ...measures, guidance: guide(measures, purpose), embedding };
}
