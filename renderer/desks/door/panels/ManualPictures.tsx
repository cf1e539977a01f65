import { type ReactNode, useState } from 'react';
import type { Attempt, Edge } from '../../../../electron/features/checkin/contract.ts';
import { CameraIcon, CardIcon, PersonIcon } from '../../../features/checkin/door-icons.tsx';
import { LiveVideo } from '../../../features/checkin/FaceFrame.tsx';
import { useAttemptImage } from '../../../features/checkin/use-attempt-image.ts';
import type { DoorCamera } from '../../../features/checkin/use-camera.ts';
import { keeping, standing, useLiveFrames } from '../../../features/checkin/use-live-frames.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Status, type StatusKind } from '../../../ui/Status.tsx';

const kindOf: Record<Edge['result'], StatusKind> = { pass: 'done', near: 'look', fail: 'stop', 'not-done': 'not-done' };

/** Live, card, plan: three pictures of one size beside each other, the machine's opinion small underneath. */
export function ManualPictures(props: {
  attempt: Attempt;
  camera: DoorCamera;
  still: string | null;
  /** Takes the live picture every two seconds, where no engine looks; null: nothing of it is kept. */
  keep: ((frame: Blob) => Promise<void>) | null;
  /** The engine looks at what is taken: frames come as fast as in the machine's own lane. */
  compared: boolean;
}): ReactNode {
  const { attempt, camera, still } = props;
  const t = useTexts(doorTexts);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  useLiveFrames(video, props.keep, null, props.compared ? standing : keeping);
  const card = useAttemptImage(attempt.attemptId, 'card', attempt.images.card);
  const document = useAttemptImage(attempt.attemptId, 'document', attempt.images.document);
  const plan = useAttemptImage(attempt.attemptId, 'plan', attempt.images.plan);
  const live =
    still !== null ? (
      // Compared with two photographs, it is no mirror.
      <img src={still} alt={t.liveFace} />
    ) : camera.kind === 'live' ? (
      <LiveVideo stream={camera.stream} videoRef={setVideo} />
    ) : (
      <None icon={<CameraIcon />} words={camera.kind === 'fault' ? t.camera[camera.fault] : t.noPicture} />
    );
  return (
    <div className="ui-card door-manual-pictures">
      <figure>
        {live}
        <figcaption>
          <b>{t.liveFace}</b>
          <span className="is-secondary">
            {still !== null || camera.kind !== 'live'
              ? ' '
              : props.keep === null
                ? t.seenLive
                : props.compared
                  ? t.comparedLive
                  : t.keptLive}
          </span>
        </figcaption>
      </figure>
      <figure>
        {card === null && document === null && <None icon={<CardIcon />} words={t.noPicture} />}
        {card !== null && <img src={card} alt={t.cardPhoto} />}
        {document !== null && (
          <img
            className={`door-document-picture${card === null ? ' is-alone' : ''}`}
            src={document}
            alt={t.documentPicture}
          />
        )}
        <figcaption>
          <b>{card === null && document !== null ? t.documentPicture : t.cardPhoto}</b>
          <Opinion edge={attempt.edges.find((e) => e.edge === 'live-card')} />
        </figcaption>
      </figure>
      <figure>
        {plan === null ? <None icon={<PersonIcon />} words={t.noPicture} /> : <img src={plan} alt={t.planPhoto} />}
        <figcaption>
          <b>{t.planPhoto}</b>
          <Opinion edge={attempt.edges.find((e) => e.edge === 'live-plan')} />
        </figcaption>
      </figure>
    </div>
  );
}

function None({ icon, words }: { icon: ReactNode; words: string }): ReactNode {
  return (
    <div className="door-manual-none">
      {icon}
      {words}
    </div>
  );
}

function Opinion({ edge }: { edge: Edge | undefined }): ReactNode {
  const t = useTexts(doorTexts);
  if (edge === undefined) return null;
  const numbers =
    edge.score !== null && edge.threshold !== null
      ? ` ${t.edgeScore(edge.score.toFixed(2), edge.threshold.toFixed(2))}`
      : ` · ${(edge.reason === 'face-not-taken' ? t.doubts : t.edgeReasons)[edge.reason] ?? ''}`;
  return (
    <Status kind={kindOf[edge.result]}>
      {t.edge[edge.result]}
      {numbers}
    </Status>
  );
}
