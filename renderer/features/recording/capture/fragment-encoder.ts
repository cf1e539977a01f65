import type { ChosenEncoder } from './choose-encoder.ts';
import { type Begins, type CutFragment, FragmentCutter } from './fragment-cutter.ts';
import { type MuxedFragment, muxFragment } from './mux-fragment.ts';
import type { SoundEncoder } from './sound-encoder.ts';

export interface FinishedFragment extends MuxedFragment {
  opens: boolean;
  closes: boolean;
  beginMs: number;
  endMs: number;
  firstMonoMs: number;
  lastMonoMs: number;
  frames: number;
}

/** More frames than this waiting in the encoder: the computer is too slow, and the newest frame is let go. */
const longestQueue = 6;

/** Encodes stamped frames and hands out finished fragments, in order. One per opened device. */
export class FragmentEncoder {
  readonly #chosen: ChosenEncoder;
  readonly #originMs: number;
  readonly #sound: SoundEncoder | null;
  readonly #emit: (fragment: FinishedFragment) => void;
  readonly #onError: (error: unknown) => void;
  readonly #encoder: VideoEncoder;
  readonly #cutter = new FragmentCutter();
  readonly #inside = new Map<number, { wallMs: number; monoMs: number; begins: Begins }>();
  #decoderConfig: VideoDecoderConfig | null = null;
  /** Decided by a segment's first fragment: a track that is not in its `moov` cannot come later. */
  #hasSound = false;
  #muxing: Promise<void> = Promise.resolve();

  constructor(
    chosen: ChosenEncoder,
    originMs: number,
    sound: SoundEncoder | null,
    emit: (fragment: FinishedFragment) => void,
    onError: (error: unknown) => void,
  ) {
    this.#chosen = chosen;
    this.#originMs = originMs;
    this.#sound = sound;
    this.#emit = emit;
    this.#onError = onError;
    this.#encoder = new VideoEncoder({ output: (chunk, meta) => this.#packet(chunk, meta), error: onError });
    this.#encoder.configure(chosen.config);
  }

  get isOpen(): boolean {
    return this.#encoder.state === 'configured';
  }

  isSegmentDue(wallMs: number): boolean {
    return this.#cutter.isSegmentDue(wallMs);
  }

  /**
   * Encodes and closes the frame.
   * @returns false when the frame was let go because the encoder is behind
   */
  encode(frame: VideoFrame, at: { wallMs: number; monoMs: number }, beginsSegment: boolean): boolean {
    if (!this.isOpen || (this.#encoder.encodeQueueSize > longestQueue && !beginsSegment)) {
      frame.close();
      return false;
    }
    const begins = this.#cutter.frame(at.wallMs, beginsSegment);
    this.#inside.set(frame.timestamp, { ...at, begins });
    this.#encoder.encode(frame, { keyFrame: begins !== null });
    frame.close();
    return true;
  }

  /** Waits for everything encoded and hands it out; the next frame begins a new segment. */
  async flush(): Promise<void> {
    if (this.isOpen) await this.#encoder.flush().catch(() => undefined);
    this.#finish(this.#cutter.rest());
    await this.#muxing;
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #packet(chunk: EncodedVideoChunk, meta: EncodedVideoChunkMetadata | undefined): void {
    if (meta?.decoderConfig) this.#decoderConfig = meta.decoderConfig;
    const inside = this.#inside.get(chunk.timestamp);
    if (inside === undefined) return;
    this.#inside.delete(chunk.timestamp);
    const { wallMs, monoMs, begins } = inside;
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.#finish(this.#cutter.packet({ data, isKey: chunk.type === 'key', wallMs, monoMs }, begins));
  }

  #finish(cut: CutFragment | null): void {
    const decoderConfig = this.#decoderConfig;
    if (cut === null || decoderConfig === null) return;
    const { packets, beginMs, endMs, index, closes } = cut;
    const heard = this.#sound?.take(this.#originMs) ?? null;
    if (index === 0) this.#hasSound = heard !== null && heard.packets.length > 0;
    const sound = this.#hasSound ? heard : null;
    const [first, last] = [packets[0]!, packets.at(-1)!];
    // One after another, so that fragments leave in the order in which they were filmed.
    this.#muxing = this.#muxing.then(async () => {
      const muxed = await muxFragment({
        family: this.#chosen.family,
        decoderConfig,
        packets,
        endMs,
        originMs: this.#originMs,
        number: index + 1,
        sound,
      });
      this.#emit({
        ...muxed,
        opens: index === 0,
        closes,
        beginMs,
        endMs,
        firstMonoMs: first.monoMs,
        lastMonoMs: last.monoMs,
        frames: packets.length,
      });
    });
    this.#muxing = this.#muxing.catch(this.#onError);
  }
}
