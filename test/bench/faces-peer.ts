import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/**
 * `@vladmandic/face-api` on its WebAssembly backend, in a process of its own, as its documentation puts it together: a detector,
 * 68 points, descriptor. The detector is named on the command line: `ssd`, the library's default, or `tiny`, its fastest. Answers
 * every picture with the descriptor and the milliseconds it took, by the clock and of the processor.
 */
export type PeerAnswer = { vector: number[] | null; ms: number; processorMs: number; rssMb: number };

type Tensor = { dispose(): void };
type Found = { descriptor: Float32Array } | undefined;
type Library = {
  nets: Record<
    'ssdMobilenetv1' | 'tinyFaceDetector' | 'faceLandmark68Net' | 'faceRecognitionNet',
    { loadFromWeightMap(weights: unknown): void }
  >;
  SsdMobilenetv1Options: new (options: { minConfidence: number }) => object;
  TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  detectSingleFace(input: Tensor, options: object): { withFaceLandmarks(): { withFaceDescriptor(): Promise<Found> } };
  tf: {
    env(): { platform: { fetch(path: string): Promise<Response> } };
    setWasmPaths(prefix: string, usePlatformFetch: boolean): void;
    setBackend(name: string): Promise<boolean>;
    tensor3d(values: Uint8Array, shape: number[], type: 'int32'): Tensor;
    io: { decodeWeights(bytes: ArrayBuffer, specs: unknown[]): unknown };
  };
};

const packages = join(import.meta.dirname, '../../node_modules');
const weights = join(packages, '@vladmandic/face-api/model');
const wasm = join(packages, '@tensorflow/tfjs-backend-wasm/dist');

const library = await open();
const options =
  process.argv[2] === 'tiny'
    ? new library.TinyFaceDetectorOptions({ inputSize: 416, scoreThreshold: 0.5 })
    : new library.SsdMobilenetv1Options({ minConfidence: 0.5 });
process.on('message', async (image: Uint8Array) => {
  const start = performance.now();
  const used = process.cpuUsage();
  const vector = await describe(image);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  const answer: PeerAnswer = {
    vector,
    ms,
    processorMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 1e6,
  };
  process.send!(answer);
});
process.send!('ready');

async function describe(image: Uint8Array): Promise<number[] | null> {
  const { data, info } = await sharp(image).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const input = library.tf.tensor3d(data, [info.height, info.width, 3], 'int32');
  const found = await library.detectSingleFace(input, options).withFaceLandmarks().withFaceDescriptor();
  input.dispose();
  return found ? [...found.descriptor] : null;
}

async function open(): Promise<Library> {
  // The bundle is made for browsers; it takes Node for a browser's worker when these are there before it is loaded.
  Object.assign(globalThis, { WorkerGlobalScope: class WorkerGlobalScope {}, __dirname: '' });
  const opened = (await import('@vladmandic/face-api/dist/face-api.esm.js')) as unknown as Library;
  opened.tf.env().platform.fetch = async (path) =>
    new Response(new Uint8Array(await readFile(join(wasm, path.slice(1)))));
  opened.tf.setWasmPaths('/', true);
  if (!(await opened.tf.setBackend('wasm'))) throw new Error('the WebAssembly backend does not start');
  const files = {
    ssdMobilenetv1: 'ssd_mobilenetv1_model',
    tinyFaceDetector: 'tiny_face_detector_model',
    faceLandmark68Net: 'face_landmark_68_model',
    faceRecognitionNet: 'face_recognition_model',
  };
  for (const [net, file] of Object.entries(files)) {
    const layout: { weights: unknown[] }[] = JSON.parse(
      await readFile(join(weights, `${file}-weights_manifest.json`), 'utf8'),
    );
    const bytes = new Uint8Array(await readFile(join(weights, `${file}.bin`)));
    const decoded = opened.tf.io.decodeWeights(
      bytes.buffer,
      layout.flatMap((group) => group.weights),
    );
    opened.nets[net as keyof Library['nets']].loadFromWeightMap(decoded);
  }
  return opened;
}
