import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import type { DoorCamera } from '../../../features/checkin/use-camera.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { LoadingOutlined, WarningFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { AsideRow, Headline, Large, Refusal, Who } from './parts.tsx';

/** How long a face may take before two persons do it: nobody is asked to pose again and again. */
const patienceMs = 15_000;

/** The camera is taking the face. Enter does nothing; the big block is the way out. */
export function CapturingPanel(props: {
  door: Door;
  attempt: Attempt;
  ticketToo: boolean;
  camera: DoorCamera;
}): ReactNode {
  const { door, attempt, camera } = props;
  const t = useTexts(doorTexts);
  const byHand = () => door.toManual(attempt);
  const turning = attempt.liveness.kind === 'going-on' && attempt.liveness.say !== 'face-camera';
  // The turn is a second thing to do, and gets a time of its own.
  const leftMs = useTimeLeft(useOnce(attempt.attemptId, turning), camera.kind === 'live', byHand);
  const cancel = () => door.cancel(attempt);
  useKeys({ F8: byHand, F9: () => door.setAside(attempt), Escape: cancel, F2: () => door.setSide('look-up') });
  const place = attempt.place;
  return (
    <>
      {camera.kind === 'fault' ? (
        <Headline tone="look" icon={<WarningFilled />}>
          {t.cameraHeadline}
        </Headline>
      ) : (
        <Headline tone="not-done" icon={<LoadingOutlined />}>
          {turning ? t.turningHead : t.capturing}
        </Headline>
      )}
      <Who attempt={attempt} />
      {place !== null && (
        <Large
          lines={[t.seat(place.seat)]}
          px={104}
          under={props.ticketToo ? t.alsoTicket : `${t.thisRoom} · ${place.roomName} · ${place.location}`}
        />
      )}
      <Refusal error={door.refusal} />
      {camera.kind !== 'fault' && (
        <div className="door-patience">
          <div>
            <span>{t.manualIn(Math.ceil(leftMs / 1000))}</span>
            <span className="is-secondary">{turning ? t.turnHelp : t.noRetakes}</span>
          </div>
          <div className="door-patience-bar">
            <i style={{ width: `${(1 - leftMs / patienceMs) * 100}%` }} />
          </div>
        </div>
      )}
      <BigButton size={136} blue={camera.kind === 'fault'} hint="F8" onPress={byHand}>
        {t.toManual}
      </BigButton>
      <AsideRow aside={() => door.setAside(attempt)} cancel={cancel} />
    </>
  );
}

/** A key for the person and what they are to do: it changes once, when the turn begins, and never back. */
function useOnce(attemptId: string, turning: boolean): string {
  const [turnedFor, setTurned] = useState<string | null>(null);
  useEffect(() => {
    if (turning) setTurned(attemptId);
  }, [turning, attemptId]);
  return turnedFor === attemptId ? `${attemptId}:turn` : attemptId;
}

/** Counts down while the camera runs; at zero, or when it was zero on arrival, `over` is called once. */
function useTimeLeft(what: string, running: boolean, over: () => void): number {
  const [leftMs, setLeftMs] = useState(patienceMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new person, or a new thing to do, gets the whole time
  useEffect(() => setLeftMs(patienceMs), [what]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setLeftMs((left) => Math.max(0, left - 250)), 250);
    return () => clearInterval(timer);
  }, [running]);
  const isOver = leftMs === 0;
  const onOver = useEffectEvent(over);
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver]);
  return leftMs;
}
