import type { Result } from '../../lib/result.ts';
import type { FaceApiManifest } from './face-api/manifest.ts';
import type { ListedModel } from './manifest.ts';
import type { FaceEngineError, FaceReading, Following, Purpose, Track } from './port.ts';
import type { ModelVerifyError } from './verify-models.ts';

/** The first message to a worker: which engine it is to be. It reads the files itself, and loads the very bytes it has hashed. */
export type WorkerBirth =
  | { kind: 'onnxruntime'; modelsDir: string; models: ListedModel[] }
  | { kind: 'face-api'; manifest: FaceApiManifest };

/** One at a time: the next is sent when the last is answered. */
export type WorkerRequest =
  | { kind: 'analyse'; image: Uint8Array; purpose: Purpose }
  | { kind: 'follow'; image: Uint8Array; previous: Track | null };

/** To the request before it: a reading for `analyse`, a following for `follow`. */
export type WorkerAnswer = Result<FaceReading | Following, FaceEngineError>;

export type WorkerMessage =
  | { kind: 'ready'; runtime: string }
  | { kind: 'refused'; error: WorkerRefusal }
  | { kind: 'answer'; result: WorkerAnswer };

export type WorkerRefusal =
  | ModelVerifyError
  | { code: 'model-shape'; file: string; detail: string }
  | { code: 'native-library'; reason: string };
