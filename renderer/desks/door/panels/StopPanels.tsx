import type { ReactNode } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { useStationClock } from '../../../api/station-clock.ts';
import { type DoorScene, verdictKey } from '../../../features/checkin/door-scene.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { ClauseNote } from '../../../ui/ClauseNote.tsx';
import { ClockCircleFilled, EnvironmentFilled, QuestionCircleFilled, StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { minuteText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { Headline, Large, Refusal, Who } from './parts.tsx';

type SceneOf<K extends DoorScene['kind']> = Extract<DoorScene, { kind: K }>;

/** The blue block of every stop: told, on record, next. Beside it only what the rules leave open. */
function ToldAndNext(props: {
  door: Door;
  attempt: Attempt;
  words: string;
  aside?: boolean;
  type?: boolean;
}): ReactNode {
  const { door, attempt } = props;
  const t = useTexts(doorTexts);
  const verdict = verdictKey(door.scene);
  const next = () => door.dismiss(attempt);
  const aside = props.aside ? () => door.setAside(attempt) : undefined;
  const type = props.type ? () => door.setSide('look-up') : undefined;
  useKeys({ Enter: next, F9: aside, F2: type }, { verdict });
  return (
    <>
      <Refusal error={door.refusal} />
      <BigButton size={64} blue hint="Enter" disabled={door.busy} verdict={verdict} onPress={next}>
        {props.words}
      </BigButton>
      {(aside !== undefined || type !== undefined) && (
        <div className="ui-row door-second-row">
          {type !== undefined && (
            <BigButton size={48} hint="F2" onPress={type}>
              {t.typeNumber}
            </BigButton>
          )}
          {aside !== undefined && (
            <BigButton size={48} hint="F9" onPress={aside}>
              {t.moveAside}
            </BigButton>
          )}
        </div>
      )}
    </>
  );
}

/** Another room or another session: where and when. No face is taken for this. */
export function NotHerePanel({ door, scene }: { door: Door; scene: SceneOf<'not-here'> }): ReactNode {
  const t = useTexts(doorTexts);
  const { place } = scene.decision;
  const otherSession = place.sessionId !== door.lane.session?.sessionId;
  const time = minuteText(place.startsAtMs);
  return (
    <>
      <Headline tone="look" icon={<EnvironmentFilled />}>
        {place.roomId === door.lane.roomId ? t.notThisSession : t.notThisRoom}
      </Headline>
      <Who attempt={scene.attempt} />
      <Large
        lead={otherSession ? t.pleaseComeAt : t.pleaseGoTo}
        lines={otherSession ? [t.comeAt(time), place.roomName] : [place.location, place.roomName]}
        px={100}
        under={[otherSession ? `${place.sessionLabel} · ${place.location}` : null, t.seat(place.seat)]
          .filter(Boolean)
          .join(' · ')}
      />
      <ToldAndNext door={door} attempt={scene.attempt} words={t.told} />
    </>
  );
}

export function TooEarlyPanel({ door, scene }: { door: Door; scene: SceneOf<'too-early'> }): ReactNode {
  const t = useTexts(doorTexts);
  const nowMs = useStationClock();
  const { opensAtMs, rule } = scene.decision;
  const byLead = nowMs >= opensAtMs;
  const startsAtMs = scene.attempt.place?.startsAtMs ?? opensAtMs;
  return (
    <>
      <Headline tone="look" icon={<ClockCircleFilled />}>
        {byLead ? t.notOpenYet : t.tooEarly}
      </Headline>
      <Who attempt={scene.attempt} />
      <Large
        lines={[byLead ? t.askLeadToOpen : t.opensAt(minuteText(opensAtMs))]}
        px={72}
        under={t.startAt(minuteText(startsAtMs), minuteText(nowMs))}
      />
      {!byLead && <ClauseNote rule={rule} tone="look" />}
      <ToldAndNext door={door} attempt={scene.attempt} words={t.told} aside />
    </>
  );
}

/** Late by rule: the sentence, the rule, its source. */
export function LatePanel({ door, scene }: { door: Door; scene: SceneOf<'late'> }): ReactNode {
  const t = useTexts(doorTexts);
  const nowMs = useStationClock();
  const { rule } = scene.decision;
  const startsAtMs = scene.attempt.place?.startsAtMs ?? door.lane.session?.startsAtMs ?? nowMs;
  const lateMinutes = Math.max(0, Math.floor((nowMs - startsAtMs) / 60_000));
  return (
    <>
      <Headline tone="stop" icon={<StopOutlined />}>
        {t.late}
      </Headline>
      <Who attempt={scene.attempt} />
      <Large
        lines={[t.lateBy(lateMinutes)]}
        px={72}
        under={t.lateTimes(
          minuteText(startsAtMs),
          door.lane.lateAtMs === null ? '' : minuteText(door.lane.lateAtMs),
          minuteText(nowMs),
        )}
      />
      <ClauseNote rule={rule} tone="stop" />
      <ToldAndNext door={door} attempt={scene.attempt} words={t.recordLate} aside />
    </>
  );
}

export function UnknownPersonPanel({ door, scene }: { door: Door; scene: SceneOf<'unknown-person'> }): ReactNode {
  const t = useTexts(doorTexts);
  return (
    <>
      <Headline tone="look" icon={<QuestionCircleFilled />}>
        {t.unknownPerson}
      </Headline>
      <Who attempt={scene.attempt} />
      <ol className="door-steps">
        {t.unknownSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ToldAndNext door={door} attempt={scene.attempt} words={t.told} type aside />
    </>
  );
}
