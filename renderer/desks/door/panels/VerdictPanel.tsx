import type { ReactNode } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { type DoorScene, verdictKey } from '../../../features/checkin/door-scene.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { CheckCircleFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { LateNotice } from './LateLikeness.tsx';
import { Headline, Large, Refusal, Who } from './parts.tsx';

/** Everything agrees: staff press the one and say the other. */
export function MayEnterPanel({ door, attempt }: { door: Door; attempt: Attempt }): ReactNode {
  const t = useTexts(doorTexts);
  const verdict = verdictKey(door.scene);
  const admit = () => door.admit(attempt);
  const byHand = () => door.toManual(attempt);
  const cancel = () => door.cancel(attempt);
  useKeys({ Enter: admit, F8: byHand, Escape: cancel }, { verdict });
  const all = attempt.edges.every((edge) => edge.result === 'pass');
  const again = attempt.decision.kind === 'admit' && attempt.decision.again;
  return (
    <>
      <Headline tone="done" icon={<CheckCircleFilled />}>
        {again ? t.returning : all ? t.allPass : t.passNoCardPhoto}
      </Headline>
      <Who attempt={attempt} />
      {attempt.place !== null && (
        <Large
          lines={[t.seat(attempt.place.seat)]}
          px={104}
          under={`${t.thisRoom} · ${attempt.place.roomName} · ${attempt.place.location}`}
        />
      )}
      <LivenessAdvice attempt={attempt} />
      <Refusal error={door.refusal} />
      <BigButton size={136} blue hint="Enter" disabled={door.busy} verdict={verdict} onPress={admit}>
        {door.busy ? t.admitting : again ? t.readmit : t.admit}
      </BigButton>
      <div className="ui-row door-second-row">
        <BigButton size={48} hint="F8" onPress={byHand}>
          {t.toManual}
        </BigButton>
        <BigButton size={48} hint="Escape" onPress={cancel}>
          {t.cancel}
        </BigButton>
      </div>
    </>
  );
}

/** Said beside the blue block, which it does not disarm. */
function LivenessAdvice({ attempt }: { attempt: Attempt }): ReactNode {
  const t = useTexts(doorTexts);
  const advice = attempt.liveness.kind === 'passed' ? attempt.liveness.advice : [];
  if (advice.length === 0) return null;
  return (
    <p className="door-refusal">
      <Status kind="look">{advice.map((code) => t.livenessAdvice[code] ?? code).join(' · ')}</Status>
    </p>
  );
}

/** Saved. Only now is the candidate told to go in. The next card changes the person by itself. */
export function AdmittedPanel({
  door,
  scene,
}: {
  door: Door;
  scene: Extract<DoorScene, { kind: 'admitted' }>;
}): ReactNode {
  const { attempt, back } = scene;
  const t = useTexts(doorTexts);
  const next = () => door.wavedOn(attempt);
  const correct = () => door.setSide('undo');
  useKeys(
    {
      Enter: next,
      F2: () => door.setSide('look-up'),
      F4: door.lane.lateLikenesses.length > 0 ? () => door.setSide('late-likeness') : undefined,
      F6: () => door.setSide('card-camera'),
      F7: back ? undefined : correct,
      F8: () => door.setSide('look-up'),
      F9: () => door.setSide('waiting-list'),
    },
    { verdict: verdictKey(door.scene) },
  );
  return (
    <>
      <Headline tone="done" icon={<CheckCircleFilled />}>
        {back ? t.letBack : t.letIn}
      </Headline>
      <LateNotice door={door} />
      <Who attempt={attempt} />
      {attempt.place !== null && (
        <Large
          lines={[t.seat(attempt.place.seat)]}
          px={104}
          under={
            attempt.closedAtMs !== null &&
            (back
              ? t.savedBack(clockText(attempt.closedAtMs))
              : t.saved(clockText(attempt.closedAtMs), door.lane.counts.admitted))
          }
        />
      )}
      <p className="door-quiet">{t.nextCardChanges}</p>
      <div className="ui-row door-second-row">
        {back ? (
          <span />
        ) : (
          <BigButton size={48} hint="F7" onPress={correct}>
            {t.correct}
          </BigButton>
        )}
        <BigButton size={48} hint="Enter" onPress={next}>
          {t.next}
        </BigButton>
      </div>
    </>
  );
}
