import type { ChosenEncoder } from './choose-encoder.ts';
import { muxSegment } from './mux-segment.ts';
import { type CutSegment, SegmentCutter } from './segment-cutter.ts';

export interface FinishedSegment {
  bytes: ArrayBuffer;
  beginMs: number;
  endMs: number;
  frames: number;
}

/** More frames than this waiting in the encoder: the computer is too slow, and the newest frame is let go. */
const longestQueue = 6;

/** Encodes stamped frames and hands out finished segments, in order. One per opened device. */
export class SegmentEncoder {
  readonly #chosen: ChosenEncoder;
  readonly #originMs: number;
  readonly #emit: (segment: FinishedSegment) => void;
  readonly #onError: (error: unknown) => void;
  readonly #encoder: VideoEncoder;
  readonly #cutter = new SegmentCutter();
  readonly #inside = new Map<number, { wallMs: number; begins: boolean }>();
  #decoderConfig: VideoDecoderConfig | null = null;
  #muxing: Promise<void> = Promise.resolve();

  constructor(
    chosen: ChosenEncoder,
    originMs: number,
    emit: (segment: FinishedSegment) => void,
    onError: (error: unknown) => void,
  ) {
    this.#chosen = chosen;
    this.#originMs = originMs;
    this.#emit = emit;
    this.#onError = onError;
    this.#encoder = new VideoEncoder({ output: (chunk, meta) => this.#packet(chunk, meta), error: onError });
    this.#encoder.configure(chosen.config);
  }

  get isOpen(): boolean {
    return this.#encoder.state === 'configured';
  }

  isSegmentDue(wallMs: number): boolean {
    return this.#cutter.isDue(wallMs);
  }

  /**
   * Encodes and closes the frame.
   * @returns false when the frame was let go because the encoder is behind
   */
  encode(frame: VideoFrame, wallMs: number, beginsSegment: boolean): boolean {
    if (!this.isOpen || (this.#encoder.encodeQueueSize > longestQueue && !beginsSegment)) {
      frame.close();
      return false;
    }
    this.#cutter.frame(wallMs, beginsSegment);
    this.#inside.set(frame.timestamp, { wallMs, begins: beginsSegment });
    this.#encoder.encode(frame, { keyFrame: beginsSegment });
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
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.#finish(this.#cutter.packet({ data, isKey: chunk.type === 'key', wallMs: inside.wallMs }, inside.begins));
  }

  #finish(segment: CutSegment | null): void {
    const decoderConfig = this.#decoderConfig;
    if (segment === null || decoderConfig === null) return;
    const { packets, beginMs, endMs } = segment;
    // One after another, so that segments leave in the order in which they were filmed.
    this.#muxing = this.#muxing.then(async () => {
      const { family } = this.#chosen;
      const bytes = await muxSegment({ family, decoderConfig, packets, endMs, originMs: this.#originMs });
      this.#emit({ bytes, beginMs, endMs, frames: packets.length });
    });
    this.#muxing = this.#muxing.catch(this.#onError);
  }
}
