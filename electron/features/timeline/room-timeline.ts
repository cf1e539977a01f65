import type { Caller } from '../../contract/caller.ts';
import type { CameraId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import { admissionWindow } from '../session/rules.ts';
import type { RoomTimeline } from './contract.ts';
import type { TimelineDeps } from './deps.ts';
import { pieceView } from './keep.ts';
import { lookUpView, type NoLookUp, ownLookUp, recordViews } from './look-up.ts';
import { roomEvents } from './room-events.ts';
import { piecesIn, viewsOf } from './store.ts';

const MINUTE_MS = 60_000;

/** Everything the timeline of a room shows, the video itself left out. */
export function roomTimeline(deps: TimelineDeps, caller: Caller, lookUpId: string): Result<RoomTimeline, NoLookUp> {
  const own = ownLookUp(deps, caller, lookUpId);
  if (!own.ok) return own;
  const { sessionId, roomId } = own.value;
  const book = deps.book();
  const [session, room] = [book?.session(sessionId), book?.room(roomId)];
  // A plan adopted since then has other sessions and rooms.
  if (!book || !session || !room) return { ok: false, error: { code: 'NO_SUCH_LOOK_UP' } };
  const cameras = deps.cameras(sessionId, roomId);
  const stored = cameras.flatMap((c) => c.stored);
  const { lateAtMs } = admissionWindow(session.startsAtMs, deps.rules(sessionId));
  const beginMs = Math.min(session.startsAtMs - 15 * MINUTE_MS, ...stored.map((i) => i.beginMs));
  const endMs = Math.max(session.endsAtMs, ...stored.map((i) => i.endMs));
  const span = { beginMs, endMs: Math.max(endMs, beginMs + MINUTE_MS) };
  recordViews(deps, deps.viewed.rest(lookUpId));
  return ok({
    lookUp: lookUpView(deps, own.value),
    sessionId,
    room: { roomId, name: room.name, location: room.location },
    span,
    startsAtMs: session.startsAtMs,
    lateAtMs,
    endsAtMs: session.endsAtMs,
    cameras: cameras.map(({ cameraId, label, stored, gaps }) => ({ cameraId, label, stored, gaps })),
    events: roomEvents(deps, book, own.value, span),
    kept: piecesIn(deps.db, sessionId)
      .filter((p) => room.cameras.some((c) => c.cameraId === p.cameraId))
      .map((p) => pieceView(deps, p, deps.vault.find(deps.db, p.evidenceId)!)),
    viewed: viewsOf(deps.db, lookUpId).map((v) => ({ ...v, cameraId: v.cameraId as CameraId })),
  });
}
