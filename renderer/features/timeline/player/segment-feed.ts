/** A segment as the station hands it out. */
export interface FedSegment {
  readonly beginMs: number;
  readonly endMs: number;
  readonly frames: number;
  readonly mediaType: string | null;
  readonly firstPictureAt: number;
  readonly bytes: ArrayBuffer;
}

/** Asks the station for the segment that holds a moment, or the first after it; null after the last. */
export type AskSegment = (atMs: number, signal: AbortSignal) => Promise<FedSegment | null>;

const kept = 12;

/** Segments of one camera, each asked for once while it is remembered; a jump gives up what is still on its way. */
export class SegmentFeed {
  readonly #ask: AskSegment;
  readonly #known: FedSegment[] = [];
  #underway: { atMs: number; abort: AbortController; reply: Promise<FedSegment | null> } | null = null;

  constructor(ask: AskSegment) {
    this.#ask = ask;
  }

  known(atMs: number): FedSegment | undefined {
    return this.#known.find((s) => s.beginMs <= atMs && s.endMs > atMs);
  }

  async get(atMs: number): Promise<FedSegment | null> {
    const known = this.known(atMs);
    if (known !== undefined) return known;
    if (this.#underway?.atMs === atMs) return this.#underway.reply;
    this.#underway?.abort.abort();
    const abort = new AbortController();
    const reply = this.#ask(atMs, abort.signal).then((segment) => {
      if (segment !== null) {
        this.#known.push(segment);
        if (this.#known.length > kept) this.#known.shift();
      }
      return segment;
    });
    const underway = { atMs, abort, reply };
    this.#underway = underway;
    try {
      return await reply;
    } finally {
      if (this.#underway === underway) this.#underway = null;
    }
  }

  close(): void {
    this.#underway?.abort.abort();
  }
}
