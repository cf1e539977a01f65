import type { StationEvent } from '../../electron/contract/events.ts';
import { connectStation } from './client.ts';

/** What the holder of the one event stream tells every window of the browser. */
export type StreamMessage = { kind: 'event'; event: StationEvent } | { kind: 'connection'; live: boolean };

/** The station sends a tick every few seconds; a stream silent for longer than this is dead, though no error came. */
const silenceLimitMs = 20_000;

/**
 * Holds the station's event stream open until `signal` aborts, opening it again one second after every loss.
 * Runs in the shared worker, or in the window that leads where shared workers are missing.
 */
export async function followEvents(origin: string, tell: (message: StreamMessage) => void, signal: AbortSignal) {
  const client = connectStation(origin);
  while (!signal.aborted) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    signal.addEventListener('abort', stop);
    let silence = setTimeout(stop, silenceLimitMs);
    try {
      const events = await client.events(undefined, { signal: attempt.signal });
      tell({ kind: 'connection', live: true });
      for await (const event of events) {
        clearTimeout(silence);
        silence = setTimeout(stop, silenceLimitMs);
        tell({ kind: 'event', event });
      }
    } catch {
      // Every loss looks the same from here and has the same remedy: say so and open the stream again.
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      attempt.abort();
    }
    tell({ kind: 'connection', live: false });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
