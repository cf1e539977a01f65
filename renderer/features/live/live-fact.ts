import type { LossReason } from './reconnect.ts';
import type { RoomLiveView } from './room-live.ts';

export type LiveFactNow = { tone: 'done' | 'look' | 'not-done' } & (
  | { kind: 'off' | 'opening' | 'giving-way' | 'no-camera' }
  | { kind: 'sent'; cameras: number; isSmall: boolean }
  | { kind: 'hindered'; reason: LossReason }
);

/**
 * What the room is told of its live picture; null where none is set up. A network that is away is grey: it costs no recording,
 * and nobody in the room can mend it.
 */
export function liveFact(view: Pick<RoomLiveView, 'asked' | 'cameras' | 'hindrance' | 'room'>): LiveFactNow | null {
  const { asked, cameras, hindrance, room } = view;
  if (asked === null || asked.way === 'none') return null;
  if (!asked.wanted) return { kind: 'off', tone: 'not-done' };
  const states = [...cameras.values()];
  if (hindrance !== null) return { kind: 'hindered', reason: hindrance, tone: 'not-done' };
  if (states.every((s) => s === 'off' || s === 'no-camera')) return { kind: 'no-camera', tone: 'not-done' };
  if (states.includes('giving-way')) return { kind: 'giving-way', tone: 'look' };
  const sent = states.filter((s) => s === 'live').length;
  if (sent === 0) return { kind: 'opening', tone: 'not-done' };
  return { kind: 'sent', cameras: sent, isSmall: room === 'small', tone: room === 'small' ? 'look' : 'done' };
}
