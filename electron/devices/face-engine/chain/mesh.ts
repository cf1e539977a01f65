import type { DetectedFace } from './detector.ts';
import { type Network, sigmoid } from './network.ts';
import type { Picture } from './picture.ts';
import { place, placeSquare, type Square } from './placement.ts';
import { samplePicture } from './sample.ts';

/** A point of the mesh in picture pixels; smaller `z` is nearer to the camera, in the same unit. */
export type MeshPoint = readonly [x: number, y: number, z: number];

/** The 468 points of MediaPipe's face mesh in its numbering, and how surely this is a face (0-1). */
export type FaceMesh = { points: readonly MeshPoint[]; presence: number };

const MESH_POINTS = 468;
/** Below this the crop holds no face, or the one that was tracked is lost. */
const MIN_PRESENCE = 0.5;

const MESH_SIZE = 192;
/** The network wants air around the face. */
const REGION_PER_FACE = 1.5;
/** Outer corners of the person's right and left eye. */
const RIGHT_EYE_CORNER = 33;
const LEFT_EYE_CORNER = 263;

/**
 * The mesh of a detected face. Two passes: the second looks where the first found the points, which is a better region
 * than the detector's box, and decides whether there is a face. Null when it sees none.
 */
export async function fitMesh(network: Network, picture: Picture, face: DetectedFace): Promise<FaceMesh | null> {
  const { box } = face;
  const first = await meshIn(network, picture, {
    centre: [box.left + box.width / 2, box.top + box.height / 2],
    side: REGION_PER_FACE * Math.max(box.width, box.height),
    angle: angleBetween(face.rightEye, face.leftEye),
  });
  return followMesh(network, picture, first);
}

/**
 * The mesh near where it was before: the second pass of a still, or the next frame of a video. Null when the face is gone,
 * and then the detector must look again.
 */
export async function followMesh(network: Network, picture: Picture, before: FaceMesh): Promise<FaceMesh | null> {
  const mesh = await meshIn(network, picture, regionOf(before.points));
  const isFace = mesh.presence >= MIN_PRESENCE && mesh.points.every((point) => point.every(Number.isFinite));
  return isFace ? mesh : null;
}

async function meshIn(network: Network, picture: Picture, square: Square): Promise<FaceMesh> {
  const placement = placeSquare(square, MESH_SIZE);
  // Measured on a hundred faces: the five points move by a thousandth of the face's width at most, usually by half of that.
  const sampling = { mean: 0, scale: 255, beyond: 'edge', sparse: true } as const;
  const input = samplePicture(picture, placement, MESH_SIZE, MESH_SIZE, sampling);
  const { landmarks, presence } = await network(input, 1);
  const perPixel = square.side / MESH_SIZE;
  const points = Array.from({ length: MESH_POINTS }, (_, i): MeshPoint => {
    const [x, y] = place(placement, landmarks![3 * i]! - 0.5, landmarks![3 * i + 1]! - 0.5);
    return [x, y, landmarks![3 * i + 2]! * perPixel];
  });
  return { points, presence: sigmoid(presence![0]!) };
}

/** A square around all points, turned so that the eyes lie level in it. */
function regionOf(points: readonly MeshPoint[]): Square {
  const angle = angleBetween(points[RIGHT_EYE_CORNER]!, points[LEFT_EYE_CORNER]!);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const along = points.map(([x, y]) => x * cos + y * sin);
  const down = points.map(([x, y]) => -x * sin + y * cos);
  const [left, right] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...down), Math.max(...down)];
  const u = (left + right) / 2;
  const v = (top + bottom) / 2;
  return {
    centre: [u * cos - v * sin, u * sin + v * cos],
    side: REGION_PER_FACE * Math.max(right - left, bottom - top),
    angle,
  };
}

function angleBetween(
  right: readonly [number, number, ...number[]],
  left: readonly [number, number, ...number[]],
): number {
  return Math.atan2(left[1] - right[1], left[0] - right[0]);
}
