import { isDefinedError, ORPCError, safe } from '@orpc/client';
import type { CameraId, SessionId } from '../../../../electron/lib/ids.ts';
import { unreachable } from '../../../../electron/lib/result.ts';
import { station } from '../../../api/client.ts';
import { guardRefusal } from '../../../api/query.ts';
import { askForSignIn } from '../../../api/sign-in-request.ts';
import type { DeliveryPort, Later } from './delivery-queue.ts';

export interface EncoderFacts {
  width: number;
  height: number;
  codec: string;
  deviceLabel: string;
  /** A run after the first began because the station's clock was set. */
  clockStepped: boolean;
}

/** No answer within this time: the connection is taken for dead, and the fragment is sent again. */
const patienceMs = 20_000;

/** The real station behind one camera's deliveries. `facts`: what the encoder turned out to be, known by the first fragment. */
export function stationPort(
  camera: { sessionId: SessionId; cameraId: CameraId },
  facts: () => EncoderFacts,
): DeliveryPort {
  const { recording } = station;
  const signal = () => ({ signal: AbortSignal.timeout(patienceMs) });
  return {
    async start(deskRun) {
      const { error, data } = await safe(recording.start({ ...camera, deskRun, ...facts() }, signal()));
      if (error === null) return { kind: 'started', ...data };
      if (!isDefinedError(error)) return later(error);
      switch (error.code) {
        case 'NO_SUCH_RECORDING':
          return { kind: 'never', code: 'NO_SUCH_CAMERA' };
        case 'NO_SUCH_CAMERA':
        case 'TAKEN_OVER':
        case 'SESSION_SEALED':
        case 'SESSION_NOT_OPEN':
          return { kind: 'never', code: error.code };
        default:
          return unreachable(error);
      }
    },
    async put(recordingId, { kind: _, deskRun: __, init, media, ...facts }, opens) {
      const fragment = new Blob(opens ? [init, media] : [media], { type: 'video/mp4' });
      const { error, data } = await safe(recording.putFragment({ recordingId, ...facts, opens, fragment }, signal()));
      if (error === null) return { kind: 'stored', atMs: data.storedAtMs };
      if (!isDefinedError(error)) return later(error);
      switch (error.code) {
        case 'NO_OPEN_SEGMENT':
          return { kind: 'must-open' };
        case 'DISK_FULL':
          return { kind: 'later', why: 'disk-full' };
        case 'NO_SUCH_RECORDING':
        case 'NO_SUCH_CAMERA':
          return { kind: 'never', code: 'NO_SUCH_CAMERA' };
        case 'TAKEN_OVER':
        case 'SESSION_SEALED':
        case 'FRAGMENT_TOO_LARGE':
        case 'NOT_A_FRAGMENT':
        case 'BAD_INTERVAL':
        case 'SEQUENCE_REUSED':
          return { kind: 'never', code: error.code };
        default:
          return unreachable(error);
      }
    },
    async report(fault, sinceMs) {
      const { error } = await safe(recording.reportFault({ ...camera, fault, sinceMs }, signal()));
      // A refusal (session sealed, camera unknown) means that nobody keeps gaps of it any more.
      return error === null || isDefinedError(error) ? { kind: 'done' } : later(error);
    },
    async stop(recordingId, reason) {
      const { error } = await safe(recording.stop({ recordingId, reason }, signal()));
      return error === null || isDefinedError(error) ? { kind: 'done' } : later(error);
    },
  };
}

function later(error: unknown): Later {
  const refusal = guardRefusal(error);
  if (refusal !== null) {
    askForSignIn(refusal);
    return { kind: 'later', why: 'signed-out' };
  }
  // An answer the contract does not know (a proxy, a defect) is treated like none: the fragment must not be lost by it.
  if (error instanceof ORPCError) console.warn(`recording: the station answered ${error.code}`);
  return { kind: 'later', why: 'unreachable' };
}
