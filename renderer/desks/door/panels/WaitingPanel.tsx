import type { ReactNode } from 'react';
import type { Attempt, Lane } from '../../../../electron/features/checkin/contract.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { WarningFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { LateNotice } from './LateLikeness.tsx';
import { Headline, Large, Refusal } from './parts.tsx';

/** Nobody stands here: what to put down, what else works, and who was last. Enter does nothing. */
export function WaitingPanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const type = () => door.setSide('look-up');
  const byCamera = () => door.setSide('card-camera');
  const aside = () => door.setSide('waiting-list');
  const late = door.lane.lateLikenesses.length > 0 ? () => door.setSide('late-likeness') : undefined;
  useKeys({ F2: type, F4: late, F6: byCamera, F8: type, F9: aside });
  return (
    <>
      <LateNotice door={door} />
      <Large lines={[t.placeCard]} px={100} under={t.orTicket} />
      {door.lane.session?.state === 'preparing' && (
        <p className="door-refusal">
          <Status kind="look">{t.doorShut}</Status>
        </p>
      )}
      <Refusal error={door.refusal} />
      <p className="door-lead-in">{t.noCard}</p>
      <div className="ui-row">
        <BigButton size={64} hint="F2" onPress={type}>
          {t.typeNumber}
        </BigButton>
        <BigButton size={64} hint="F6" onPress={byCamera}>
          {t.cardByCamera}
        </BigButton>
      </div>
      <div className="ui-row door-second-row">
        <BigButton size={48} hint="F8" onPress={type}>
          {t.manual}
        </BigButton>
        <BigButton size={48} hint="F9" onPress={aside}>
          {t.waitingAside(door.lane.waiting.length)}
        </BigButton>
      </div>
      <LastPerson attempt={door.lane.attempt} />
    </>
  );
}

/** The reader is gone and nobody may notice inside: the queue goes on by hand. */
export function ReaderLostPanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const type = () => door.setSide('look-up');
  const byCamera = () => door.setSide('card-camera');
  useKeys({ F2: type, F6: byCamera, F8: type, F9: () => door.setSide('waiting-list') });
  return (
    <>
      <Headline tone="look" icon={<WarningFilled />}>
        {t.goOnByHand}
      </Headline>
      <ol className="door-steps">
        {t.readerSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Refusal error={door.refusal} />
      <BigButton size={136} blue hint="F8" onPress={type}>
        {t.manual}
      </BigButton>
      <div className="ui-row door-second-row">
        <BigButton size={48} hint="F6" onPress={byCamera}>
          {t.cardByCamera}
        </BigButton>
        <BigButton size={48} hint="F2" onPress={type}>
          {t.typeNumber}
        </BigButton>
      </div>
    </>
  );
}

export function NoSessionPanel({ lane }: { lane: Lane }): ReactNode {
  const t = useTexts(doorTexts);
  const home = () => window.location.assign('/');
  useKeys({ Enter: home });
  return (
    <>
      <Headline tone="look" icon={<WarningFilled />}>
        {t.noSession}
      </Headline>
      <Large lines={[lane.room.name]} px={80} under={lane.room.location} />
      <p className="door-lead-in">{t.noSessionHelp}</p>
      <BigButton size={64} hint="Enter" onPress={home}>
        {t.backHome}
      </BigButton>
    </>
  );
}

/** Whoever still comes is the lead's to talk to: no card, ticket or number opens a record any more. */
export function OverPanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const home = () => window.location.assign('/');
  useKeys({ Enter: home });
  return (
    <>
      <Headline tone="look" icon={<WarningFilled />}>
        {t.over}
      </Headline>
      <Large lines={[door.lane.room.name]} px={80} under={door.lane.room.location} />
      <p className="door-lead-in">{t.overHelp}</p>
      <Refusal error={door.refusal} />
      <BigButton size={64} hint="Enter" onPress={home}>
        {t.backHome}
      </BigButton>
    </>
  );
}

const outcomeTone = {
  admitted: 'done',
  'admitted-by-hand': 'done',
  readmitted: 'done',
  'readmitted-by-hand': 'done',
  'set-aside': 'look',
  held: 'look',
} as const;

function LastPerson({ attempt }: { attempt: Attempt | null }): ReactNode {
  const t = useTexts(doorTexts);
  if (attempt?.outcome == null) return <div className="door-last" />;
  const tone = outcomeTone[attempt.outcome as keyof typeof outcomeTone] ?? 'not-done';
  return (
    <div className="door-last">
      <span className="door-last-who">
        {t.last} <b>{attempt.name}</b> {attempt.place !== null && t.seat(attempt.place.seat)}
      </span>
      <Status kind={tone}>
        {t.outcome[attempt.outcome]} {attempt.closedAtMs !== null && clockText(attempt.closedAtMs)}
      </Status>
    </div>
  );
}
