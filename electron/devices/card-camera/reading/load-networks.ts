import type { InferenceSession } from 'onnxruntime-node';
import type { Picture } from '../../face-engine/chain/picture.ts';
import type { TextRecogniser } from './recognise.ts';
import type { TextDetector } from './text-lines.ts';

type Runtime = typeof import('onnxruntime-node');

/** One thread: two were slower. Without an arena the memory of the largest picture goes back after it. */
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionProviders: ['cpu'],
  enableCpuMemArena: false,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

/** PP-OCR detection: blue, green, red planes, normalised with ImageNet's means and deviations in that order. */
export async function loadDetector(runtime: Runtime, model: Uint8Array): Promise<TextDetector> {
  const session = await runtime.InferenceSession.create(model, SESSION);
  return async (picture) => {
    const planes = planesOf(picture, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
    return run(runtime, session, planes, picture);
  };
}

/** PP-OCR recognition: blue, green, red planes from -1 to 1. */
export async function loadRecogniser(runtime: Runtime, model: Uint8Array, dictionary: string): Promise<TextRecogniser> {
  const session = await runtime.InferenceSession.create(model, SESSION);
  // The network counts the blank before the dictionary and a space behind it.
  const classes = ['', ...dictionary.split('\n').map((line) => line.replace(/\r$/, '')), ' '];
  return {
    classes,
    async recognise(line: Picture) {
      const planes = planesOf(line, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);
      const probabilities = await run(runtime, session, planes, line);
      return { steps: probabilities.length / classes.length, probabilities };
    },
  };
}

async function run(runtime: Runtime, session: InferenceSession, planes: Float32Array, { width, height }: Picture) {
  const tensor = new runtime.Tensor('float32', planes, [1, 3, height, width]);
  const outputs = await session.run({ [session.inputNames[0]!]: tensor });
  const data = outputs[session.outputNames[0]!]?.data;
  if (!(data instanceof Float32Array)) throw new TypeError('the output is not float32');
  return data;
}

type Three = readonly [number, number, number];

function planesOf({ data, width, height }: Picture, mean: Three, deviation: Three): Float32Array {
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  for (let k = 0; k < 3; k += 1) {
    const table = Float32Array.from({ length: 256 }, (_, v) => (v / 255 - mean[k]!) / deviation[k]!);
    // Plane 0 is blue.
    for (let i = 0, p = 2 - k; i < plane; i += 1, p += 3) planes[k * plane + i] = table[data[p]!]!;
  }
  return planes;
}
