import { BESIDE_MAIN_WIDTH, confirmFaces, MOST_CONFIRMED, type Networks } from '../../analyse-picture.ts';
import type { Following, Track } from '../../port.ts';
import { detectFaces } from '../detector.ts';
import { noseAsymmetry, pitchDegrees, yawDegrees } from '../head-turn.ts';
import { type FaceMesh, fitMesh, followMesh } from '../mesh.ts';
import type { Picture } from '../picture.ts';
import { eyeOpenness } from './eye-openness.ts';
import { sketchOf } from './sketch.ts';
import { boxAround, holdsMiddleOf, meshOf, trackOf } from './track.ts';

/** About twice a second at the ten to fifteen frames a desk sends: who joins is seen before a challenge is over. */
export const FRAMES_PER_DETECTION = 6;

/** `Following` before the frame's hash is put to it: what is seen says nothing of the file. */
export type Seen = Following extends infer F ? (F extends Following ? Omit<F, 'frameSha256'> : never) : never;

type FollowNetworks = Pick<Networks, 'detector' | 'mesh'>;

/** One frame of a video: the face where it was before, or else wherever it is now. See `FaceEngine.follow`. */
export async function followPicture(networks: FollowNetworks, picture: Picture, previous: Track | null): Promise<Seen> {
  const sketch = sketchOf(picture);
  const before = previous && meshOf(previous);
  const mesh = before && (await followMesh(networks.mesh, picture, before));
  if (!previous || !before || !mesh) return { ...(await findAnew(networks, picture, before)), sketch };
  const framesSinceDetection = previous.framesSinceDetection + 1;
  if (framesSinceDetection < FRAMES_PER_DETECTION)
    return { ...seenFace(picture, mesh, framesSinceDetection, true), sketch };
  const others = await countOthers(networks, picture, mesh);
  if (others > 0) return { kind: 'several-faces', count: 1 + others, sketch };
  return { ...seenFace(picture, mesh, 0, true), sketch };
}

async function findAnew(networks: FollowNetworks, picture: Picture, before: FaceMesh | null) {
  const faces = await confirmFaces(networks.mesh, picture, await detectFaces(networks.detector, picture));
  const [main] = faces;
  if (!main) return { kind: 'no-face' as const };
  if (faces.length > 1) return { kind: 'several-faces' as const, count: faces.length };
  const continued = before !== null && holdsMiddleOf(boxAround(before.points), boxAround(main.mesh.points));
  return seenFace(picture, main.mesh, 0, continued);
}

/**
 * People beside the one who is followed. Where the detector misses the followed one, as with a head turned far, that is no
 * loss: the mesh holds it.
 */
async function countOthers({ detector, mesh }: FollowNetworks, picture: Picture, followed: FaceMesh): Promise<number> {
  const own = boxAround(followed.points);
  const detected = await detectFaces(detector, picture);
  const minWidth = BESIDE_MAIN_WIDTH * (detected.find(({ box }) => holdsMiddleOf(own, box))?.box ?? own).width;
  const candidates = detected.filter(({ box }) => !holdsMiddleOf(own, box) && box.width >= minWidth);
  let others = 0;
  for (const face of candidates.slice(0, MOST_CONFIRMED)) {
    if (await fitMesh(mesh, picture, face)) others += 1;
  }
  return others;
}

function seenFace({ width, height }: Picture, mesh: FaceMesh, framesSinceDetection: number, continued: boolean) {
  const { points } = mesh;
  return {
    kind: 'face' as const,
    track: trackOf(mesh, framesSinceDetection),
    continued,
    box: boxAround(points),
    imageWidth: width,
    imageHeight: height,
    yawDeg: yawDegrees(points),
    turn: noseAsymmetry(points),
    pitchDeg: pitchDegrees(points),
    ...eyeOpenness(points),
  };
}
