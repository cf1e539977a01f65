import type { Alarm, RoomRow, SessionState } from '../../../electron/features/session/contract.ts';

/** What one row of the office's room table says at its end: the worst alarm of the room, or that all is well. */
export type RoomStatus =
  | { kind: 'alarm'; alarm: Alarm }
  | { kind: 'waiting' }
  | { kind: 'fine' }
  | { kind: 'marking'; locked: number; panel: number }
  | { kind: 'marked' };

export function roomStatus(room: RoomRow, state: SessionState, alarms: readonly Alarm[]): RoomStatus {
  const alarm = worstFirst(alarms).find((a) => a.roomId === room.roomId);
  if (alarm !== undefined) return { kind: 'alarm', alarm };
  if (state === 'preparing') return { kind: 'waiting' };
  if (state === 'closed' && room.marking.signed < room.marking.panel) {
    return { kind: 'marking', locked: room.marking.locked, panel: room.marking.panel };
  }
  return state === 'closed' || state === 'sealed' ? { kind: 'marked' } : { kind: 'fine' };
}

/** Stops before warnings, the oldest first: who has waited longest is helped first. */
export const worstFirst = (alarms: readonly Alarm[]): Alarm[] =>
  alarms.toSorted((a, b) => (a.level === b.level ? a.sinceMs - b.sinceMs : a.level === 'stop' ? -1 : 1));
