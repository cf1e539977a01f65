import { isDefinedError, safe } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Attempt, Guidance, Lane } from '../../../electron/features/checkin/contract.ts';
import { station } from '../../api/client.ts';
import { outcomeUnknown } from '../../api/outcome.ts';
import { ask, guardRefusal, queryClient } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { onStationEvent } from '../../api/station-events.tsx';
import { type DoorScene, doorScene } from '../../features/checkin/door-scene.ts';
import { lookupOrder } from '../../features/checkin/lookup-order.ts';
import { play } from '../../ui/sounds.ts';

type RoomId = Lane['roomId'];
type CandidateId = NonNullable<Attempt['candidateId']>;
type AdmitByHand = Omit<Parameters<typeof station.checkin.admitByHand>[0], 'attemptId'>;

/** The answer was lost, the record has been read back, and the step is not in it: it may be taken again. */
export class NotSaved extends Error {}

/** Everything the panels of the door need. Actions save first and show afterwards; none is repeated by itself. */
export interface Door {
  lane: Lane;
  scene: DoorScene;
  /** An action is under way: the blue block is deaf. */
  busy: boolean;
  /** The last refusal, to be shown in its place until the next step. */
  refusal: unknown;
  /** The last action got no answer; the record is being read again. */
  unknown: boolean;
  guidance: Guidance | null | undefined;
  /** The frame that was good, until the station's own copy is asked for. */
  still: { attemptId: string; frame: Blob } | null;
  lookupOpen: boolean;
  setLookupOpen: (open: boolean) => void;
  readAgain: () => void;
  presentTicket: (text: string) => void;
  lookUp: (typed: string) => void;
  chooseMatch: (candidateId: CandidateId) => void;
  look: (attempt: Attempt, frame: Blob) => Promise<void>;
  admit: (attempt: Attempt) => void;
  admitByHand: (attempt: Attempt, wish: AdmitByHand) => void;
  setAside: (attempt: Attempt) => void;
  dismiss: (attempt: Attempt) => void;
  toManual: (attempt: Attempt) => void;
  leaveManual: () => void;
  wavedOn: (attempt: Attempt) => void;
}

/** The door of one room as this window drives it; null until the station has told what is there. */
export function useDoor(roomId: string): { door: Door | null; error: unknown; readAgain: () => void } {
  const input = useMemo(() => ({ roomId: roomId as RoomId }), [roomId]);
  const laneKey = useMemo(() => ask.checkin.lane.queryKey({ input }), [input]);
  // Asked again every ten seconds besides the events: time alone makes someone late or lets a door open.
  // The card reader comes to the door that is opened; a window that only asks again leaves it where it is.
  const opened = useRef<string | null>(null);
  const laneQuery = useQuery({
    ...ask.checkin.lane.queryOptions({ input, refetchInterval: 10_000, staleTime: 0 }),
    queryFn: async ({ signal }) => {
      const lane = await station.checkin.lane({ ...input, again: opened.current === roomId }, { signal });
      opened.current = roomId;
      return lane;
    },
  });
  const [seenAttemptId, setSeen] = useState<string | null>(null);
  const [manualAttemptId, setManual] = useState<string | null>(null);
  const [lookupOpen, setLookupOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const busyNow = useRef(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [unknown, setUnknown] = useState(false);
  const [guidance, setGuidance] = useState<Guidance | null | undefined>(undefined);
  const [still, setStill] = useState<Door['still']>(null);

  const readLane = useCallback(async () => {
    await queryClient.invalidateQueries({ queryKey: laneKey });
    if (queryClient.getQueryState(laneKey)?.status === 'success') setUnknown(false);
  }, [laneKey]);

  const show = useCallback(
    (attempt: Attempt) =>
      queryClient.setQueryData<Lane>(laneKey, (lane) => (lane === undefined ? lane : { ...lane, attempt })),
    [laneKey],
  );

  useEffect(
    () =>
      onStationEvent((event) => {
        if (event.kind !== 'reader' || event.roomId !== roomId) return;
        const { reader } = event;
        queryClient.setQueryData<Lane>(laneKey, (lane) => (lane === undefined ? lane : { ...lane, reader }));
      }),
    [laneKey, roomId],
  );

  const attemptId = laneQuery.data?.attempt?.attemptId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said of one person must not stand over the next
  useEffect(() => {
    setGuidance(undefined);
    setRefusal(null);
    setLookupOpen(false);
  }, [attemptId]);

  /** Runs one action to its end. A lost answer is never retried: the record is read back instead. */
  const run = useCallback(
    async (action: () => Promise<Attempt>, done?: (attempt: Attempt) => void) => {
      if (busyNow.current) return;
      busyNow.current = true;
      setBusy(true);
      setRefusal(null);
      const { error, data } = await safe(action());
      busyNow.current = false;
      setBusy(false);
      if (error === null) {
        show(data);
        done?.(data);
        void queryClient.invalidateQueries({ queryKey: laneKey });
        return;
      }
      const guard = guardRefusal(error);
      if (guard !== null) return askForSignIn(guard);
      if (outcomeUnknown(error)) {
        const before = queryClient.getQueryData<Lane>(laneKey)?.attempt;
        setUnknown(true);
        await readLane();
        const now = queryClient.getQueryData<Lane>(laneKey)?.attempt;
        if (now?.attemptId === before?.attemptId && now?.outcome === before?.outcome) setRefusal(new NotSaved());
        return;
      }
      setRefusal(error);
      const closed = isDefinedError(error) ? (error as { code?: string; data?: { attempt?: Attempt } }) : {};
      if (closed.code === 'ATTEMPT_CLOSED' && closed.data?.attempt) show(closed.data.attempt);
      else void queryClient.invalidateQueries({ queryKey: laneKey });
    },
    [laneKey, readLane, show],
  );

  const lane = laneQuery.data;
  const scene = useMemo(
    () => (lane === undefined ? null : doorScene(lane, { seenAttemptId, manualAttemptId })),
    [lane, seenAttemptId, manualAttemptId],
  );
  const readAgain = () => void readLane();
  if (lane === undefined || scene === null) return { door: null, error: laneQuery.error, readAgain };

  const admitted = () => play('admitted');
  // The attempt may be the one that was open already: then nothing else takes the panel off the screen.
  const closeLookup = () => setLookupOpen(false);
  const door: Door = {
    lane,
    scene,
    busy,
    refusal,
    unknown,
    guidance,
    still,
    lookupOpen,
    setLookupOpen,
    readAgain,
    presentTicket: (text) => void run(() => station.checkin.presentTicket({ roomId: lane.roomId, text })),
    lookUp: (typed) =>
      void run(async () => {
        const [first, second] = lookupOrder(typed);
        const by = {
          document: () => station.checkin.typeDocument({ roomId: lane.roomId, documentNumber: typed }),
          ticket: () => station.checkin.presentTicket({ roomId: lane.roomId, text: typed }),
        };
        const found = await safe(by[first!]());
        if (found.error === null) return found.data;
        // The first refusal says more than the second: it is about the list the number looks like.
        const other = second !== undefined && isDefinedError(found.error) ? await safe(by[second]()) : null;
        if (other?.error === null) return other.data;
        throw found.error;
      }, closeLookup),
    chooseMatch: (candidateId) =>
      void run(() => station.checkin.chooseMatch({ roomId: lane.roomId, candidateId }), closeLookup),
    look: async (attempt, frame) => {
      const { error, data } = await safe(station.checkin.presentFace({ attemptId: attempt.attemptId, frame }));
      if (error !== null) {
        const guard = guardRefusal(error);
        if (guard !== null) askForSignIn(guard);
        // Without an answer the next frame is as good; a refusal means that the record has moved on.
        else if (isDefinedError(error)) void queryClient.invalidateQueries({ queryKey: laneKey });
        return;
      }
      setGuidance(data.guidance);
      if (data.guidance === null) setStill({ attemptId: attempt.attemptId, frame });
      // Frames answer late: a record that has been closed or replaced meanwhile stays as it is.
      const now = queryClient.getQueryData<Lane>(laneKey)?.attempt;
      if (now?.attemptId === attempt.attemptId && now.outcome === null) show(data.attempt);
    },
    admit: (attempt) => void run(() => station.checkin.admit({ attemptId: attempt.attemptId }), admitted),
    admitByHand: (attempt, wish) =>
      void run(() => station.checkin.admitByHand({ ...wish, attemptId: attempt.attemptId }), admitted),
    setAside: (attempt) =>
      void run(
        () => station.checkin.setAside({ attemptId: attempt.attemptId }),
        () => play('amber'),
      ),
    dismiss: (attempt) => void run(() => station.checkin.dismiss({ attemptId: attempt.attemptId })),
    toManual: (attempt) => setManual(attempt.attemptId),
    leaveManual: () => setManual(null),
    wavedOn: (attempt) => setSeen(attempt.attemptId),
  };
  return { door, error: null, readAgain };
}
