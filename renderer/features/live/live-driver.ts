import type { SignalAnswer, SignalRequest } from '../../../electron/features/supervision/contract.ts';
import type { CameraId } from '../../../electron/lib/ids.ts';
import type { Room } from './give-way.ts';
import type { LossReason } from './reconnect.ts';

/** One camera to be sent. The track is a clone whose owner stops it; a driver never does. */
export interface SentCamera {
  readonly cameraId: CameraId;
  readonly track: MediaStreamTrack;
}

/** How much of a picture may go out: what recording leaves, and what somebody looks at. */
export interface Allowance {
  readonly room: Room;
  readonly size: 'small' | 'large';
}

/** A connection over which pictures go. */
export interface LiveLine {
  /** Sends these cameras from now on, and no others. A new track of a known camera takes the place of the old one. */
  send(cameras: readonly SentCamera[]): Promise<void>;
  allow(allowance: Allowance): Promise<void>;
  /** @throws LiveFailure */
  restartIce(): Promise<void>;
  close(): void;
}

export interface LiveDriver {
  /** Whether all cameras of a room go over one connection; else each has its own. */
  readonly isShared: boolean;
  /**
   * Opens a connection and begins to send.
   *
   * @param onConnection  what the browser says of it, from the beginning
   * @throws LiveFailure
   */
  open(
    cameras: readonly SentCamera[],
    allowance: Allowance,
    onConnection: (state: 'connected' | 'disconnected' | 'failed') => void,
  ): Promise<LiveLine>;
}

/** Why a step failed, in the words' key. */
export class LiveFailure extends Error {
  readonly reason: LossReason;
  constructor(reason: LossReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Asks the other side, through the station. @throws LiveFailure */
export type Signal = <K extends SignalRequest['kind']>(
  request: Extract<SignalRequest, { kind: K }>,
) => Promise<AnswerTo<K>>;

type Answering = Extract<SignalAnswer['kind'], SignalRequest['kind']>;
export type AnswerTo<K extends SignalRequest['kind']> = K extends Answering
  ? Extract<SignalAnswer, { kind: K }>
  : Extract<SignalAnswer, { kind: 'done' }>;

/** The browser's word for a connection, as far as it matters here. */
export const connectionWord = (state: RTCPeerConnectionState): 'connected' | 'disconnected' | 'failed' | null =>
  state === 'connected' || state === 'disconnected' || state === 'failed' ? state : null;
