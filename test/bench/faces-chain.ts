import * as onnx from 'onnxruntime-node';
import sharp from 'sharp';
import { confirmFaces, type Networks } from '../../electron/devices/face-engine/analyse-picture.ts';
import { deblockIfCoarse } from '../../electron/devices/face-engine/chain/deblock.ts';
import { detectFaces } from '../../electron/devices/face-engine/chain/detector.ts';
import { embedFace } from '../../electron/devices/face-engine/chain/embedder.ts';
import { type Presentation, viewsOf } from '../../electron/devices/face-engine/chain/views.ts';
import { decodeImage } from '../../electron/devices/face-engine/decode-image.ts';
import { loadChain } from '../../electron/devices/face-engine/load-chain.ts';
import type { ListedEmbedder } from '../../electron/devices/face-engine/manifest.ts';
import type { Purpose } from '../../electron/devices/face-engine/port.ts';
import { readManifest } from '../../electron/devices/face-engine/read-manifest.ts';
import { readVerifiedModels, type VerifiedModel } from '../../electron/devices/face-engine/verify-models.ts';

/** A way to make a vector, so that what each step brings can be told apart. */
export type Way = { name: string; presentation: Presentation; smoothing: boolean };

/** From the plainest to the shipped way; each adds one step. */
export const STEPS: readonly Way[] = [
  { name: 'one crop', presentation: { template: 'five-points-112', mirrored: false }, smoothing: false },
  { name: 'and its mirror image', presentation: { template: 'five-points-112', mirrored: true }, smoothing: false },
  { name: 'laid in two ways', presentation: { template: 'two-alignments-112' }, smoothing: false },
  { name: 'coarse JPEG smoothed', presentation: { template: 'two-alignments-112' }, smoothing: true },
];

export type Chain = { networks: Networks; shipped: Way; passThreshold: number };

export async function openChain(modelsDir: string): Promise<Chain> {
  const models = await modelsOf(modelsDir);
  const { embedding } = models
    .map(({ listed }) => listed)
    .find((listed): listed is ListedEmbedder => listed.role === 'embedder')!;
  const networks = await loadChain(onnx, models);
  const shipped = { name: 'shipped', presentation: networks.presentation, smoothing: true };
  return { networks, shipped, passThreshold: embedding.thresholds['1e-3'] };
}

/** The models of a folder, checked. @throws Error when they are not as listed */
export async function modelsOf(modelsDir: string): Promise<VerifiedModel[]> {
  const manifest = await readManifest(modelsDir);
  const models = manifest.ok ? await readVerifiedModels(modelsDir, manifest.value.models) : manifest;
  if (!models.ok) throw new Error(`the models do not open: ${models.error.code}`);
  return models.value;
}

/**
 * As `analysePicture` makes a vector, but of the face in the middle also when others stand beside it: the pictures of a
 * benchmark are not of one person each. Null when no face is found.
 */
export async function vectorsOf(
  { networks }: Chain,
  image: Uint8Array,
  purpose: Purpose,
  ways: readonly Way[],
): Promise<(Float32Array | null)[]> {
  const decoded = await decodeImage(sharp, image);
  if (!decoded.ok) throw new Error(decoded.error.code);
  const picture = decoded.value;
  const smoothed = purpose === 'photo' ? deblockIfCoarse(picture) : null;
  const findIn = async (shown: typeof picture) =>
    (await confirmFaces(networks.mesh, shown, await detectFaces(networks.detector, shown)))[0]?.mesh ?? null;
  const plain = await findIn(picture);
  const found = plain ?? (smoothed && (await findIn(smoothed)));
  const made = new Map<string, Float32Array | null>(); // steps that change nothing for this picture are not computed twice
  for (const way of ways) {
    const key = keyOf(way, smoothed !== null);
    if (made.has(key)) continue;
    const mesh = way.smoothing ? found : plain;
    const shown = way.smoothing && smoothed ? ([picture, smoothed] as const) : ([picture] as const);
    const views = mesh && viewsOf(shown, mesh, way.presentation, purpose === 'photo');
    made.set(key, views && (await embedFace(networks.embedder, views, networks.embedderInput)));
  }
  return ways.map((way) => made.get(keyOf(way, smoothed !== null)) ?? null);
}

const keyOf = ({ presentation, smoothing }: Way, coarse: boolean) =>
  JSON.stringify([presentation, smoothing && coarse]);
