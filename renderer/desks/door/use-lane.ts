import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Attempt, Lane } from '../../../electron/features/checkin/contract.ts';
import { station } from '../../api/client.ts';
import { ask, queryClient } from '../../api/query.ts';
import { onStationEvent } from '../../api/station-events.tsx';

export interface DoorAt {
  roomId: Lane['roomId'];
  lane: number;
}

/** What the station shows of one lane, kept up to date, and the ways to change what this window has of it. */
export interface LaneRecord {
  at: DoorAt;
  lane: Lane | undefined;
  error: unknown;
  /** Reads the lane again. True when the station answered. */
  readAgain: () => Promise<boolean>;
  /** Marks the lane as old: it is read again soon, and nobody waits for it. */
  isOld: () => void;
  /** The lane as this window has it this very moment, not as it was drawn last. */
  now: () => Lane | undefined;
  show: (attempt: Attempt) => void;
}

export function useLane(roomId: string, laneNumber: number): LaneRecord {
  const at = useMemo<DoorAt>(() => ({ roomId: roomId as Lane['roomId'], lane: laneNumber }), [roomId, laneNumber]);
  const key = useMemo(() => ask.checkin.lane.queryKey({ input: at }), [at]);
  // Asked again every ten seconds besides the events: time alone makes someone late or lets a door open.
  // The card reader comes to the door that is opened; a window that only asks again leaves it where it is.
  const opened = useRef<DoorAt | null>(null);
  const query = useQuery({
    ...ask.checkin.lane.queryOptions({ input: at, refetchInterval: 10_000, staleTime: 0 }),
    queryFn: async ({ signal }) => {
      const lane = await station.checkin.lane({ ...at, again: opened.current === at }, { signal });
      opened.current = at;
      return lane;
    },
  });
  const change = useCallback(
    (part: Partial<Lane>) =>
      void queryClient.setQueryData<Lane>(key, (lane) => (lane === undefined ? lane : { ...lane, ...part })),
    [key],
  );
  const isOld = useCallback(() => void queryClient.invalidateQueries({ queryKey: key }), [key]);
  useEffect(
    () =>
      onStationEvent((event) => {
        if (event.kind !== 'reader') return;
        const here = event.roomId === at.roomId && event.lane === at.lane;
        if (here) return change({ reader: event.reader });
        // It has gone to work for another lane: that one's cards are not shown here.
        const { kind } = queryClient.getQueryData<Lane>(key)?.reader ?? {};
        if (kind !== undefined && kind !== 'elsewhere' && kind !== 'none') isOld();
      }),
    [key, at, change, isOld],
  );
  const readAgain = useCallback(async () => {
    await queryClient.invalidateQueries({ queryKey: key });
    return queryClient.getQueryState(key)?.status === 'success';
  }, [key]);
  const now = useCallback(() => queryClient.getQueryData<Lane>(key), [key]);
  const show = useCallback((attempt: Attempt) => change({ attempt }), [change]);
  return { at, lane: query.data, error: query.error, readAgain, isOld, now, show };
}
