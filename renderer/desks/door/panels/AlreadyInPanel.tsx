import type { ReactNode } from 'react';
import { type DoorScene, verdictKey } from '../../../features/checkin/door-scene.ts';
import { fitPx } from '../../../features/checkin/fit-text.ts';
import { useAttemptImage } from '../../../features/checkin/use-attempt-image.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { ExclamationCircleFilled, StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { clockText, minuteText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { Headline, panelRoomPx, Refusal, Who } from './parts.tsx';

/**
 * The same person again: the record of their entry, its picture, its seat. Nothing is admitted twice. Whoever went out
 * without being signed out comes back by F6; who has handed in does not come back.
 */
export function AlreadyInPanel(props: { door: Door; scene: Extract<DoorScene, { kind: 'already-in' }> }): ReactNode {
  const { door, scene } = props;
  const { attempt, decision } = scene;
  const t = useTexts(doorTexts);
  const verdict = verdictKey(scene);
  const next = () => door.dismiss(attempt);
  const gone = decision.away;
  const back = gone === null ? () => door.signOutForBreak(attempt) : undefined;
  const undo = () => door.setSide('undo');
  useKeys({ Enter: next, F6: back, F7: undo }, { verdict });
  const entryPicture = useAttemptImage(decision.attemptId, 'live', decision.attemptId !== undefined);
  const planPicture = useAttemptImage(attempt.attemptId, 'plan', attempt.images.plan);
  const picture = entryPicture ?? planPicture;
  const seat = attempt.place === null ? '' : t.seat(attempt.place.seat);
  return (
    <>
      {gone === null ? (
        <Headline tone="look" icon={<ExclamationCircleFilled />}>
          {t.alreadyIn(minuteText(decision.admittedAtMs))}
        </Headline>
      ) : (
        <Headline tone="stop" icon={<StopOutlined />}>
          {t.handedIn}
        </Headline>
      )}
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
          {gone !== null && <span className="is-stop">{t.leftAt(clockText(gone.sinceMs))}</span>}
          <span className="is-secondary">{gone === null ? t.scanRecorded : t.handedInHelp}</span>
        </div>
      </div>
      <Refusal error={door.refusal} />
      <BigButton size={136} blue hint="Enter" disabled={door.busy} verdict={verdict} onPress={next}>
        {t.next}
      </BigButton>
      <div className="ui-row door-second-row">
        {back !== undefined && (
          <BigButton size={48} hint="F6" disabled={door.busy} onPress={back}>
            {t.leftUnsigned}
          </BigButton>
        )}
        <BigButton size={48} hint="F7" onPress={undo}>
          {t.undo}
        </BigButton>
      </div>
    </>
  );
}
