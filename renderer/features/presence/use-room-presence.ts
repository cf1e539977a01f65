import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Recheck, RoomPresence } from '../../../electron/features/presence/contract.ts';
import { ask } from '../../api/query.ts';
import { play } from '../../ui/sounds.ts';

/** Who is in the room. Asked again every half minute besides the events: a re-check becomes due by time alone. */
export function useRoomPresence(roomId: RoomPresence['roomId']): RoomPresence | undefined {
  return useQuery(ask.presence.room.queryOptions({ input: { roomId }, refetchInterval: 30_000, staleTime: 0 })).data;
}

/** Re-checks not decided yet, longest due first; who is out of the room comes last. */
export const openRechecks = (room: RoomPresence | undefined): Recheck[] =>
  (room?.rechecks ?? [])
    .filter(({ state }) => state.kind !== 'done')
    .toSorted((a, b) => Number(b.inside) - Number(a.inside) || a.dueAtMs - b.dueAtMs);

/** Two soft ticks when somebody new is due: people write an exam in this room. */
export function useRecheckSound(due: readonly Recheck[]): void {
  const heard = useRef(new Set<string>());
  const ids = due.filter(({ inside }) => inside).map(({ recheckId }) => recheckId);
  const key = ids.join(' ');
  // Sounds when somebody is added, not at every drawing.
  useEffect(() => {
    const now = key.split(' ').filter(Boolean);
    if (now.some((id) => !heard.current.has(id))) play('take-card');
    for (const id of now) heard.current.add(id);
  }, [key]);
}
