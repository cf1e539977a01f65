/** A camera on the network. The address never holds user or password: it is shown and journaled. */
export interface RtspSource {
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/**
 * Why no pictures come. `no-ffmpeg`: the program is not installed; `stalled`: the camera is connected and sends nothing;
 * `ended`: it sent and stopped; `clock`: this computer's time was set; `bad-stream`: what comes is no video to record.
 */
export type RtspTrouble =
  | 'no-ffmpeg'
  | 'unauthorized'
  | 'unreachable'
  | 'not-found'
  | 'stalled'
  | 'ended'
  | 'clock'
  | 'bad-stream';

/** A second or so of video, as the camera encoded it. */
export interface RtspFragment {
  /** Begins with a key frame and has `ftyp` and `moov` before it: a segment may begin here. */
  readonly opens: boolean;
  readonly bytes: Uint8Array;
  /** Of its first picture and after its last, by the wall clock of its arrival. */
  readonly beginMs: number;
  readonly endMs: number;
  /** The same by the monotonic clock. */
  readonly firstMonoMs: number;
  readonly lastMonoMs: number;
  readonly frames: number;
}

export interface RtspFormat {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

export type RtspState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'recording'; readonly format: RtspFormat; readonly lastMs: number }
  /** `againAtMs`: monotonic time of the next try. */
  | { readonly kind: 'fault'; readonly trouble: RtspTrouble; readonly againAtMs: number }
  | { readonly kind: 'stopped' };

export interface RtspListener {
  /** A new connection: what comes now belongs to a run of its own. */
  began(format: RtspFormat): void;
  fragment(fragment: RtspFragment): void;
  fault(trouble: RtspTrouble): void;
}
