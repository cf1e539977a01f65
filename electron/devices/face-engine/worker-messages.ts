import type { Result } from '../../lib/result.ts';
import type { VerifiedFaceApi } from './face-api/verify-files.ts';
import type { FaceEngineError, FaceReading, Following, Purpose, Track } from './port.ts';
import type { VerifiedModel } from './verify-models.ts';

/** What the worker is born with, by engine; all bytes are moved to it, not copied. */
export type WorkerBirth =
  | { kind: 'onnxruntime'; models: VerifiedModel[] }
  | { kind: 'face-api'; models: VerifiedFaceApi['models']; wasm: VerifiedFaceApi['wasm'] };

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
  | { code: 'model-shape'; file: string; detail: string }
  | { code: 'native-library'; reason: string };
