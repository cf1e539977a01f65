import { FrameClock } from './frame-clock.ts';
import type { SoundPacket } from './mux-fragment.ts';

const bitsPerSecond = 32_000;

/** Sound older than this that no fragment took (the camera is out) is let go. */
const keptMs = 5_000;

/**
 * Encodes what a microphone hears as Opus and keeps it for the next fragment. It has a clock of its own, tied to the
 * station's like the camera's; a microphone that stops costs the picture nothing: fragments come with what was heard.
 */
export class SoundEncoder {
  readonly #encoder: AudioEncoder;
  readonly #clock: FrameClock;
  readonly #localMs: () => number;
  readonly #wallOf = new Map<number, number>();
  #decoderConfig: AudioDecoderConfig | null = null;
  #packets: SoundPacket[] = [];
  #reader: ReadableStreamDefaultReader<AudioData> | null = null;

  /** @param localMs  this computer's monotonic time since the epoch */
  constructor(stationOffsetMs: number, localMs: () => number) {
    this.#clock = new FrameClock(stationOffsetMs);
    this.#localMs = localMs;
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#packet(chunk, meta),
      // Without sound the picture is recorded on; `read` ends at the closed encoder.
      error: (cause) => console.warn('sound could not be encoded', cause),
    });
  }

  heardClock(stationOffsetMs: number): void {
    this.#clock.heard(stationOffsetMs);
  }

  async read(sound: ReadableStream<AudioData>): Promise<void> {
    const reader = sound.getReader();
    this.#reader = reader;
    for (;;) {
      const { value: data, done } = await reader.read().catch(() => ({ value: undefined, done: true as const }));
      if (done || data === undefined) return;
      if (!this.#take(data)) return;
    }
  }

  /** What was heard since the last time, in order, nothing from before `originMs`; null before the encoder is known. */
  take(originMs: number): { decoderConfig: AudioDecoderConfig; packets: SoundPacket[] } | null {
    if (this.#decoderConfig === null) return null;
    const packets = this.#packets.filter((p) => p.wallMs >= originMs);
    this.#packets = [];
    return { decoderConfig: this.#decoderConfig, packets };
  }

  async close(): Promise<void> {
    await this.#reader?.cancel().catch(() => undefined);
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  /** @returns false when nothing can be encoded any more */
  #take(data: AudioData): boolean {
    if (this.#encoder.state === 'unconfigured') {
      const { sampleRate, numberOfChannels } = data;
      this.#encoder.configure({ codec: 'opus', sampleRate, numberOfChannels, bitrate: bitsPerSecond });
    }
    const isOpen = this.#encoder.state === 'configured';
    if (isOpen) {
      const { wallMs } = this.#clock.frame(data.timestamp, this.#localMs(), () => this.#packets.length === 0);
      // Packets of Opus are of another length than what the microphone delivers: each finds the time of what it begins in.
      this.#wallOf.set(data.timestamp, wallMs);
      if (this.#wallOf.size > 200) this.#wallOf.delete(this.#wallOf.keys().next().value!);
      this.#encoder.encode(data);
    }
    data.close();
    return isOpen;
  }

  #packet(chunk: EncodedAudioChunk, meta: EncodedAudioChunkMetadata | undefined): void {
    if (meta?.decoderConfig) this.#decoderConfig = meta.decoderConfig;
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    const last = this.#packets.at(-1);
    const lengthMs = (chunk.duration ?? 20_000) / 1000;
    const measuredMs = this.#wallAt(chunk.timestamp);
    // End to end while it goes on: a packet's length is exact, the clock's reading is good to some ms.
    const nextMs = last === undefined ? null : last.wallMs + last.lengthMs;
    const wallMs = nextMs !== null && Math.abs(nextMs - measuredMs) < 100 ? nextMs : Math.max(nextMs ?? 0, measuredMs);
    this.#packets = this.#packets.filter((p) => p.wallMs > wallMs - keptMs);
    this.#packets.push({ data, wallMs, lengthMs });
  }

  #wallAt(timestampUs: number): number {
    let found: [number, number] | undefined;
    for (const entry of this.#wallOf) if (entry[0] <= timestampUs && (!found || entry[0] > found[0])) found = entry;
    return found === undefined ? 0 : found[1] + (timestampUs - found[0]) / 1000;
  }
}
