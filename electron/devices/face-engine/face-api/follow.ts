import type { Picture, Point } from '../chain/picture.ts';
import { FRAMES_PER_DETECTION, type Seen } from '../chain/tracking/follow-picture.ts';
import { sketchOf } from '../chain/tracking/sketch.ts';
import { boxAround, holdsMiddleOf } from '../chain/tracking/track.ts';
import type { Track } from '../port.ts';
import { countBeside } from './count-beside.ts';
import { detectFaces, FRAME_SIDES, type LocatedFace, searchSquare } from './detect.ts';
import { eyeOpenness, headPose } from './head-pose.ts';
import { faceBoxOf, fitLandmarks, type Landmarks } from './landmarks.ts';
import type { FaceApiNetworks } from './networks.ts';

const POINTS = 68;
/** Around the last place the detector works on a small picture: its answer also says that there still is a face. */
const TRACKED_INPUT = 224;
const REGION_PER_FACE = 3;

/** As `followPicture` of the first engine, with this library's networks. */
export async function followPicture(
  networks: FaceApiNetworks,
  picture: Picture,
  previous: Track | null,
): Promise<Seen> {
  const sketch = sketchOf(picture);
  const before = previous && landmarksOf(previous);
  const framesSinceDetection = (previous?.framesSinceDetection ?? 0) + 1;
  if (before && framesSinceDetection < FRAMES_PER_DETECTION) {
    const near = await searchNear(networks, picture, before);
    if (near) {
      const points = await fitLandmarks(networks, picture, near.box);
      return { ...seenFace(picture, points, framesSinceDetection, true), sketch };
    }
  }
  const found = await detectFaces(networks, picture, FRAME_SIDES);
  const main = (before && found.find(({ box }) => isSame(before, box))) || found[0];
  if (!main) return { kind: 'no-face', sketch };
  const points = await fitLandmarks(networks, picture, main.box);
  const others = found.filter((face) => face !== main);
  const beside = await countBeside(networks, picture, faceBoxOf(points).width, others);
  if (beside > 0) return { kind: 'several-faces', count: 1 + beside, sketch };
  return { ...seenFace(picture, points, 0, before !== null && isSame(before, main.box)), sketch };
}

const isSame = (before: Landmarks, box: LocatedFace['box']): boolean => holdsMiddleOf(boxAround(before), box);

async function searchNear(networks: FaceApiNetworks, picture: Picture, before: Landmarks): Promise<LocatedFace | null> {
  const { left, top, width, height } = boxAround(before);
  const square = {
    centre: [left + width / 2, top + height / 2] as const,
    side: REGION_PER_FACE * Math.max(width, height),
    angle: 0,
  };
  const found = await searchSquare(networks, picture, square, TRACKED_INPUT);
  return found.find(({ box }) => isSame(before, box)) ?? null;
}

function seenFace(picture: Picture, points: Landmarks, framesSinceDetection: number, continued: boolean) {
  return {
    kind: 'face' as const,
    track: { points: Float32Array.from(points.flat()), framesSinceDetection },
    continued,
    box: boxAround(points),
    imageWidth: picture.width,
    imageHeight: picture.height,
    ...headPose(points),
    ...eyeOpenness(points),
  };
}

/** The landmarks that a track was made of; null for a track of another engine. */
function landmarksOf({ points }: Track): Landmarks | null {
  if (points.length !== 2 * POINTS || !points.every(Number.isFinite)) return null;
  return Array.from({ length: POINTS }, (_, i): Point => [points[2 * i]!, points[2 * i + 1]!]);
}
