import type { CameraFault } from '../../../../electron/features/recording/contract.ts';
import { localMs } from '../../../api/local-clock.ts';
import { chooseEncoder } from './choose-encoder.ts';
import { FragmentEncoder } from './fragment-encoder.ts';
import { FrameClock } from './frame-clock.ts';
import { closeFrame, type FrameStamper, isReadable, openFrame } from './frame-stamper.ts';
import type { FromCapture, PictureFault, ToCapture } from './messages.ts';
import { PictureWatch } from './picture-watch.ts';
import { SoundEncoder } from './sound-encoder.ts';
import { SpeedWatch } from './speed-watch.ts';

/** No frame for this long is a fault; looked at twice a second, so that the alarm is there within 3 s. */
const stalledAfterMs = 2_000;

/** One camera's way from frames to fragments. Lives in a worker, so that a busy window costs no frame. */
export class CameraCapture {
  readonly #stamper: FrameStamper;
  readonly #tell: (message: FromCapture, transfer?: Transferable[]) => void;
  readonly #picture = new PictureWatch();
  readonly #speed = new SpeedWatch();
  #minHeight = 0;
  #smallSinceMs: number | null = null;
  #sound: SoundEncoder | null = null;
  #clock: FrameClock | null = null;
  #originMs: number | null = null;
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  #encoder: FragmentEncoder | null = null;
  #size = { width: 0, height: 0 };
  #reading: Promise<void> = Promise.resolve();
  #pictureFault: PictureFault | null = null;
  #faulted = false;
  #lastFrameAtMs = 0;
  #lastWallMs: number | null = null;
  #recent: number[] = [];
  #dropped = 0;

  constructor(stamper: FrameStamper, tell: (message: FromCapture, transfer?: Transferable[]) => void) {
    this.#stamper = stamper;
    this.#tell = tell;
  }

  /** Begins with a device's frames, after whatever the last device gave. */
  async open({ frames, sound, minHeight, stationOffsetMs }: Extract<ToCapture, { kind: 'source' }>): Promise<void> {
    await this.release();
    this.#minHeight = minHeight;
    this.#smallSinceMs = null;
    this.#sound = sound === null ? null : new SoundEncoder(stationOffsetMs, localMs);
    if (sound !== null) void this.#sound?.read(sound);
    this.#clock ??= new FrameClock(stationOffsetMs);
    this.heardClock(stationOffsetMs);
    this.#clock.forgetDevice();
    this.#faulted = false;
    this.#lastFrameAtMs = localMs();
    this.#recent = [];
    const reader = frames.getReader();
    this.#reader = reader;
    this.#reading = this.#read(reader);
  }

  /** Gives the device up; what was encoded becomes a last fragment. */
  async release(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    await reader?.cancel().catch(() => undefined);
    await this.#reading;
    await this.#encoder?.close();
    this.#encoder = null;
    await this.#sound?.close();
    this.#sound = null;
  }

  heardClock(stationOffsetMs: number): void {
    this.#sound?.heardClock(stationOffsetMs);
    if (this.#clock === null || this.#clock.heard(stationOffsetMs)) return;
    // A new clock and a new origin from the next frame on; the window begins a new recording for what follows.
    this.#clock = new FrameClock(stationOffsetMs);
    this.#originMs = null;
    const before = this.#encoder;
    this.#encoder = null;
    void before?.close().then(() => this.#tell({ kind: 'clock-stepped' }));
  }

  /** Called twice a second: the watch that works when no frames come. */
  async watch(): Promise<void> {
    if (this.#reader === null) return;
    const now = localMs();
    this.#recent = this.#recent.filter((at) => now - at < 2_000);
    this.#tell({
      kind: 'pulse',
      lastFrameMs: this.#lastWallMs,
      framesPerSecond: this.#recent.length / 2,
      dropped: this.#dropped,
    });
    if (now - this.#lastFrameAtMs < stalledAfterMs || this.#faulted) return;
    this.#faulted = true;
    const sinceMs = this.#stationMs(this.#lastFrameAtMs);
    await this.#encoder?.flush();
    this.#tell({ kind: 'fault', fault: 'stalled', sinceMs });
  }

  async #read(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    for (;;) {
      const { value: frame, done } = await reader.read().catch(() => ({ value: undefined, done: true as const }));
      if (done || frame === undefined) return;
      const atMs = localMs();
      try {
        await this.#take(frame, atMs);
      } catch (cause) {
        this.#fault('no-encoder', atMs);
        console.error('a frame could not be encoded', cause);
      } finally {
        frame.close();
      }
    }
  }

  async #take(frame: VideoFrame, atMs: number): Promise<void> {
    if (!isReadable(frame)) {
      this.#fault('unreadable', atMs);
      return;
    }
    this.#lastFrameAtMs = atMs;
    this.#recent.push(atMs);
    const clock = this.#clock!;
    const open = await openFrame(frame);
    const encoder = await this.#encoderFor(open.width, open.height, atMs);
    // The clock may have been set while a new encoder was being chosen; this frame then belongs to neither recording.
    if (encoder === null || clock !== this.#clock) return;
    const { wallMs, begins } = clock.frame(frame.timestamp, atMs, (ms) => encoder.isSegmentDue(ms));
    this.#lastWallMs = wallMs;
    const useless = this.#picture.look(open.luma, open, atMs);
    this.#stamper.stamp(open, wallMs);
    const stamped = closeFrame(open, frame.timestamp, frame.colorSpace);
    const isEncoded = encoder.encode(stamped, { wallMs, monoMs: atMs }, begins);
    if (!isEncoded) this.#dropped += 1;
    this.#watchPicture(useless ?? this.#tooSmall(open.height, atMs) ?? this.#speed.frame(isEncoded, atMs));
    this.#faulted = false;
  }

  #tooSmall(height: number, atMs: number): { fault: 'low-resolution'; sinceMs: number } | null {
    this.#smallSinceMs = height < this.#minHeight ? (this.#smallSinceMs ?? atMs) : null;
    return this.#smallSinceMs === null ? null : { fault: 'low-resolution', sinceMs: this.#smallSinceMs };
  }

  async #encoderFor(width: number, height: number, atMs: number): Promise<FragmentEncoder | null> {
    const fits = this.#size.width === width && this.#size.height === height;
    if (this.#encoder?.isOpen && fits) return this.#encoder;
    await this.#encoder?.close();
    this.#encoder = null;
    const chosen = await chooseEncoder(width, height);
    if (chosen === null) {
      this.#fault('no-encoder', atMs);
      return null;
    }
    this.#size = { width, height };
    this.#originMs ??= this.#stationMs(atMs);
    this.#tell({ kind: 'ready', codec: chosen.config.codec, width, height });
    this.#encoder = new FragmentEncoder(
      chosen,
      this.#originMs,
      this.#sound,
      (fragment) => this.#tell({ kind: 'fragment', ...fragment }, [fragment.init.buffer, fragment.media.buffer]),
      () => this.#fault('no-encoder', localMs()),
    );
    return this.#encoder;
  }

  #watchPicture(seen: { fault: PictureFault; sinceMs: number } | null): void {
    const fault = seen?.fault ?? null;
    if (fault === this.#pictureFault) return;
    this.#pictureFault = fault;
    this.#tell({ kind: 'picture', fault, sinceMs: this.#stationMs(seen?.sinceMs ?? localMs()) });
  }

  #fault(fault: CameraFault, atMs: number): void {
    if (this.#faulted) return;
    this.#faulted = true;
    this.#tell({ kind: 'fault', fault, sinceMs: this.#stationMs(atMs) });
  }

  #stationMs(localTimeMs: number): number {
    return localTimeMs + (this.#clock?.offsetMs ?? 0);
  }
}
