import * as onnx from 'onnxruntime-node';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { analysePicture, type Networks } from '../analyse-picture.ts';
import { decodeImage } from '../decode-image.ts';
import { loadChain } from '../load-chain.ts';
import { readManifest } from '../read-manifest.ts';
import { faceSimilarity } from '../similarity.ts';
import { photographs } from '../specimen-photographs.ts';
import { readVerifiedModels } from '../verify-models.ts';
import { fivePointsOf } from './alignment.ts';
import { detectFaces } from './detector.ts';
import { fitMesh, followMesh } from './mesh.ts';
import type { Picture } from './picture.ts';
import type { Presentation } from './views.ts';

/**
 * Numbers of an independent implementation of the chain on the same model files, laid by five points. Detector and mesh take
 * fewer samples of the picture here than there, in a third of the time: boxes (left, top, right, bottom) agree within a pixel,
 * points within 0.5 (the faces are some 270 wide), scores within 0.01, yaw within 0.4 degrees, asymmetry within 0.005,
 * vectors within 0.003, likeness within 0.015.
 */
const REFERENCE = [
  {
    name: 'manFacing',
    score: 0.974,
    box: [258.62, 202.72, 532.08, 476.15],
    points: [331.09, 269.64, 442.59, 247.72, 395.7, 311.82, 364.07, 396.43, 450.27, 379.26],
    yaw: 1.352,
    turn: 0.0169,
    vector: [-0.0202, -0.00327, -0.00116, 0.02977],
  },
  {
    name: 'manSmiling',
    score: 0.9358,
    box: [258.65, 191.28, 564.22, 496.81],
    points: [363.73, 275.1, 475.53, 259.51, 438.27, 326.83, 377.43, 396.81, 487.96, 381.05],
    yaw: 7.671,
    turn: 0.1993,
    vector: [-0.01612, -0.00061, -0.00354, 0.0268],
  },
  {
    name: 'manTurned',
    score: 0.9367,
    box: [208.26, 196.43, 542.05, 530.16],
    points: [284.17, 301.03, 397.83, 286.19, 326.98, 363.55, 305.71, 420.5, 415.48, 407.05],
    yaw: -13.634,
    turn: -0.3569,
    vector: [-0.01885, -0.004, -0.00388, 0.01659],
  },
  {
    name: 'woman',
    score: 0.9902,
    box: [136.84, 186.66, 424.54, 474.34],
    points: [228.62, 278.63, 348.63, 282.58, 292.69, 359.03, 244.0, 403.28, 328.28, 404.55],
    yaw: 4.153,
    turn: 0.0889,
    vector: [0.00894, -0.00761, 0.00557, -0.00263],
  },
  {
    name: 'olderMan',
    score: 0.9448,
    box: [97.48, 92.65, 272.09, 267.25],
    points: [144.9, 146.61, 212.82, 138.18, 177.66, 182.69, 159.74, 216.22, 211.78, 210.79],
    yaw: -7.0,
    turn: -0.1562,
    vector: [0.01197, -0.00172, 0.00759, -0.00168],
  },
] as const;

/** Likeness of the five above with each other, in the same order. */
const LIKENESS = [
  [1, 0.8418, 0.8025, 0.1515, 0.0587],
  [0.8418, 1, 0.8331, -0.0142, 0.0478],
  [0.8025, 0.8331, 1, 0.0879, 0.0718],
  [0.1515, -0.0142, 0.0879, 1, 0.0812],
  [0.0587, 0.0478, 0.0718, 0.0812, 1],
];

const fivePoints = (mirrored: boolean): Presentation => ({ template: 'five-points-112', mirrored });

let networks: Networks;
beforeAll(async () => {
  const modelsDir = `${import.meta.dirname}/../../../../models`;
  const manifest = await readManifest(modelsDir);
  if (!manifest.ok) throw new Error(manifest.error.code);
  const models = await readVerifiedModels(modelsDir, manifest.value.models);
  if (!models.ok) throw new Error(models.error.code);
  networks = await loadChain(onnx, models.value);
});

async function pictureOf(name: keyof typeof photographs): Promise<Picture> {
  const decoded = await decodeImage(sharp, await photographs[name]());
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

function expectNear(found: readonly number[], expected: readonly number[], tolerance: number): void {
  const farthest = Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
  expect(farthest, `${found.join()} against ${expected.join()}`).toBeLessThanOrEqual(tolerance);
}

describe('the chain gives the reference’s numbers', () => {
  test.each(REFERENCE)('$name', async (reference) => {
    const picture = await pictureOf(reference.name);
    const [face] = await detectFaces(networks.detector, picture);
    const { left, top, width, height } = face!.box;
    expectNear([face!.score], [reference.score], 0.01);
    expectNear([left, top, left + width, top + height], reference.box, 1);

    const mesh = await fitMesh(networks.mesh, picture, face!);
    expectNear(fivePointsOf(mesh!.points).flat(), reference.points, 0.5);

    const reading = await analysePicture({ ...networks, presentation: fivePoints(true) }, picture, 'live');
    if (reading.kind !== 'face') throw new Error(reading.kind);
    expectNear([reading.yawDeg], [reference.yaw], 0.4);
    expectNear([reading.turn], [reference.turn], 0.005);
    expectNear([...reading.embedding.subarray(0, 4)], reference.vector, 0.003);
  });

  test('likeness of every pair', async () => {
    const vectors: Float32Array[] = [];
    for (const { name } of REFERENCE) {
      const asMeasured = { ...networks, presentation: fivePoints(true) };
      const reading = await analysePicture(asMeasured, await pictureOf(name), 'photo');
      if (reading.kind !== 'face') throw new Error(reading.kind);
      vectors.push(reading.embedding);
    }
    for (const [i, row] of LIKENESS.entries()) {
      expectNear(
        vectors.map((vector) => faceSimilarity(vectors[i]!, vector)),
        row,
        0.015,
      );
    }
  });
});

describe('following a face without the detector', () => {
  test('from frame to frame the same points are found, within a hundredth of the face', async () => {
    const picture = await pictureOf('manFacing');
    const [face] = await detectFaces(networks.detector, picture);
    const still = await fitMesh(networks.mesh, picture, face!);
    const followed = await followMesh(networks.mesh, picture, still!);
    expectNear(fivePointsOf(followed!.points).flat(), fivePointsOf(still!.points).flat(), face!.box.width / 100);
  });

  test('when the face has left, there is no mesh', async () => {
    const picture = await pictureOf('manFacing');
    const [face] = await detectFaces(networks.detector, picture);
    const still = await fitMesh(networks.mesh, picture, face!);
    const empty = { ...picture, data: new Uint8Array(picture.data.length).fill(120) };
    expect(await followMesh(networks.mesh, empty, still!)).toBeNull();
  });
});

describe('what is shown to the embedder makes the vector', () => {
  const vectorWith = async (change: Partial<Networks>, purpose: 'live' | 'photo' = 'photo') => {
    const reading = await analysePicture({ ...networks, ...change }, await pictureOf('woman'), purpose);
    if (reading.kind !== 'face') throw new Error(reading.kind);
    return reading.embedding;
  };

  test('another colour order is another picture', async () => {
    const swapped = await vectorWith({ embedderInput: { ...networks.embedderInput, colourOrder: 'bgr' } });
    expect(faceSimilarity(await vectorWith({}), swapped)).toBeLessThan(0.99);
  });

  test.each<[string, Presentation, Presentation]>([
    ['a mirror image averaged in', fivePoints(true), fivePoints(false)],
    ['the face laid in two ways', { template: 'two-alignments-112' }, fivePoints(true)],
  ])('%s shifts it a little', async (_, one, other) => {
    const likeness = faceSimilarity(await vectorWith({ presentation: one }), await vectorWith({ presentation: other }));
    expect(likeness).toBeLessThan(0.9999);
    expect(likeness).toBeGreaterThan(0.95);
  });

  test('a frame shows half of what a photograph shows: nearly the same vector', async () => {
    const likeness = faceSimilarity(await vectorWith({}, 'live'), await vectorWith({}, 'photo'));
    expect(likeness).toBeLessThan(0.9999);
    expect(likeness).toBeGreaterThan(0.95);
  });
});
