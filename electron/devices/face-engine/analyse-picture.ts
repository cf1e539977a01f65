import { deblockIfCoarse } from './chain/deblock.ts';
import { type DetectedFace, detectFaces } from './chain/detector.ts';
import { type EmbedderInput, embedFace } from './chain/embedder.ts';
import { noseAsymmetry, yawDegrees } from './chain/head-turn.ts';
import { type FaceMesh, fitMesh } from './chain/mesh.ts';
import type { Network } from './chain/network.ts';
import { livingShare, type PassiveNetwork } from './chain/passive.ts';
import type { Picture } from './chain/picture.ts';
import { type Presentation, viewsOf } from './chain/views.ts';
import { guide } from './guidance.ts';
import type { FaceMeasures, Purpose } from './port.ts';
import { measureQuality } from './quality.ts';

export type Networks = {
  detector: Network;
  mesh: Network;
  embedder: Network;
  embedderInput: EmbedderInput;
  presentation: Presentation;
  passive: PassiveNetwork | null;
};

export type Finding =
  | { kind: 'no-face' }
  | { kind: 'several-faces'; count: number }
  | ({ kind: 'face' } & FaceMeasures);

/**
 * From a decoded picture to one face and its vector. A second person counts only at the desk (`live`): a card's or plan's
 * photograph answers with the face in its middle.
 */
export async function analysePicture(networks: Networks, picture: Picture, purpose: Purpose): Promise<Finding> {
  const smoothed = purpose === 'photo' ? deblockIfCoarse(picture) : null;
  let faces = await findFaces(networks, picture);
  if (faces.length === 0 && smoothed) faces = await findFaces(networks, smoothed);
  const [main] = faces;
  if (!main) return { kind: 'no-face' };
  if (purpose === 'live' && faces.length > 1) return { kind: 'several-faces', count: faces.length };

  const shown = smoothed ? ([picture, smoothed] as const) : ([picture] as const);
  const views = viewsOf(shown, main.mesh, networks.presentation, purpose === 'photo');
  const { points } = main.mesh;
  const measures = {
    box: main.face.box,
    imageWidth: picture.width,
    imageHeight: picture.height,
    yawDeg: yawDegrees(points),
    turn: noseAsymmetry(points),
    quality: measureQuality(views[0]!.aligned, main.face.box.width),
  };
  const embedding = await embedFace(networks.embedder, views, networks.embedderInput);
  const found = { kind: 'face', ...measures, guidance: guide(measures, purpose), embedding } as const;
  // A photograph is one by nature.
  if (purpose === 'photo' || !networks.passive) return found;
  return { ...found, passive: await livingShare(networks.passive, picture, main.face.box) };
}

const findFaces = async ({ detector, mesh }: Networks, picture: Picture) =>
  confirmFaces(mesh, picture, await detectFaces(detector, picture));

/** Smaller than this against the main face is a person in the background, not one at the desk. */
export const BESIDE_MAIN_WIDTH = 0.4;
/** Nobody learns more from the fifth; a crowd must not hold up the next frame. */
export const MOST_CONFIRMED = 4;

/**
 * The faces that the mesh too takes for faces, the main one first, then those large enough to stand beside it. The detector
 * alone also reports patterns.
 */
export async function confirmFaces(network: Network, picture: Picture, detected: readonly DetectedFace[]) {
  const confirmed: { face: DetectedFace; mesh: FaceMesh }[] = [];
  for (const face of detected) {
    const main = confirmed[0];
    if (main && face.box.width < BESIDE_MAIN_WIDTH * main.face.box.width) continue;
    if (confirmed.length === MOST_CONFIRMED) break;
    const mesh = await fitMesh(network, picture, face);
    if (mesh) confirmed.push({ face, mesh });
  }
  return confirmed;
}
