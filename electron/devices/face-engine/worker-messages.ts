import type { Result } from '../../lib/result.ts';
import type { FaceEngineError, FaceReading, Purpose } from './port.ts';
import type { VerifiedModel } from './verify-models.ts';

/** What the worker is born with; the model bytes are moved to it, not copied. */
export type WorkerBirth = { models: VerifiedModel[] };

/** One at a time: the next is sent when the last is answered. */
export type WorkerRequest = { image: Uint8Array; purpose: Purpose };

export type WorkerMessage =
  | { kind: 'ready'; runtime: string }
  | { kind: 'refused'; error: WorkerRefusal }
  | { kind: 'answer'; result: Result<FaceReading, FaceEngineError> };

export type WorkerRefusal =
  | { code: 'model-shape'; file: string; detail: string }
  | { code: 'native-library'; reason: string };
