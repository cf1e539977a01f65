/** A stretch of one camera that a look-up was given. */
export interface Span {
  lookUpId: string;
  cameraId: string;
  beginMs: number;
  endMs: number;
}

/** Segments this near to each other are one stretch to whoever watches them. */
const SEAM_MS = 1_000;
/** At most so much of a stretch is kept back before it goes on record: what a crash may lose of it. */
const MOST_PENDING_MS = 30_000;
/** A stretch is over when nothing of it was asked for so long. */
const QUIET_MS = 5_000;

/**
 * Gathers the segments handed out into stretches, so that watching an hour is a few entries and not a thousand. The
 * beginning of a stretch goes on record at once: nothing is shown of which the record knows nothing.
 */
export class ViewedSpans {
  readonly #pending = new Map<string, Span & { recordedMs: number; lastMs: number }>();

  /** @returns what has to go on record now, before the segment is handed out */
  given(span: Span, nowMs: number): Span[] {
    const key = `${span.lookUpId}/${span.cameraId}`;
    const pending = this.#pending.get(key);
    const goesOn = pending !== undefined && span.beginMs >= pending.beginMs && span.beginMs <= pending.endMs + SEAM_MS;
    if (pending !== undefined && goesOn) {
      pending.lastMs = nowMs;
      pending.endMs = Math.max(pending.endMs, span.endMs);
      if (pending.endMs - pending.recordedMs < MOST_PENDING_MS) return [];
      return [this.#record(pending)];
    }
    this.#pending.set(key, { ...span, recordedMs: span.endMs, lastMs: nowMs });
    const rest = pending !== undefined && pending.endMs > pending.recordedMs ? [this.#record(pending)] : [];
    return [...rest, span];
  }

  /** Stretches that nobody watches any more, for the record. */
  over(nowMs: number): Span[] {
    const found: Span[] = [];
    for (const [key, pending] of this.#pending) {
      if (nowMs - pending.lastMs < QUIET_MS) continue;
      this.#pending.delete(key);
      if (pending.endMs > pending.recordedMs) found.push(this.#record(pending));
    }
    return found;
  }

  /** Whatever is not on record yet, of one look-up or of all. */
  rest(lookUpId: string | null = null): Span[] {
    return [...this.#pending.values()]
      .filter((p) => (lookUpId === null || p.lookUpId === lookUpId) && p.endMs > p.recordedMs)
      .map((p) => this.#record(p));
  }

  #record(pending: Span & { recordedMs: number }): Span {
    const { lookUpId, cameraId, recordedMs, endMs } = pending;
    pending.recordedMs = endMs;
    return { lookUpId, cameraId, beginMs: recordedMs, endMs };
  }
}
