import type { ReactNode } from 'react';
import type { WallRequest, WallStation, WallView } from '../../electron/contract/live-wall.ts';
import type { AskKind } from '../../electron/features/supervision/contract.ts';
import { liveWallTexts } from '../texts/live-wall.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from '../ui/BigButton.tsx';
import { VideoCameraFilled } from '../ui/icons.tsx';
import { Status } from '../ui/Status.tsx';
import { clockText } from '../ui/time-text.ts';
import { CameraPicture } from './CameraPicture.tsx';
import type { Eyes } from './see-camera.ts';

type Room = WallStation['rooms'][number];

/** One room: what it is, how it is recorded, and its pictures while the site lets us look. */
export function RoomTile(props: {
  station: WallStation;
  room: Room;
  view: WallView | undefined;
  waiting: WallRequest | undefined;
  isLarge: boolean;
  eyes: Eyes;
  onAsk: (kind: AskKind) => void;
  onWithdraw: (requestId: string) => void;
  onEnd: (viewId: string) => void;
  onSize: () => void;
}): ReactNode {
  const t = useTexts(liveWallTexts);
  const { station, room, view, waiting, isLarge } = props;
  const { session, cameras } = room;
  const recording = cameras.filter((c) => c.recording === 'recording').length;
  const mayBeSeen = station.online && (session?.state === 'open' || session?.state === 'running');
  return (
    <section className={`ui-card wall-room${view === undefined ? '' : ' is-seen'}`} aria-label={room.name}>
      <header>
        <h2>{room.name}</h2>
        {session !== null && (
          <Status kind={recording === 0 ? 'not-done' : recording < cameras.length ? 'look' : 'done'}>
            {t.recording(recording, cameras.length)}
          </Status>
        )}
        <small>{[station.siteName, room.location].filter(Boolean).join(' · ')}</small>
        <small>
          {session === null ? t.noSession : `${session.label} · ${t.states[session.state] ?? session.state}`}
          {view !== undefined && ` · ${t.since(clockText(view.sinceMs))}`}
        </small>
      </header>
      {view === undefined ? (
        <div className="wall-dark">
          {station.online ? <VideoCameraFilled /> : <Status kind="look">{t.offline}</Status>}
          {waiting !== undefined && <Status kind="not-done">{t.waiting}</Status>}
        </div>
      ) : (
        <div className={`wall-cameras of-${Math.min(4, cameras.length)}`}>
          {cameras.map((camera) => (
            <CameraPicture
              key={camera.cameraId}
              eyes={props.eyes}
              viewId={view.viewId}
              label={camera.label}
              producerId={camera.producerId}
              paused={camera.paused}
              live={camera.live}
              isLarge={isLarge}
            />
          ))}
        </div>
      )}
      <footer className="ui-row">
        {view !== undefined ? (
          <>
            <BigButton size={36} onPress={props.onSize}>
              {isLarge ? t.shrink : t.enlarge}
            </BigButton>
            <BigButton size={36} onPress={() => props.onEnd(view.viewId)}>
              {t.end}
            </BigButton>
          </>
        ) : waiting !== undefined ? (
          <BigButton size={36} onPress={() => props.onWithdraw(waiting.requestId)}>
            {t.withdraw}
          </BigButton>
        ) : (
          <BigButton size={36} disabled={!mayBeSeen} onPress={() => props.onAsk('view')}>
            {t.view}
          </BigButton>
        )}
        <BigButton size={36} disabled={!mayBeSeen} onPress={() => props.onAsk('still')}>
          {t.still}
        </BigButton>
        <BigButton size={36} disabled={!station.online || session === null} onPress={() => props.onAsk('question')}>
          {t.question}
        </BigButton>
      </footer>
    </section>
  );
}
