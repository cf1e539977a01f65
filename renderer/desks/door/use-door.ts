import { isDefinedError, safe } from '@orpc/client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Attempt, Guidance, Lane } from '../../../electron/features/checkin/contract.ts';
import { station } from '../../api/client.ts';
import { outcomeUnknown } from '../../api/outcome.ts';
import { guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { type DoorScene, doorScene } from '../../features/checkin/door-scene.ts';
import { type DoorActs, doorActs } from './door-acts.ts';
import { type DoorAt, useLane } from './use-lane.ts';

/** The answer was lost, the record has been read back, and the step is not in it: it may be taken again. */
export class NotSaved extends Error {}

/** What staff have laid over the scene; it goes away with the person, or with Esc. */
export type DoorSide = 'look-up' | 'card-camera' | 'other-document' | 'waiting-list' | 'undo' | LateSide;
/** Something found after its attempt was closed, and the admission it speaks of. */
type LateSide = 'late-likeness' | 'undo-late';

/** Everything the panels of the door need. Actions save first and show afterwards; none is repeated by itself. */
export interface Door extends DoorActs {
  /** The lead was called from this window. */
  leadCalled: { attemptId: string; atMs: number } | null;
  at: DoorAt;
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
  side: DoorSide | null;
  setSide: (side: DoorSide | null) => void;
  readAgain: () => void;
  look: (attempt: Attempt, frame: Blob, camera: string) => Promise<void>;
  toManual: (attempt: Attempt) => void;
  leaveManual: () => void;
  wavedOn: (attempt: Attempt) => void;
  /** It was nothing. Whoever waited beside the queue before goes on waiting there: nobody is lost by Esc. */
  cancel: (attempt: Attempt) => void;
}

/** One action to its end: what it answers is shown, what it refuses stands in its place. */
export type Run = (action: () => Promise<Attempt | null>, done?: () => void) => void;

/** One lane of a room's door as this window drives it; null until the station has told what is there. */
export function useDoor(
  roomId: string,
  laneNumber: number,
): { door: Door | null; error: unknown; readAgain: () => void } {
  const record = useLane(roomId, laneNumber);
  const { at, lane, show, now, isOld } = record;
  const [seenAttemptId, setSeen] = useState<string | null>(null);
  const [manualAttemptId, setManual] = useState<string | null>(null);
  const [side, setSide] = useState<DoorSide | null>(null);
  const [busy, setBusy] = useState(false);
  const busyNow = useRef(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [unknown, setUnknown] = useState(false);
  const [guidance, setGuidance] = useState<Guidance | null | undefined>(undefined);
  const [still, setStill] = useState<Door['still']>(null);
  const [leadCalled, setLeadCalled] = useState<Door['leadCalled']>(null);

  const { readAgain: readLane } = record;
  const readBack = useCallback(async () => {
    if (await readLane()) setUnknown(false);
  }, [readLane]);

  const attemptId = lane?.attempt?.attemptId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said of one person must not stand over the next
  useEffect(() => {
    setGuidance(undefined);
    setRefusal(null);
    setSide(null);
  }, [attemptId]);

  /** A lost answer is never retried: the record is read back instead. */
  const run = useCallback(
    async (action: () => Promise<Attempt | null>, done?: () => void) => {
      if (busyNow.current) return;
      busyNow.current = true;
      setBusy(true);
      setRefusal(null);
      const { error, data } = await safe(action());
      busyNow.current = false;
      setBusy(false);
      if (error === null) {
        if (data !== null) show(data);
        done?.();
        isOld();
        return;
      }
      const guard = guardRefusal(error);
      if (guard !== null) return askForSignIn(guard);
      if (outcomeUnknown(error)) {
        const before = now()?.attempt;
        setUnknown(true);
        await readBack();
        const after = now()?.attempt;
        if (after?.attemptId === before?.attemptId && after?.outcome === before?.outcome) setRefusal(new NotSaved());
        return;
      }
      setRefusal(error);
      const closed = isDefinedError(error) ? (error as { code?: string; data?: { attempt?: Attempt } }) : {};
      if (closed.code === 'ATTEMPT_CLOSED' && closed.data?.attempt) show(closed.data.attempt);
      else isOld();
    },
    [readBack, show, now, isOld],
  );

  const look = useCallback(
    async (attempt: Attempt, frame: Blob, camera: string) => {
      const { error, data } = await safe(station.checkin.presentFace({ attemptId: attempt.attemptId, frame, camera }));
      if (error !== null) {
        const guard = guardRefusal(error);
        if (guard !== null) askForSignIn(guard);
        // Without an answer the next frame is as good; a refusal means that the record has moved on.
        else if (isDefinedError(error)) isOld();
        return;
      }
      setGuidance(data.guidance);
      if (data.guidance === null) setStill({ attemptId: attempt.attemptId, frame });
      // Frames answer late: a record that has been closed or replaced meanwhile stays as it is.
      const shown = now()?.attempt;
      if (shown?.attemptId === attempt.attemptId && shown.outcome === null) show(data.attempt);
    },
    [show, now, isOld],
  );

  const scene = useMemo(
    () => (lane === undefined ? null : doorScene(lane, { seenAttemptId, manualAttemptId })),
    [lane, seenAttemptId, manualAttemptId],
  );
  const acts = useMemo(
    () =>
      doorActs(at, (action, done) => void run(action, done), {
        closeSide: () => setSide(null),
        wavedOn: setSeen,
        called: (calledId) => setLeadCalled({ attemptId: calledId, atMs: stationNowMs() }),
        readLane,
      }),
    [at, run, readLane],
  );
  const readAgain = () => void readBack();
  if (lane === undefined || scene === null) return { door: null, error: record.error, readAgain };
  const door: Door = {
    ...acts,
    at,
    lane,
    scene,
    leadCalled,
    busy,
    refusal,
    unknown,
    guidance,
    still,
    side,
    setSide: (next) => {
      setRefusal(null);
      setSide(next);
    },
    readAgain,
    look,
    toManual: (attempt) => setManual(attempt.attemptId),
    leaveManual: () => setManual(null),
    wavedOn: (attempt) => setSeen(attempt.attemptId),
    cancel: (attempt) => {
      const waited = lane.waiting.some(({ candidateId }) => candidateId === attempt.candidateId);
      if (waited) acts.setAside(attempt);
      else acts.dismiss(attempt);
    },
  };
  return { door, error: null, readAgain };
}
