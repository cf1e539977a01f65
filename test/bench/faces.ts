import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as onnx from 'onnxruntime-node';
import sharp from 'sharp';
import { analysePicture } from '../../electron/devices/face-engine/analyse-picture.ts';
import { detectFaces } from '../../electron/devices/face-engine/chain/detector.ts';
import { fitMesh, followMesh } from '../../electron/devices/face-engine/chain/mesh.ts';
import { decodeImage } from '../../electron/devices/face-engine/decode-image.ts';
import { loadChain } from '../../electron/devices/face-engine/load-chain.ts';
import { openFaceEngine } from '../../electron/devices/face-engine/open.ts';
import { photographs } from '../../electron/devices/face-engine/specimen-photographs.ts';
import { readVerifiedModels } from '../../electron/devices/face-engine/verify-models.ts';
import type { BenchLine } from './bench-line.ts';

const modelsDir = join(import.meta.dirname, '../../models');

/** The face chain on a webcam's frame of 640 x 480: one thread, as in the station. */
export async function benchFaces(): Promise<BenchLine[]> {
  const frame = await sharp(await photographs.manFacing())
    .resize(640, 480)
    .jpeg({ quality: 90 })
    .toBuffer();
  return [...(await benchChain(frame)), await benchRoundTrip(frame), await benchMemory()];
}

async function benchChain(frame: Uint8Array): Promise<BenchLine[]> {
  const models = await readVerifiedModels(modelsDir);
  const decoded = await decodeImage(sharp, frame);
  if (!models.ok || !decoded.ok) throw new Error('models or picture do not open');
  const chain = await loadChain(onnx, models.value);
  const picture = decoded.value;
  const [face] = await detectFaces(chain.detector, picture);
  const mesh = face && (await fitMesh(chain.mesh, picture, face));
  if (!mesh) throw new Error('no face in the specimen photograph');
  return [
    {
      name: 'faces.still',
      value: await medianMs(60, () => analysePicture(chain, picture, 'live')),
      unit: 'ms',
      goal: '< 50',
    },
    {
      name: 'faces.tracked-frame',
      value: await medianMs(60, () => followMesh(chain.mesh, picture, mesh)),
      unit: 'ms',
      goal: '< 10',
    },
  ];
}

/** From JPEG bytes in the station to the reading: decoding, both ways between the threads, and the chain. */
async function benchRoundTrip(frame: Uint8Array): Promise<BenchLine> {
  const engine = await openFaceEngine({ modelsDir });
  if (!engine.ok) throw new Error(engine.error.code);
  try {
    const value = await medianMs(60, () => engine.value.analyse(frame));
    return { name: 'faces.worker-round-trip', value, unit: 'ms', goal: '< 60' };
  } finally {
    await engine.value.close();
  }
}

/** Of a process of its own, so that nothing else measured here counts. */
async function benchMemory(): Promise<BenchLine> {
  const child = join(import.meta.dirname, 'faces-memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, modelsDir]);
  return { name: 'faces.rss-after-100', value: Number(stdout), unit: 'MB', goal: '< 250' };
}

async function medianMs(runs: number, work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 5; i += 1) await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return Math.round(times[Math.floor(runs / 2)]! * 10) / 10;
}
