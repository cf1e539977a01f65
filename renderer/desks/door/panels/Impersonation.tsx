import { type ReactNode, useState } from 'react';
import type { Attempt, Lookalike } from '../../../../electron/features/checkin/contract.ts';
import { CameraIcon } from '../../../features/checkin/door-icons.tsx';
import { type DoorScene, verdictKey } from '../../../features/checkin/door-scene.ts';
import { useAttemptImage } from '../../../features/checkin/use-attempt-image.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { BellFilled, StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { ComparedFaces, FacePicture } from './ComparedFaces.tsx';
import { ImpersonationVerdict } from './ImpersonationVerdict.tsx';
import { Headline, Refusal, Who } from './parts.tsx';

/**
 * 疑似替考: this face is taken for somebody else's. Nothing is decided here before the lead or a supervisor has looked;
 * Enter does nothing, and the word is small enough not to be read from the queue.
 */
export function Impersonation(props: {
  door: Door;
  scene: Extract<DoorScene, { kind: 'possible-impersonation' }>;
  still: string | null;
  strip: ReactNode;
}): ReactNode {
  const { door, scene } = props;
  const { attempt, decision } = scene;
  const [deciding, setDeciding] = useState(false);
  return (
    <div className="door">
      <div className="door-like">
        <div className="door-like-say">{useTexts(doorTexts).say.wait}</div>
        <LikePictures attempt={attempt} like={decision.like} still={props.still} />
        {props.strip}
      </div>
      <aside className="ui-card door-panel is-held" aria-live="polite">
        {deciding ? (
          <ImpersonationVerdict door={door} attempt={attempt} onBack={() => setDeciding(false)} />
        ) : (
          <CallLead door={door} scene={scene} onDecide={() => setDeciding(true)} />
        )}
      </aside>
    </div>
  );
}

/** Who stands here and whom the face is taken for, of one size; below, small, the photographs of the document and plan. */
function LikePictures(props: { attempt: Attempt; like: Lookalike; still: string | null }): ReactNode {
  const { attempt, like, still } = props;
  const t = useTexts(doorTexts);
  const other = useAttemptImage(attempt.attemptId, 'like', attempt.images.like);
  const card = useAttemptImage(attempt.attemptId, 'card', attempt.images.card);
  const plan = useAttemptImage(attempt.attemptId, 'plan', attempt.images.plan);
  return (
    <ComparedFaces
      face={<FacePicture src={still} alt={t.liveFace} none={<CameraIcon />} />}
      caption={t.hereNow}
      name={attempt.name ?? ''}
      other={other}
      like={like}
    >
      <div className="door-like-small">
        <FacePicture src={card} alt={t.cardPhoto} />
        <span>{t.cardPhoto}</span>
        <FacePicture src={plan} alt={t.planPhoto} />
        <span>{t.planPhoto}</span>
      </div>
    </ComparedFaces>
  );
}

function CallLead(props: {
  door: Door;
  scene: Extract<DoorScene, { kind: 'possible-impersonation' }>;
  onDecide: () => void;
}): ReactNode {
  const { door, scene } = props;
  const { attempt, decision } = scene;
  const { like } = decision;
  const t = useTexts(doorTexts);
  const verdict = verdictKey(scene);
  const calledAtMs = door.leadCalled?.attemptId === attempt.attemptId ? door.leadCalled.atMs : null;
  const call = () => door.callLead(attempt);
  const aside = () => door.setAside(attempt);
  // Nothing on Enter, and nothing beneath this layer hears it either.
  useKeys({ Enter: () => {}, F7: props.onDecide, F9: aside, F10: call }, { verdict });
  return (
    <>
      <Headline tone="stop" icon={<StopOutlined />}>
        {t.holdCallLead}
      </Headline>
      <Who attempt={attempt} />
      <div className="door-like-why">
        <p>
          <span className="door-like-word">
            <Status kind="look">{t.impersonation}</Status>
          </span>
          <b>{like.kind === 'admitted' ? t.likeAdmitted : t.likeBlocked}</b>
        </p>
        <p className="is-secondary">{t.likeScore(like.score.toFixed(2), like.threshold.toFixed(2))}</p>
        <p>{t.machineOnly}</p>
      </div>
      <Refusal error={door.refusal} />
      {calledAtMs === null ? (
        <BigButton
          size={136}
          blue
          hint="F10"
          icon={<BellFilled />}
          disabled={door.busy}
          verdict={verdict}
          onPress={call}
        >
          {t.callLead}
        </BigButton>
      ) : (
        <>
          <p className="door-called" role="status">
            <Status kind="done">{t.leadCalled(clockText(calledAtMs))}</Status>
          </p>
          <BigButton size={64} blue hint="F7" onPress={props.onDecide}>
            {t.leadDecides}
          </BigButton>
        </>
      )}
      <div className="ui-row door-second-row">
        {calledAtMs === null ? (
          <BigButton size={48} hint="F7" onPress={props.onDecide}>
            {t.leadDecides}
          </BigButton>
        ) : (
          <BigButton size={48} hint="F10" disabled={door.busy} onPress={call}>
            {t.callAgain}
          </BigButton>
        )}
        <BigButton size={48} hint="F9" disabled={door.busy} onPress={aside}>
          {t.moveAsideNext}
        </BigButton>
      </div>
    </>
  );
}
