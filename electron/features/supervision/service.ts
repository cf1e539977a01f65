import type { Caller } from '../../contract/caller.ts';
import { theStation } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { RoomId } from '../../lib/ids.ts';
import { err, type Result, unreachable } from '../../lib/result.ts';
import { CentreLine } from './centre-line.ts';
import type { Line } from './contract.ts';
import type { SupervisionDeps } from './deps.ts';
import { supervisionEvents } from './events.ts';
import type { ToStation } from './protocol.ts';
import { arrived, receiveAsk, tellAgain, withdraw } from './requests.ts';
import { forgetWindows, hearWindow, tellRooms } from './rooms.ts';
import { mayBeSeen } from './rules.ts';
import { liveSettings } from './settings.ts';
import type { SignalAnswer, SignalFailure, SignalRequest } from './signal.ts';
import { openViews } from './store.ts';
import { compareViews, endDueViews, endViewThere } from './views.ts';
import { endDueResources, endResources, whipSignal } from './whip-desk.ts';

/** Opens the line that the settings ask for, in place of the one before. */
export function openLine(deps: SupervisionDeps): void {
  closeLine(deps);
  const { way, address } = liveSettings(deps);
  if (way !== 'centre') return;
  deps.live.line = new CentreLine(address, {
    clock: deps.clock,
    identity: () => {
      const [site, keys] = [deps.ring.site(), deps.ring.keys()];
      return site && keys && { stationId: site.stationId, siteName: site.siteName, signing: keys.signing };
    },
    centreKeys: deps.centreKeys,
    opened: (views) => {
      deps.live.lineAwaySinceMs = null;
      deps.live.toldRooms = '';
      compareViews(deps, views);
      tellRooms(deps);
      tellAgain(deps);
    },
    heard: (message) => hear(deps, message),
    misspoke: (fault) =>
      inTransaction(deps.db, (w) =>
        deps.journal.append(w, { kind: 'station' }, supervisionEvents.misspoke, { fault: fault.slice(0, 60) }),
      ),
    changed: (line) => {
      if (line.kind !== 'open') deps.live.lineAwaySinceMs ??= deps.clock.monotonicMs();
      deps.changed();
    },
  });
}

export function closeLine(deps: SupervisionDeps): void {
  deps.live.line?.close();
  deps.live.line = null;
  deps.live.lineAwaySinceMs ??= deps.clock.monotonicMs();
}

/** How the line stands. */
export const lineNow = (deps: SupervisionDeps): Line => deps.live.line?.line ?? { kind: 'off' };

function hear(deps: SupervisionDeps, message: ToStation): void {
  switch (message.kind) {
    case 'ask':
      receiveAsk(deps, message);
      break;
    case 'withdraw':
      withdraw(deps, message.requestId);
      break;
    case 'have':
      arrived(deps, message.requestId);
      break;
    case 'end-view':
      endViewThere(deps, message.viewId);
      break;
    case 'size':
      if (deps.live.sizes.get(message.roomId) === message.size || !isSeen(deps, message.roomId)) break;
      deps.live.sizes.set(message.roomId, message.size);
      deps.changed();
      break;
    case 'transport-lost':
      if (deps.book()?.room(message.roomId) === undefined) break;
      deps.live.lost.set(message.roomId, (deps.live.lost.get(message.roomId) ?? 0) + 1);
      deps.changed();
      break;
    // Answers and the handshake are the line's own.
    case 'challenge':
    case 'welcome':
    case 'turned-away':
    case 'signal-answer':
    case 'signal-failure':
      break;
    default:
      unreachable(message);
  }
}

const isSeen = (deps: SupervisionDeps, roomId: string): boolean => openViews(deps.db).some((v) => v.roomId === roomId);

/** Whether pictures of a room are to leave now. Nothing leaves before somebody of the site, or its setting, allowed it. */
export function isWanted(deps: SupervisionDeps, roomId: string): boolean {
  const { way } = liveSettings(deps);
  if (!mayBeSeen(deps.sessionAt(roomId)?.state ?? null)) return false;
  return way === 'whip' || (way === 'centre' && isSeen(deps, roomId));
}

/** Carries one step of a room's window to the other side. */
export async function signal(
  deps: SupervisionDeps,
  caller: Caller,
  at: { roomId: RoomId; windowId: string },
  request: SignalRequest,
): Promise<Result<SignalAnswer, SignalFailure>> {
  const window = deps.live.windows.get(at.roomId);
  if (window?.windowId !== at.windowId) hearWindow(deps, at.roomId, at.windowId, []);
  switch (request.kind) {
    case 'whip-offer':
    case 'whip-restart':
    case 'whip-end':
      return whipSignal(deps, caller, at, request);
    default: {
      // Ending is always allowed, whoever still looks.
      if (request.kind !== 'close-transport' && !isWanted(deps, at.roomId)) return err('not-wanted');
      return (await deps.live.line?.call(at.roomId, request)) ?? err('no-line');
    }
  }
}

/** What a second brings: looks and streams that may not go on end, and the centre hears what is new. */
export function tick(deps: SupervisionDeps): void {
  forgetWindows(deps);
  endDueViews(deps);
  if (deps.live.resources.size > 0) endDueResources(deps);
  tellRooms(deps);
}

/** The station closes: streams at a WHIP server would otherwise stand until it times out. */
export async function closeSupervision(deps: SupervisionDeps): Promise<void> {
  closeLine(deps);
  await endResources(deps, theStation, () => true);
}
