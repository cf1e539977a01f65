import type { ReactNode } from 'react';
import { type DoorScene, verdictKey } from '../../../features/checkin/door-scene.ts';
import { fitPx } from '../../../features/checkin/fit-text.ts';
import { useAttemptImage } from '../../../features/checkin/use-attempt-image.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { ExclamationCircleFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { clockText, minuteText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { Headline, panelRoomPx, Refusal, Who } from './parts.tsx';

/** The same person again: the record of their entry, its picture, its seat. Nothing is admitted twice. */
export function AlreadyInPanel(props: { door: Door; scene: Extract<DoorScene, { kind: 'already-in' }> }): ReactNode {
  const { door, scene } = props;
  const { attempt, decision } = scene;
  const t = useTexts(doorTexts);
  const verdict = verdictKey(scene);
  const next = () => door.dismiss(attempt);
  useKeys({ Enter: next }, { verdict });
  const entryPicture = useAttemptImage(decision.attemptId, 'live', decision.attemptId !== undefined);
  const planPicture = useAttemptImage(attempt.attemptId, 'plan', attempt.images.plan);
  const picture = entryPicture ?? planPicture;
  const seat = attempt.place === null ? '' : t.seat(attempt.place.seat);
  return (
    <>
      <Headline tone="look" icon={<ExclamationCircleFilled />}>
        {t.alreadyIn(minuteText(decision.admittedAtMs))}
      </Headline>
      <Who attempt={attempt} />
      <div className="door-record">
        {picture === null ? (
          <div className="door-record-none">{t.noPicture}</div>
        ) : (
          <img src={picture} alt={t.entryRecord} />
        )}
        <div>
          <span className="is-secondary">{t.entryRecord}</span>
          <b style={{ fontSize: fitPx(seat, 56, panelRoomPx - 200) }}>{seat}</b>
          <span>{t.admittedBy(clockText(decision.admittedAtMs), decision.byName)}</span>
          <span className="is-secondary">{t.scanRecorded}</span>
        </div>
      </div>
      <Refusal error={door.refusal} />
      <BigButton size={136} blue hint="Enter" disabled={door.busy} verdict={verdict} onPress={next}>
        {t.next}
      </BigButton>
    </>
  );
}
