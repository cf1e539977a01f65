import './presence.css';
import { safe } from '@orpc/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import type { Recheck, RoomPresence } from '../../../electron/features/presence/contract.ts';
import { station } from '../../api/client.ts';
import { ask, guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { presenceTexts } from '../../texts/presence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CameraFilled, UserOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { spanText } from '../../ui/time-text.ts';
import { cameraLabel } from '../checkin/camera-label.ts';
import { LiveVideo } from '../checkin/FaceFrame.tsx';
import { useBlobAddress } from '../checkin/use-attempt-image.ts';
import { useChosenCamera } from '../checkin/use-chosen-camera.ts';
import { standing, useLiveFrames } from '../checkin/use-live-frames.ts';
import { RecheckByEye } from './RecheckByEye.tsx';
import { openRechecks } from './use-room-presence.ts';

/** A re-check at the seat (考中复核): the face by a camera in the hand, or two persons by eye. The exam goes on meanwhile. */
export function RecheckPanel(props: { room: RoomPresence; onClose: () => void }): ReactNode {
  const { room } = props;
  const due = openRechecks(room);
  const [chosenId, choose] = useState<string | null>(null);
  const shownId = chosenId ?? due[0]?.recheckId ?? null;
  const recheck = room.rechecks.find((r) => r.recheckId === shownId);
  if (recheck === undefined || recheck.state.kind === 'done') {
    return <Ended recheck={recheck} next={due[0]} onNext={choose} onClose={props.onClose} />;
  }
  return (
    <Checking
      key={recheck.recheckId}
      room={room}
      recheck={recheck}
      waiting={due.length - 1}
      onShow={choose}
      onClose={props.onClose}
    />
  );
}

function Checking(props: {
  room: RoomPresence;
  recheck: Recheck;
  waiting: number;
  onShow: (recheckId: string) => void;
  onClose: () => void;
}): ReactNode {
  const { room, recheck, onShow } = props;
  const t = useTexts(presenceTexts);
  const nowMs = useStationClock();
  const [byEye, setByEye] = useState(false);
  const eyeOnly = recheck.state.kind === 'by-eye';
  const seat = t.seat(recheck.seat);
  useKeys({ F6: eyeOnly ? undefined : () => setByEye(!byEye), F8: props.onClose, Escape: props.onClose });
  return (
    <aside className="ui-card room-panel presence">
      <h2 className="presence-title is-look">
        <UserOutlined /> {t.recheck(seat)}
      </h2>
      <p className="presence-counts">
        <b>{recheck.name}</b> {t.waitingFor(spanText(Math.max(0, nowMs - recheck.dueAtMs)))}
        {props.waiting > 0 && ` · ${t.moreRechecks(props.waiting)}`}
      </p>
      {!recheck.inside && (
        <p>
          <Status kind="look">{t.outside}</Status>
        </p>
      )}
      <Pictures recheck={recheck} />
      {eyeOnly || byEye ? (
        <RecheckByEye roomId={room.roomId} recheck={recheck} onDone={() => onShow(recheck.recheckId)} />
      ) : (
        <TakeFace room={room} recheck={recheck} onSeen={() => onShow(recheck.recheckId)} />
      )}
      <div className="ui-row">
        {!eyeOnly && (
          <BigButton size={48} hint="F6" onPress={() => setByEye(!byEye)}>
            {byEye ? t.takeFace : t.byEye}
          </BigButton>
        )}
        <BigButton size={48} hint="Escape" onPress={props.onClose}>
          {t.back}
        </BigButton>
      </div>
    </aside>
  );
}

function Pictures({ recheck }: { recheck: Recheck }): ReactNode {
  const t = useTexts(presenceTexts);
  return (
    <div className="presence-pictures">
      {(['plan', 'admission'] as const).map((which) => (
        <figure key={which}>
          <RecheckPicture recheckId={recheck.recheckId} which={which} />
          <figcaption>{t.pictures[which]}</figcaption>
        </figure>
      ))}
    </div>
  );
}

function RecheckPicture({ recheckId, which }: { recheckId: string; which: 'plan' | 'admission' }): ReactNode {
  const t = useTexts(presenceTexts);
  const picture = useQuery(
    ask.presence.recheckImage.queryOptions({
      input: { recheckId, which },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
    }),
  );
  const address = useBlobAddress(picture.data);
  return address === null ? <div className="presence-no-picture" /> : <img src={address} alt={t.pictures[which]} />;
}

/** Frames of whichever camera is in the hand; it is taken by itself when it is good. */
function TakeFace(props: { room: RoomPresence; recheck: Recheck; onSeen: () => void }): ReactNode {
  const { recheck, room } = props;
  const t = useTexts(presenceTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const chosen = useChosenCamera(recheck.inside, 720);
  const { camera } = chosen;
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [guidance, setGuidance] = useState<Guidance | null | undefined>(undefined);
  const [problem, setProblem] = useState<unknown>(null);
  const key = ask.presence.room.queryKey({ input: { roomId: room.roomId } });
  const look = async (frame: Blob) => {
    const label = camera.kind === 'live' ? cameraLabel(camera.stream) : '';
    const { error, data } = await safe(
      station.presence.presentRecheckFace({ recheckId: recheck.recheckId, frame, camera: label }),
    );
    if (error !== null) {
      const guard = guardRefusal(error);
      if (guard !== null) return askForSignIn(guard);
      setProblem(error);
      void queries.invalidateQueries({ queryKey: key });
      return;
    }
    setProblem(null);
    setGuidance(data.guidance);
    props.onSeen();
    queries.setQueryData<RoomPresence>(key, (now) =>
      now === undefined
        ? now
        : { ...now, rechecks: now.rechecks.map((r) => (r.recheckId === data.recheck.recheckId ? data.recheck : r)) },
    );
  };
  useLiveFrames(video, recheck.inside ? look : null, null, standing);
  return (
    <div className="presence-camera">
      {camera.kind === 'live' ? (
        <LiveVideo stream={camera.stream} videoRef={setVideo} mirrored={false} />
      ) : (
        <CameraFilled />
      )}
      <span className="presence-says" role="status">
        {guidance == null ? t.recheckHelp : t.guidance[guidance]}{' '}
        {recheck.frames.good > 0 && t.taken(recheck.frames.good, recheck.frames.needed)}
      </span>
      {chosen.devices.length > 0 && (
        <Select<string>
          aria-label={t.device}
          placeholder={t.device}
          value={chosen.deviceId}
          onChange={chosen.choose}
          options={chosen.devices.map((device) => ({ value: device.deviceId, label: device.label || t.device }))}
        />
      )}
      {problem !== null && <Status kind="look">{sentence(problem)}</Status>}
    </div>
  );
}

/** Decided, or nobody is due: the next one, or back to the recording. */
function Ended(props: {
  recheck: Recheck | undefined;
  next: Recheck | undefined;
  onNext: (recheckId: string) => void;
  onClose: () => void;
}): ReactNode {
  const { recheck, next, onClose } = props;
  const t = useTexts(presenceTexts);
  const goOn = next === undefined ? onClose : () => props.onNext(next.recheckId);
  useKeys({ Enter: goOn, F8: onClose, Escape: onClose }, { verdict: recheck?.recheckId ?? 'none' });
  const verdict = recheck?.state.kind === 'done' ? recheck.state.verdict : null;
  return (
    <aside className="ui-card room-panel presence">
      <h2
        className={`presence-title ${verdict === 'doubt' ? 'is-look' : verdict === null ? 'is-not-done' : 'is-done'}`}
      >
        {verdict === null ? t.noRechecks : t.done[verdict](t.seat(recheck?.seat ?? ''))}
      </h2>
      <p className="presence-who">{recheck?.name}</p>
      <div className="presence-rest" />
      <BigButton size={64} blue hint="Enter" onPress={goOn}>
        {next === undefined ? t.back : t.recheck(t.seat(next.seat))}
      </BigButton>
    </aside>
  );
}
