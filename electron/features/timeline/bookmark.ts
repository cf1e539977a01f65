import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { CameraId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import { onRecord, type TimelineDeps } from './deps.ts';
import { timelineEvents } from './events.ts';
import { type NoLookUp, ownLookUp } from './look-up.ts';

/** A moment and a note, on record in the journal alone: that is where the timeline finds it again. */
export function bookmark(
  deps: TimelineDeps,
  caller: Caller,
  wish: { lookUpId: string; cameraId: CameraId | null; atMs: number; note: string },
): Result<Record<string, never>, NoLookUp> {
  const lookUp = ownLookUp(deps, caller, wish.lookUpId);
  if (!lookUp.ok) return lookUp;
  const { sessionId, roomId, role } = lookUp.value;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller, role),
      timelineEvents.bookmarked,
      { ...wish, roomId },
      onRecord(deps, sessionId),
    ),
  );
  return ok({});
}
