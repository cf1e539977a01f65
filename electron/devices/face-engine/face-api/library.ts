/** A tensor of the library; freed by `dispose`, since the memory of WebAssembly knows no collector. */
export type Tensor = { dispose(): void };
type Point = { x: number; y: number };
type Box = { x: number; y: number; width: number; height: number };

/** The parts of `@vladmandic/face-api` in use. Its own types name packages that come bundled in it. */
export interface FaceApiLibrary {
  version: string;
  nets: {
    tinyFaceDetector: Net & {
      locateFaces(
        input: Tensor,
        options: { inputSize: number; scoreThreshold: number },
      ): Promise<{ score: number; box: Box }[]>;
    };
    faceLandmark68Net: Net & { detectLandmarks(face: Tensor): Promise<{ positions: Point[] }> };
    faceRecognitionNet: Net & { computeFaceDescriptor(face: Tensor): Promise<Float32Array> };
  };
  tf: {
    env(): { platform: { fetch(path: string): Promise<Response> } };
    setWasmPaths(prefix: string, usePlatformFetch: boolean): void;
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    tensor3d(values: Float32Array, shape: [number, number, number]): Tensor;
    io: { decodeWeights(bytes: ArrayBuffer, specs: unknown[]): unknown };
  };
}

export type Net = { loadFromWeightMap(weights: unknown): void };

const WASM_PREFIX = 'memory:/';

/**
 * Loads the library with its WebAssembly backend, from the bytes given and from nothing else. For a worker of its own only.
 *
 * The library's bundle carries TensorFlow.js for browsers, and in Node stumbles over what a browser's bundle left out. It works as
 * what it was made for, a browser's worker: hence the two globals, set before it is loaded.
 *
 * @param wasm  file name to bytes; the library picks the one this processor can run
 * @throws Error when no WebAssembly backend starts
 */
export async function loadLibrary(wasm: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<FaceApiLibrary> {
  Object.assign(globalThis, { WorkerGlobalScope: class WorkerGlobalScope {}, __dirname: '' });
  const library = (await import('@vladmandic/face-api/dist/face-api.esm.js')) as unknown as FaceApiLibrary;
  const { tf } = library;
  tf.env().platform.fetch = async (path) => {
    const bytes = path.startsWith(WASM_PREFIX) ? wasm.get(path.slice(WASM_PREFIX.length)) : undefined;
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  };
  tf.setWasmPaths(WASM_PREFIX, true);
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend does not start');
  await tf.ready();
  return library;
}
