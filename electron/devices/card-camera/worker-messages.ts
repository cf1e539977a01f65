import type { Result } from '../../lib/result.ts';
import type { CardModelBytes } from './models.ts';
import type { CardCameraError, CardReading } from './port.ts';

/** What the worker is born with; the model bytes are moved to it, not copied. */
export type WorkerBirth = { models: CardModelBytes };

/** One at a time: the next is sent when the last is answered. At `end` the worker gives its models back and exits. */
export type WorkerRequest = { kind: 'read'; image: Uint8Array } | { kind: 'end' };

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'refused'; failure: StartFailure }
  | { kind: 'answer'; result: Result<CardReading, CardCameraError> };

/** Why there is no worker; `detail` is for the log. */
export type StartFailure = { reason: 'models' | 'native-library'; detail: string };
