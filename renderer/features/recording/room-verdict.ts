import type { CameraFault, CameraView } from '../../../electron/features/recording/contract.ts';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import { type CameraWork, isPictureOnly, isWeak } from './camera-recorder.ts';
import type { RefusedForGood } from './delivery/delivery-queue.ts';

/** What can be wrong with a camera as this desk shows it: its own faults, and that the station has no room for what comes. */
export type TileFault = CameraFault | 'disk-full';

/** What one tile says. */
export type TileState =
  | { kind: 'not-started' }
  | { kind: 'opening' }
  | { kind: 'recording' }
  /** `storing`: frames are stored although they show nothing; `weak`: they show the room, only not as they should. */
  | { kind: 'fault'; fault: TileFault; sinceMs: number; attempts: number; storing: boolean; weak: boolean }
  | { kind: 'refused'; code: RefusedForGood }
  | { kind: 'elsewhere' }
  | { kind: 'stopping' }
  | { kind: 'stopped' };

/**
 * @param work  what this window does with the camera; null when it has not begun
 * @param atStation  what the station knows of it
 * @param anyStartedAtMs  since when this window records other cameras of the room: then one without a device is a fault
 * @param refusedForRoomSinceMs  since when the station's disk has no room for what this window sends; null while it has
 */
export function tileState(
  work: CameraWork | null,
  atStation: CameraView['state'],
  anyStartedAtMs: number | null,
  refusedForRoomSinceMs: number | null = null,
): TileState {
  if (work !== null && work.kind !== 'idle') {
    if (work.kind === 'fault') return { ...work, storing: isPictureOnly(work.fault), weak: isWeak(work.fault) };
    if (work.kind !== 'recording' || refusedForRoomSinceMs === null) return work;
    const since = atStation.kind === 'silent' ? atStation.sinceMs : refusedForRoomSinceMs;
    return { kind: 'fault', fault: 'disk-full', sinceMs: since, attempts: 0, storing: false, weak: false };
  }
  if (atStation.kind === 'recording') return { kind: 'elsewhere' };
  if (anyStartedAtMs !== null) {
    return { kind: 'fault', fault: 'absent', sinceMs: anyStartedAtMs, attempts: 0, storing: false, weak: false };
  }
  return atStation.kind === 'stopped' ? { kind: 'stopped' } : { kind: 'not-started' };
}

/** The one answer of the screen. `camera` counts from 0. */
export type RoomVerdict =
  | { kind: 'not-open' }
  | { kind: 'no-cameras' }
  | { kind: 'closed' }
  | { kind: 'ready' }
  | { kind: 'elsewhere' }
  | { kind: 'opening' }
  | { kind: 'recording' }
  | { kind: 'fault'; camera: number; others: number; faulty: number }
  | { kind: 'refused'; code: RefusedForGood }
  | { kind: 'stopping' }
  | { kind: 'stopped' };

/** The worst thing about the room decides: a stopped camera, one that shows nothing, a weak one; older before newer. */
export function roomVerdict(tiles: readonly TileState[], session: SessionState): RoomVerdict {
  const has = (kind: TileState['kind']) => tiles.some((t) => t.kind === kind);
  if (tiles.length === 0) return { kind: 'no-cameras' };
  if (has('stopping')) return { kind: 'stopping' };
  if (session === 'closed' || session === 'sealed') return has('stopped') ? { kind: 'stopped' } : { kind: 'closed' };
  const faults = tiles.flatMap((t, camera) => (t.kind === 'fault' ? [{ ...t, camera }] : []));
  const rank = (f: (typeof faults)[number]) => Number(f.storing) + Number(f.weak);
  const worst = faults.toSorted((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs)[0];
  if (worst !== undefined) {
    const others = tiles.filter((t) => t.kind === 'recording').length;
    return { kind: 'fault', camera: worst.camera, others, faulty: faults.length };
  }
  const refused = tiles.find((t) => t.kind === 'refused');
  if (refused !== undefined) return { kind: 'refused', code: refused.code };
  if (has('opening')) return { kind: 'opening' };
  if (tiles.every((t) => t.kind === 'recording')) return { kind: 'recording' };
  if (session === 'preparing') return { kind: 'not-open' };
  if (has('elsewhere')) return { kind: 'elsewhere' };
  return has('stopped') ? { kind: 'stopped' } : { kind: 'ready' };
}
