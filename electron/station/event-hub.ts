import type { StationEvent } from '../contract/events.ts';

/** Events a slow window may be behind before it is told to read everything again instead. */
const QUEUE_LIMIT = 200;

/** Hands every event to every listening window. Windows re-read what changed, so losing one only costs a re-read. */
export class EventHub {
  readonly #listeners = new Set<(event: StationEvent) => void>();

  publish(event: StationEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** An endless stream from now on; ends when `signal` aborts. */
  async *listen(first: StationEvent, signal: AbortSignal | undefined): AsyncGenerator<StationEvent, void, void> {
    const queue: StationEvent[] = [first];
    let wake: (() => void) | null = null;
    const listener = (event: StationEvent) => {
      if (queue.length >= QUEUE_LIMIT) queue.splice(0, queue.length, first);
      else queue.push(event);
      wake?.();
    };
    const stop = () => wake?.();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const event = queue.shift();
        if (event) yield event;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}
