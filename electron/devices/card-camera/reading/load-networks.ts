import type { InferenceSession } from 'onnxruntime-node';
import type { Picture } from '../../face-engine/chain/picture.ts';
import type { CardModelBytes } from '../models.ts';
import type { Reader } from './read-card.ts';
import type { TextRecogniser } from './recognise.ts';
import type { TextDetector } from './text-lines.ts';

type Runtime = typeof import('onnxruntime-node');

/**
 * One thread: two were slower. Memory for a picture is taken as one piece and given back after every run (RUN): without the
 * arena it comes in small pieces that the C library keeps, 40 MB more at work and twice as much left behind.
 */
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionProviders: ['cpu'],
  enableCpuMemArena: true,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

const RUN: InferenceSession.RunOptions = { extra: { memory: { enable_memory_arena_shrinkage: 'cpu:0' } } };

/** The networks of a verified set of models. */
export async function loadNetworks(runtime: Runtime, models: CardModelBytes): Promise<Reader> {
  const detection = await runtime.InferenceSession.create(models.detection, SESSION);
  const recognition = await runtime.InferenceSession.create(models.recognition, SESSION);
  return {
    detect: detectorOn(runtime, detection),
    recogniser: recogniserOn(runtime, recognition, new TextDecoder().decode(models.dictionary)),
  };
}

/** PP-OCR detection: blue, green, red planes, normalised with ImageNet's means and deviations in that order. */
const detectorOn =
  (runtime: Runtime, session: InferenceSession): TextDetector =>
  (picture) =>
    run(runtime, session, planesOf(picture, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]), picture);

/** PP-OCR recognition: blue, green, red planes from -1 to 1. */
function recogniserOn(runtime: Runtime, session: InferenceSession, dictionary: string): TextRecogniser {
  // The network counts the blank before the dictionary and a space behind it.
  const classes = ['', ...dictionary.split('\n'), ' '];
  return {
    classes,
    async recognise(line) {
      const planes = planesOf(line, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);
      const probabilities = await run(runtime, session, planes, line);
      return { steps: probabilities.length / classes.length, probabilities };
    },
  };
}

async function run(runtime: Runtime, session: InferenceSession, planes: Float32Array, { width, height }: Picture) {
  const tensor = new runtime.Tensor('float32', planes, [1, 3, height, width]);
  const outputs = await session.run({ [session.inputNames[0]!]: tensor }, RUN);
  const data = outputs[session.outputNames[0]!]?.data;
  if (!(data instanceof Float32Array)) throw new TypeError('the output is not float32');
  return data;
}

/** Pictures go through one at a time, and share it: memory taken anew for each is memory that the collector has yet to find. */
let scratch = new Float32Array(0);

type Three = readonly [number, number, number];

function planesOf({ data, width, height }: Picture, mean: Three, deviation: Three): Float32Array {
  const plane = width * height;
  if (scratch.length < 3 * plane) scratch = new Float32Array(3 * plane);
  const planes = scratch.subarray(0, 3 * plane);
  for (let k = 0; k < 3; k += 1) {
    const table = Float32Array.from({ length: 256 }, (_, v) => (v / 255 - mean[k]!) / deviation[k]!);
    // Plane 0 is blue.
    for (let i = 0, p = 2 - k; i < plane; i += 1, p += 3) planes[k * plane + i] = table[data[p]!]!;
  }
  return planes;
}
