import { actorOf, type Caller, theStation } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { SupervisionDeps } from './deps.ts';
import { supervisionEvents } from './events.ts';
import { mayBeSeen, whipAddress } from './rules.ts';
import { liveSettings, whipToken } from './settings.ts';
import type { SignalAnswer, SignalFailure, WhipRequest } from './signal.ts';
import { type WhipSession, whipEnd, whipOffer, whipRestart } from './whip.ts';

/** One camera's stream at the WHIP server, as the station keeps it for the room's window. */
export interface WhipResource {
  readonly whip: WhipSession;
  readonly host: string;
  readonly roomId: RoomId;
  readonly cameraId: CameraId;
  readonly sessionId: SessionId;
  readonly windowId: string;
  readonly sinceMs: number;
}

/** Speaks to the WHIP server for a room's window, which is bound to the station by its content policy. */
export async function whipSignal(
  deps: SupervisionDeps,
  caller: Caller,
  at: { roomId: RoomId; windowId: string },
  request: WhipRequest,
): Promise<Result<SignalAnswer, SignalFailure>> {
  const { resources } = deps.live;
  if (request.kind === 'whip-offer') return offer(deps, caller, at, request);
  const resource = resources.get(request.resource);
  if (resource === undefined || resource.windowId !== at.windowId) return err('gone');
  if (request.kind === 'whip-end') {
    await endResources(deps, caller, (_, id) => id === request.resource);
    return ok({ kind: 'done' });
  }
  const restarted = await whipRestart(resource.whip, request.fragment);
  return restarted.ok ? ok({ kind: 'whip-restart', fragment: restarted.value }) : restarted;
}

async function offer(
  deps: SupervisionDeps,
  caller: Caller,
  { roomId, windowId }: { roomId: RoomId; windowId: string },
  { cameraId, sdp }: { cameraId: CameraId; sdp: string },
): Promise<Result<SignalAnswer, SignalFailure>> {
  const settings = liveSettings(deps);
  const here = deps.sessionAt(roomId);
  if (settings.way !== 'whip' || here === null || !mayBeSeen(here.state)) return err('not-wanted');
  if (
    !deps
      .book()
      ?.room(roomId)
      ?.cameras.some((c) => c.cameraId === cameraId)
  )
    return err('refused');
  const { sessionId } = here.session;
  const address = whipAddress(settings.address, { session: sessionId, room: roomId, camera: cameraId });
  // An earlier stream of this camera goes first: servers refuse a second one under the same address.
  await endResources(deps, caller, (r) => r.cameraId === cameraId);
  const taken = await whipOffer(address, whipToken(deps), sdp);
  if (!taken.ok) return taken;
  const id = newId('W');
  const { host } = new URL(address);
  const whip = taken.value.session;
  deps.live.resources.set(id, { whip, host, roomId, cameraId, sessionId, windowId, sinceMs: deps.clock.wallMs() });
  inTransaction(deps.db, (w) => {
    const data = { roomId, cameraId, host };
    deps.journal.append(w, actorOf(caller), supervisionEvents.sendingBegun, data, sessionId);
  });
  deps.changed();
  return ok({ kind: 'whip-offer', resource: id, sdp: taken.value.sdp });
}

/** Ends streams at the WHIP server, each with its entry. */
export async function endResources(
  deps: SupervisionDeps,
  caller: Caller,
  which: (resource: WhipResource, id: string) => boolean,
): Promise<void> {
  const { resources } = deps.live;
  const ending = [...resources].filter(([id, resource]) => which(resource, id));
  for (const [id, { roomId, cameraId, sessionId, host }] of ending) {
    resources.delete(id);
    const onRecord = deps.sessionState(sessionId) === 'sealed' ? null : sessionId;
    inTransaction(deps.db, (w) => {
      const data = { roomId, cameraId, host };
      deps.journal.append(w, actorOf(caller), supervisionEvents.sendingEnded, data, onRecord);
    });
  }
  if (ending.length > 0) deps.changed();
  await Promise.all(ending.map(([, resource]) => whipEnd(resource.whip)));
}

/** Every second: streams whose window is gone, whose session is over, or whose server is no longer set. */
export function endDueResources(deps: SupervisionDeps): void {
  const { way } = liveSettings(deps);
  void endResources(deps, theStation, ({ roomId, windowId, sessionId }) => {
    const window = deps.live.windows.get(roomId);
    return way !== 'whip' || window?.windowId !== windowId || !mayBeSeen(deps.sessionState(sessionId));
  });
}
