import { sessionEvents } from '../features/session/events.ts';
import type { Foundation } from './foundation.ts';

const CHECKPOINT_MS = 5 * 60_000;
/** What is done once a day, and is asked for first when it is doubted. */
const AT_ONCE = [sessionEvents.opened.id, sessionEvents.closed.id];

/**
 * A checkpoint every few minutes while there is something new, and at once when a session was opened or closed: what it covers
 * cannot be changed unseen.
 */
export function checkpointWhenDue({ journal, ring, clock }: Pick<Foundation, 'journal' | 'ring' | 'clock'>): void {
  const keys = ring.keys();
  const site = ring.site();
  if (!keys || !site) return;
  const last = journal.lastCheckpoint();
  const due =
    !last ||
    (last.size < journal.size() &&
      (clock.wallMs() - last.atMs >= CHECKPOINT_MS || journal.hasSince(last.size, AT_ONCE)));
  if (due) journal.checkpoint('regular', keys.signing, site.stationId);
}
