import '../card-camera.css';
import { isDefinedError, safe } from '@orpc/client';
import { Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CardPicture } from '../../../../electron/features/checkin/contract.ts';
import { station } from '../../../api/client.ts';
import { guardRefusal } from '../../../api/query.ts';
import { askForSignIn } from '../../../api/sign-in-request.ts';
import { isGoodReading } from '../../../features/checkin/card-review.ts';
import { CameraIcon, CardIcon } from '../../../features/checkin/door-icons.tsx';
import { LiveVideo } from '../../../features/checkin/FaceFrame.tsx';
import { type ChosenCamera, useChosenCamera } from '../../../features/checkin/use-chosen-camera.ts';
import { cardReading, useLiveFrames } from '../../../features/checkin/use-live-frames.ts';
import { cardCameraTexts } from '../../../texts/card-camera.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { CardReview } from './CardReview.tsx';
import { Headline, Large, Refusal } from './parts.tsx';

/** Lines of picture that the print of a card or a passport needs. */
export const documentLines = 1080;

/** The resident card before a camera, where no reader reads it: taken by itself when it is clear, then gone through by eye. */
export function CardCamera({ door, strip }: { door: Door; strip: ReactNode }): ReactNode {
  const [picture, setPicture] = useState<CardPicture | null>(null);
  const { at } = door;
  // Left without a confirmation, nothing stays at the station; after one there is nothing left to forget.
  useEffect(() => () => void safe(station.checkin.forgetCardPicture(at)), [at]);
  if (picture !== null) {
    return (
      <CardReview
        key={picture.pictureId}
        door={door}
        picture={picture}
        strip={strip}
        onAgain={() => setPicture(null)}
      />
    );
  }
  return <TakeCard door={door} strip={strip} onTaken={setPicture} />;
}

function TakeCard(props: { door: Door; strip: ReactNode; onTaken: (picture: CardPicture) => void }): ReactNode {
  const { door, onTaken } = props;
  const t = useTexts(cardCameraTexts);
  const chosen = useChosenCamera(true, documentLines);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [seen, setSeen] = useState<CardPicture | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const over = useRef(false);
  const unavailable = isDefinedError(problem as Error);
  useLiveFrames(
    video,
    unavailable
      ? null
      : async (frame) => {
          const { error, data } = await safe(station.checkin.readCardPicture({ ...door.at, picture: frame }));
          if (over.current) return;
          if (error !== null) {
            const guard = guardRefusal(error);
            if (guard !== null) askForSignIn(guard);
            // One unreadable frame is not the end; without models, or after the session, the next would say the same.
            else if (isDefinedError(error) && error.code !== 'PICTURE_UNREADABLE') setProblem(error);
            return;
          }
          setSeen(data);
          if (!isGoodReading(data)) return;
          over.current = true;
          onTaken(data);
        },
    null,
    cardReading,
  );
  const usable = seen !== null && seen.fields.length > 0 ? seen : null;
  const take = () => {
    if (usable === null) return;
    over.current = true;
    onTaken(usable);
  };
  const type = () => door.setSide('look-up');
  const close = () => door.setSide(null);
  useKeys({ Enter: usable === null ? () => {} : take, F2: type, Escape: close }, { verdict: 'card-camera' });
  const says = seen?.guidance ?? null;
  return (
    <div className="door">
      <DocumentView
        chosen={chosen}
        videoRef={setVideo}
        tone={seen === null || says !== null ? 'asking' : 'taken'}
        says={says === null ? (seen === null ? t.lay : t.reading) : t.guidance[says]}
        frame
        strip={props.strip}
      />
      <aside className="ui-card door-panel" aria-live="polite">
        <Headline tone="not-done" icon={<CardIcon />}>
          {t.title}
        </Headline>
        <Large lines={[says === null ? t.lay : t.guidance[says]]} px={72} under={t.layHelp} />
        <Refusal error={problem ?? door.refusal} />
        <BigButton size={64} hint="Enter" disabled={usable === null} onPress={take} under={t.useThisUnder}>
          {t.useThis}
        </BigButton>
        <div className="ui-row door-second-row">
          <BigButton size={48} hint="F2" onPress={type}>
            {t.type}
          </BigButton>
          <BigButton size={48} hint="Escape" onPress={close}>
            {t.back}
          </BigButton>
        </div>
      </aside>
    </div>
  );
}

/** A document as the camera sees it: not mirrored, since it is read and not a face; a frame of a card's shape around it. */
export function DocumentView(props: {
  chosen: ChosenCamera;
  videoRef: (video: HTMLVideoElement | null) => void;
  tone: 'asking' | 'taken';
  /** For the staff who hold it, over the lower edge. */
  says: string;
  frame: boolean;
  /** The picture taken, in the place of the live one. */
  taken?: string | null;
  strip: ReactNode;
}): ReactNode {
  const t = useTexts(cardCameraTexts);
  const d = useTexts(doorTexts);
  const { chosen, taken } = props;
  const { camera } = chosen;
  return (
    <div className="door-document">
      <section className="door-live">
        <div className="door-say" style={{ fontSize: 36 }}>
          {props.frame ? d.say.showCard : d.say.showDocument}
        </div>
        {taken ? (
          <div className="door-picture is-document">
            <img src={taken} alt={d.documentPicture} />
          </div>
        ) : camera.kind === 'live' ? (
          <div className="door-picture is-document">
            <LiveVideo stream={camera.stream} videoRef={props.videoRef} mirrored={false} />
            {props.frame && <div className={`card-frame is-${props.tone}`} aria-hidden="true" />}
            <div className="door-caption is-large">{props.says}</div>
          </div>
        ) : (
          <div className="door-picture is-empty">
            <CameraIcon />
            {camera.kind === 'fault' ? (
              <>
                <b>{d.camera[camera.fault]}</b>
                <span className="door-empty-help">{d.cameraHelp[camera.fault]}</span>
              </>
            ) : (
              <span>{d.cameraStarting}</span>
            )}
          </div>
        )}
        {chosen.devices.length > 0 && (
          <Select<string>
            className="card-device"
            aria-label={t.device}
            value={chosen.deviceId}
            placeholder={t.device}
            onChange={chosen.choose}
            options={chosen.devices.map((device) => ({ value: device.deviceId, label: device.label || t.device }))}
          />
        )}
      </section>
      {props.strip}
    </div>
  );
}
