import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as onnx from 'onnxruntime-node';
import sharp from 'sharp';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import { analysePicture } from '../../electron/devices/face-engine/analyse-picture.ts';
import { detectFaces } from '../../electron/devices/face-engine/chain/detector.ts';
import { fitMesh, followMesh } from '../../electron/devices/face-engine/chain/mesh.ts';
import { decodeImage } from '../../electron/devices/face-engine/decode-image.ts';
import { loadChain } from '../../electron/devices/face-engine/load-chain.ts';
import { openFaceEngine } from '../../electron/devices/face-engine/open.ts';
import { nearest, packGallery } from '../../electron/devices/face-engine/search.ts';
import { photographs } from '../../electron/devices/face-engine/specimen-photographs.ts';
import { type BenchLine, rounded } from './bench-line.ts';
import { modelsOf } from './faces-chain.ts';
import { median, timeMs } from './measure.ts';
import { noProc } from './processes.ts';

const root = join(import.meta.dirname, '../..');
const modelsDir = join(root, 'models');

/** The face chain on a webcam's frame of 640 x 480: one thread, as in the station. */
export async function benchFaces(): Promise<BenchLine[]> {
  const frame = await sharp(await photographs.manFacing())
    .resize(640, 480)
    .jpeg({ quality: 90 })
    .toBuffer();
  return [...(await benchChain(frame)), await benchRoundTrip(frame), await benchSearch(), await benchMemory()];
}

async function benchChain(frame: Uint8Array): Promise<BenchLine[]> {
  const models = await modelsOf(modelsDir);
  const decoded = await decodeImage(sharp, frame);
  if (!decoded.ok) throw new Error('the picture does not open');
  const chain = await loadChain(onnx, models);
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

/** Of the worker's own process, as it is built and shipped. */
async function benchMemory(): Promise<BenchLine> {
  const name = 'faces.rss-after-100';
  const missing = noProc();
  if (missing !== null) return { name, skipped: missing };
  await buildWhenStale(root, ({ en }) => console.error(en));
  const child = join(import.meta.dirname, 'faces-memory.ts');
  const worker = join(root, 'out/main/devices-face-worker.js');
  const { stdout } = await promisify(execFile)(process.execPath, [child, modelsDir, worker]);
  const { residentMb, addedMb } = JSON.parse(stdout) as { residentMb: number; addedMb: number };
  const note = `resident memory of the engine's process; the station's own grows with it to ${rounded(addedMb)} MB more in all`;
  return { name, value: rounded(residentMb), unit: 'MB', goal: '<= 200', note };
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
