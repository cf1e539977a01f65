import type { CameraFault, CameraView } from '../../../electron/features/recording/contract.ts';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import { type CameraWork, isPictureOnly } from './camera-recorder.ts';
import type { RefusedForGood } from './delivery/delivery-queue.ts';

/** What one tile says. */
export type TileState =
  | { kind: 'not-started' }
  | { kind: 'opening' }
  | { kind: 'recording' }
  /** `storing`: frames are stored although they show nothing. */
  | { kind: 'fault'; fault: CameraFault; sinceMs: number; attempts: number; storing: boolean }
  | { kind: 'refused'; code: RefusedForGood }
  | { kind: 'elsewhere' }
  | { kind: 'stopping' }
  | { kind: 'stopped' };

/**
 * @param work  what this window does with the camera; null when it has not begun
 * @param atStation  what the station knows of it
 * @param anyStarted  whether this window records other cameras of the room: then one without a device is a fault
 */
export function tileState(
  work: CameraWork | null,
  atStation: CameraView['state'],
  anyStartedAtMs: number | null,
): TileState {
  if (work !== null && work.kind !== 'idle') {
    return work.kind === 'fault' ? { ...work, storing: isPictureOnly(work.fault) } : work;
  }
  if (atStation.kind === 'recording') return { kind: 'elsewhere' };
  if (anyStartedAtMs !== null) {
    return { kind: 'fault', fault: 'absent', sinceMs: anyStartedAtMs, attempts: 0, storing: false };
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

/** The worst thing about the room decides: a stopped camera before one that shows nothing, older before newer. */
export function roomVerdict(tiles: readonly TileState[], session: SessionState): RoomVerdict {
  const has = (kind: TileState['kind']) => tiles.some((t) => t.kind === kind);
  if (tiles.length === 0) return { kind: 'no-cameras' };
  if (has('stopping')) return { kind: 'stopping' };
  if (session === 'closed' || session === 'sealed') return has('stopped') ? { kind: 'stopped' } : { kind: 'closed' };
  const faults = tiles.flatMap((t, camera) => (t.kind === 'fault' ? [{ ...t, camera }] : []));
  const worst = faults.toSorted((a, b) => Number(a.storing) - Number(b.storing) || a.sinceMs - b.sinceMs)[0];
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
