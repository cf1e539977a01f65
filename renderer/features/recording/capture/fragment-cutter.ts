import type { Packet } from './mux-fragment.ts';

/** Length of a fragment: what a crash of the desk can lose is one of these and its way to the station. */
export const fragmentMs = 1_000;

/** Length of a segment, the file that plays alone. Longer, and a flipped bit costs more; shorter, and a day is more files. */
export const segmentMs = 4_000;

/** After a pause this long the frames before it are a segment of their own: a segment must not hide a hole. */
const pauseMs = 1_000;

/** What a frame lasts when none follows. */
const usualFrameMs = 1000 / 15;

export interface CutFragment {
  readonly packets: readonly Packet[];
  readonly beginMs: number;
  readonly endMs: number;
  /** Its place in its segment, from 0: the first one opens it. */
  readonly index: number;
  readonly closes: boolean;
}

/** What a frame begins: each needs a key frame, so that every fragment can be the first that is left. */
export type Begins = 'segment' | 'fragment' | null;

/**
 * Decides where fragments and segments begin. Frames go in twice: before they are encoded, to learn which must be key
 * frames, and as packets, to be collected until the next such frame closes the fragment.
 */
export class FragmentCutter {
  #segmentMs = Number.NEGATIVE_INFINITY;
  #fragmentMs = Number.NEGATIVE_INFINITY;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #packets: Packet[] = [];
  #index = 0;

  /** Whether the next frame will begin a segment, whatever its time is within a frame or two. */
  isSegmentDue(wallMs: number): boolean {
    return wallMs - this.#segmentMs >= segmentMs || wallMs - this.#lastFrameMs >= pauseMs;
  }

  /** Takes note of a frame about to be encoded. @returns what it begins */
  frame(wallMs: number, beginsSegment: boolean): Begins {
    const begins = beginsSegment ? 'segment' : wallMs - this.#fragmentMs >= fragmentMs ? 'fragment' : null;
    if (begins === 'segment') this.#segmentMs = wallMs;
    if (begins !== null) this.#fragmentMs = wallMs;
    this.#lastFrameMs = wallMs;
    return begins;
  }

  /** @returns the fragment that ends where this packet begins a new one */
  packet(packet: Packet, begins: Begins): CutFragment | null {
    const ended = begins === null ? null : this.#cut(packet.wallMs, begins === 'segment');
    this.#packets.push(packet);
    return ended;
  }

  /** @returns what is left when no more packets come; the next frame begins a segment */
  rest(): CutFragment | null {
    this.#segmentMs = Number.NEGATIVE_INFINITY;
    return this.#cut(Number.POSITIVE_INFINITY, true);
  }

  #cut(nextMs: number, closes: boolean): CutFragment | null {
    const packets = this.#packets;
    this.#packets = [];
    const index = this.#index;
    const [first, last] = [packets.at(0), packets.at(-1)];
    if (first === undefined || last === undefined) {
      if (closes) this.#index = 0;
      return null;
    }
    this.#index = closes ? 0 : index + 1;
    const endMs = nextMs - last.wallMs < pauseMs ? nextMs : last.wallMs + usualFrameMs;
    return { packets, beginMs: first.wallMs, endMs, index, closes };
  }
}
