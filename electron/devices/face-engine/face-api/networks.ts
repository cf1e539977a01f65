import { ModelLoadError } from '../load-chain.ts';
import type { FaceApiLibrary, Tensor } from './library.ts';
import type { VerifiedFaceApi } from './verify-files.ts';

/** A square picture as the library takes it: red, green, blue, 0-255, pixel by pixel. */
export type SquareInput = { values: Float32Array; size: number };

/** The library's three networks with its tensors kept inside. */
export interface FaceApiNetworks {
  /** Boxes in pixels of the input. */
  locate(input: SquareInput): Promise<{ score: number; left: number; top: number; width: number; height: number }[]>;
  /** The 68 points of a face, in pixels of the input. */
  landmarks(input: SquareInput): Promise<[x: number, y: number][]>;
  /** 128 values, not of unit length. */
  describe(input: SquareInput): Promise<Float32Array>;
}

const MIN_SCORE = 0.5;

/** @throws ModelLoadError when the weights are not the library's */
export function faceApiNetworks(library: FaceApiLibrary, models: VerifiedFaceApi['models']): FaceApiNetworks {
  const { nets, tf } = library;
  const byRole = {
    detector: nets.tinyFaceDetector,
    landmarks: nets.faceLandmark68Net,
    embedder: nets.faceRecognitionNet,
  };
  for (const { role, file, weights, layout } of models) {
    try {
      byRole[role].loadFromWeightMap(tf.io.decodeWeights(weights.buffer, layout));
    } catch (cause) {
      throw new ModelLoadError(file, cause);
    }
  }
  const withTensor = async <T>({ values, size }: SquareInput, use: (input: Tensor) => Promise<T>): Promise<T> => {
    const input = tf.tensor3d(values, [size, size, 3]);
    try {
      return await use(input);
    } finally {
      input.dispose();
    }
  };
  return {
    locate: (input) =>
      withTensor(input, async (tensor) => {
        const options = { inputSize: input.size, scoreThreshold: MIN_SCORE };
        const found = await nets.tinyFaceDetector.locateFaces(tensor, options);
        return found.map(({ score, box }) => ({
          score,
          left: box.x,
          top: box.y,
          width: box.width,
          height: box.height,
        }));
      }),
    landmarks: (input) =>
      withTensor(input, async (tensor) => {
        const { positions } = await nets.faceLandmark68Net.detectLandmarks(tensor);
        return positions.map(({ x, y }) => [x, y]);
      }),
    describe: (input) => withTensor(input, (tensor) => nets.faceRecognitionNet.computeFaceDescriptor(tensor)),
  };
}
