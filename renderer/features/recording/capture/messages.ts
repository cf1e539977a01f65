import type { CameraFault } from '../../../../electron/features/recording/contract.ts';
import type { FinishedFragment } from './fragment-encoder.ts';
import type { Bitmap } from './overlay.ts';
import type { UselessPicture } from './picture-watch.ts';

/** What can be wrong with frames that come. */
export type PictureFault = UselessPicture | 'low-resolution' | 'slow-encoder';

/** What the window tells the capture worker of one camera. */
export type ToCapture =
  /** Once, first. `glyphs`: the characters of the clock, each of the same height as `label`. */
  | { kind: 'overlay'; glyphs: Record<string, Bitmap>; label: Bitmap }
  /**
   * Frames of a device that was opened (again). Segments go on where the last source ended.
   * `stationOffsetMs`: station wall clock minus this computer's `performance.timeOrigin + performance.now()`.
   */
  | {
      kind: 'source';
      frames: ReadableStream<VideoFrame>;
      /** Where the rule pack wants to hear the room. */
      sound: ReadableStream<AudioData> | null;
      /** Rule pack, clause recording.min-height: fewer lines are a weakness. */
      minHeight: number;
      stationOffsetMs: number;
    }
  /** The station's clock as last heard. */
  | { kind: 'clock'; stationOffsetMs: number }
  /** The device is given up: what is encoded becomes a last, short fragment, followed by `released`. */
  | { kind: 'release' }
  /** As `release`, and nothing comes after it. */
  | { kind: 'end' };

/** What it answers. All times are the station's wall clock in ms. */
export type FromCapture =
  | { kind: 'ready'; codec: string; width: number; height: number }
  | ({ kind: 'fragment' } & FinishedFragment)
  /** Twice a second while a source is open. */
  | { kind: 'pulse'; lastFrameMs: number | null; framesPerSecond: number; dropped: number }
  /** No usable frames come; the window decides when to open the device again. */
  | { kind: 'fault'; fault: CameraFault; sinceMs: number }
  /** Frames come but are not worth having, or not all they should be; or (null) are well again. */
  | { kind: 'picture'; fault: PictureFault | null; sinceMs: number }
  /** The station's clock was set: times before and after cannot stand in one recording. */
  | { kind: 'clock-stepped' }
  | { kind: 'released' }
  | { kind: 'ended' };
