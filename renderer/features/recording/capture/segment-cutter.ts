import type { Packet } from './mux-segment.ts';

/** Length of a segment. What a crash of desk and station together can lose is one of these. */
export const segmentMs = 2_000;

/** After a pause this long the frames before it are a segment of their own: a segment must not hide a hole. */
const pauseMs = 1_000;

/** What a frame lasts when none follows. */
const usualFrameMs = 1000 / 15;

export interface CutSegment {
  readonly packets: readonly Packet[];
  readonly beginMs: number;
  readonly endMs: number;
}

/**
 * Decides where segments begin. Frames go in twice: before they are encoded, to learn which must be key frames, and as
 * packets, to be collected until the next such frame closes the segment.
 */
export class SegmentCutter {
  #beginMs = Number.NEGATIVE_INFINITY;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #packets: Packet[] = [];

  /** Whether the next frame will begin a segment, whatever its time is within a frame or two. */
  isDue(wallMs: number): boolean {
    return wallMs - this.#beginMs >= segmentMs || wallMs - this.#lastFrameMs >= pauseMs;
  }

  /** Takes note of a frame about to be encoded. */
  frame(wallMs: number, beginsSegment: boolean): void {
    if (beginsSegment) this.#beginMs = wallMs;
    this.#lastFrameMs = wallMs;
  }

  /** @returns the segment that ends where this packet begins a new one */
  packet(packet: Packet, beginsSegment: boolean): CutSegment | null {
    const ended = beginsSegment ? this.#cut(packet.wallMs) : null;
    this.#packets.push(packet);
    return ended;
  }

  /** @returns what is left when no more packets come; the next frame begins a segment */
  rest(): CutSegment | null {
    this.#beginMs = Number.NEGATIVE_INFINITY;
    return this.#cut(Number.POSITIVE_INFINITY);
  }

  #cut(nextMs: number): CutSegment | null {
    const packets = this.#packets;
    this.#packets = [];
    const [first, last] = [packets.at(0), packets.at(-1)];
    if (first === undefined || last === undefined) return null;
    const endMs = nextMs - last.wallMs < pauseMs ? nextMs : last.wallMs + usualFrameMs;
    return { packets, beginMs: first.wallMs, endMs };
  }
}
