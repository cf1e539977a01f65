import type { RoomId } from '../../lib/ids.ts';
import type { SupervisionDeps } from './deps.ts';
import type { RoomOnWall } from './protocol.ts';
import type { LiveState } from './protocol-words.ts';
import { mayBeSeen, windowGoneMs } from './rules.ts';

/** The rooms as the centre's wall shows them: of every room that has cameras its session now, and how it is recorded. */
export function roomsOnWall(deps: SupervisionDeps): RoomOnWall[] {
  return (deps.book()?.plan.rooms ?? [])
    .filter((room) => room.cameras.length > 0)
    .slice(0, 200)
    .map((room) => {
      const here = deps.sessionAt(room.roomId);
      const views = here === null ? [] : deps.cameras(here.session.sessionId, room.roomId);
      const live = deps.live.windows.get(room.roomId)?.cameras;
      return {
        roomId: room.roomId,
        name: room.name,
        location: room.location,
        session:
          here === null ? null : { sessionId: here.session.sessionId, label: here.session.label, state: here.state },
        cameras: room.cameras.slice(0, 16).map(({ cameraId, label }) => ({
          cameraId,
          label,
          recording: views.find((v) => v.cameraId === cameraId)?.state.kind ?? ('not-started' as const),
          live: live?.get(cameraId) ?? ('off' as const),
        })),
      };
    });
}

/** Tells the centre when anything of it is new. */
export function tellRooms(deps: SupervisionDeps): void {
  if (deps.live.line?.line.kind !== 'open') return;
  const rooms = roomsOnWall(deps);
  const text = JSON.stringify(rooms);
  if (text !== deps.live.toldRooms && deps.live.line.tell({ kind: 'rooms', rooms })) deps.live.toldRooms = text;
}

/** A room's window says how its cameras' ways stand. Another window than before takes over. */
export function hearWindow(
  deps: SupervisionDeps,
  roomId: RoomId,
  windowId: string,
  cameras: readonly { cameraId: string; state: LiveState }[],
): void {
  const before = deps.live.windows.get(roomId);
  const states = new Map(cameras.map((c) => [c.cameraId, c.state])) as NonNullable<typeof before>['cameras'];
  deps.live.windows.set(roomId, { windowId, heardAtMs: deps.clock.monotonicMs(), cameras: states });
  tellRooms(deps);
}

/** Every second: windows that say nothing any more are forgotten, and rooms whose session is over. */
export function forgetWindows(deps: SupervisionDeps): void {
  const nowMs = deps.clock.monotonicMs();
  for (const [roomId, { heardAtMs }] of deps.live.windows) {
    if (nowMs - heardAtMs > windowGoneMs || !mayBeSeen(deps.sessionAt(roomId)?.state ?? null)) {
      deps.live.windows.delete(roomId);
    }
  }
}
