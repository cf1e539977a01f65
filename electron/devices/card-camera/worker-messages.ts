import type { Result } from '../../lib/result.ts';
import type { CardCameraError, CardReading } from './port.ts';

/** The first message to a worker: where its models are. It reads them itself, and loads the very bytes it has hashed. */
export type WorkerBirth = { modelsDir: string };

/** One at a time: the next is sent when the last is answered. */
export type WorkerRequest = { kind: 'read'; image: Uint8Array };

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'refused'; failure: StartFailure }
  | { kind: 'answer'; result: Result<CardReading, CardCameraError> };

/** Why there is no worker; `detail` is for the log. */
export type StartFailure = { reason: 'models' | 'native-library'; detail: string };
