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
import { nearest, packGallery } from '../../electron/devices/face-engine/search.ts';
import { photographs } from '../../electron/devices/face-engine/specimen-photographs.ts';
import { readVerifiedModels } from '../../electron/devices/face-engine/verify-models.ts';
import { type BenchLine, rounded } from './bench-line.ts';
import { median, timeMs } from './measure.ts';

const modelsDir = join(import.meta.dirname, '../../models');

/** The face chain on a webcam's frame of 640 x 480: one thread, as in the station. */
export async function benchFaces(): Promise<BenchLine[]> {
  const frame = await sharp(await photographs.manFacing())
    .resize(640, 480)
    .jpeg({ quality: 90 })
    .toBuffer();
  return [...(await benchChain(frame)), await benchRoundTrip(frame), await benchSearch(), await benchMemory()];
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
    { name: 'faces.still', ...(await timeOf(60, () => analysePicture(chain, picture, 'live'))), goal: '<= 28' },
    { name: 'faces.photograph', ...(await timeOf(30, () => analysePicture(chain, picture, 'photo'))) },
    { name: 'faces.tracked-frame', ...(await timeOf(60, () => followMesh(chain.mesh, picture, mesh))), goal: '<= 6' },
    { name: 'faces.decode', ...(await timeOf(60, () => decodeImage(sharp, frame))) },
  ];
}

/** From JPEG bytes in the station to the reading: decoding, both ways between the threads, and the chain. */
async function benchRoundTrip(frame: Uint8Array): Promise<BenchLine> {
  const engine = await openFaceEngine({ modelsDir });
  if (!engine.ok) throw new Error(engine.error.code);
  try {
    return { name: 'faces.worker-round-trip', ...(await timeOf(60, () => engine.value.analyse(frame))) };
  } finally {
    await engine.value.close();
  }
}

/** Of a process of its own, so that nothing else measured here counts. */
async function benchMemory(): Promise<BenchLine> {
  const child = join(import.meta.dirname, 'faces-memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, modelsDir]);
  return { name: 'faces.rss-after-100', value: Number(stdout), unit: 'MB', goal: '<= 200' };
}

/** One face among ten thousand, as when the switch check looks through everyone admitted. */
async function benchSearch(): Promise<BenchLine> {
  const noise = () => Float32Array.from({ length: 192 }, () => Math.random() - 0.5);
  const gallery = packGallery(Array.from({ length: 10_000 }, noise));
  const probe = noise();
  return { name: 'faces.search-10000', ...(await timeOf(100, async () => nearest(gallery, probe, 5))), goal: '<= 3' };
}

/**
 * The median time, and beside it the processor's: on a busy machine, the first is mostly waiting for others. All threads
 * of this process count.
 */
async function timeOf(runs: number, work: () => Promise<unknown>) {
  for (let i = 0; i < 5; i += 1) await work();
  const times: number[] = [];
  const processor: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const used = process.cpuUsage();
    times.push(await timeMs(work));
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  const note = `median of ${runs}; processor time ${rounded(median(processor))} ms, fastest ${rounded(Math.min(...times))} ms`;
  return { value: rounded(median(times)), unit: 'ms', note };
}
