import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { CameraTile } from '../../features/recording/CameraTile.tsx';
import type { Interval } from '../../features/recording/stored-bar.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Count, DeskFrame } from '../../ui/DeskFrame.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { play } from '../../ui/sounds.ts';
import { RoomPanel } from './RoomPanel.tsx';
import { type RoomRecording, useRoomRecording } from './use-room-recording.ts';

/** One room in one session. */
export function RoomAtWork({ roomId, session }: { roomId: RoomId; session: SessionRow }): ReactNode {
  const t = useTexts(roomTexts);
  const { room, recording } = useRoomRecording(roomId, session);
  const [enlarged, enlarge] = useState<number | null>(null);
  const { verdict } = recording ?? {};
  useChime(verdict?.kind === 'fault' || verdict?.kind === 'refused');
  const cameras = recording?.cameras.length ?? 0;
  const toggle = (i: number) => (i < cameras ? () => enlarge(enlarged === i ? null : i) : undefined);
  useKeys({
    '1': toggle(0),
    '2': toggle(1),
    '3': toggle(2),
    '4': toggle(3),
    Escape: enlarged === null ? undefined : () => enlarge(null),
  });
  const place = room.data?.room;
  return (
    <DeskFrame
      desk={t.desk}
      where={[place?.name, place?.location, session.label].filter(Boolean).join(' · ')}
      session={session}
      foot={<RoomCounts roomId={roomId} session={session} />}
      keys={[
        { key: 'Enter', does: t.keys.enter },
        { key: 'F4', does: t.keys.mark },
        { key: 'F7', does: t.keys.note },
        { key: '1–4', does: t.keys.enlarge },
        { key: 'Esc', does: t.keys.back },
      ]}
    >
      {recording === null ? (
        room.isError ? (
          <ReadFailed onRetry={() => void room.refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <div className="room-work">
          <Tiles recording={recording} enlarged={enlarged} />
          <RoomPanel
            roomId={roomId}
            session={session}
            recording={recording}
            enlarged={enlarged !== null}
            onEnlarge={() => enlarge(enlarged === null ? 0 : null)}
          />
        </div>
      )}
    </DeskFrame>
  );
}

function Tiles({ recording, enlarged }: { recording: RoomRecording; enlarged: number | null }): ReactNode {
  const nowMs = useStationClock();
  const { recorder, cameras } = recording;
  const assigned = recorder.assignment(cameras.map((c) => c.camera));
  const shown = cameras.map((c, i) => ({ ...c, i })).filter(({ i }) => enlarged === null || i === enlarged);
  return (
    <div className={`room-tiles of-${Math.min(8, shown.length)}`}>
      {shown.map(({ camera, view, state, i }) => (
        <CameraTile
          key={camera.cameraId}
          number={i + 1}
          label={camera.label}
          state={state}
          stream={view?.stream ?? null}
          stored={[...camera.stored, ...(view?.stored ?? [])]}
          sinceMs={
            state.kind === 'recording' || state.kind === 'fault' ? firstMs(camera.stored, recorder.startedAtMs) : null
          }
          lastFrameMs={view?.lastFrameMs ?? null}
          nowMs={nowMs}
          devices={recorder.devices.get()}
          deviceId={assigned[i] ?? null}
          onChoose={(deviceId) => recorder.choose(camera.cameraId, deviceId)}
        />
      ))}
    </div>
  );
}

/** When frames began to be owed: at the first stored one, or when this window began. */
const firstMs = (stored: readonly Interval[], startedAtMs: number | null): number | null =>
  stored[0]?.beginMs ?? startedAtMs;

/** People of this room, as the door has them. */
function RoomCounts({ roomId, session }: { roomId: RoomId; session: SessionRow }): ReactNode {
  const t = useTexts(roomTexts);
  const list = useQuery(ask.checkin.list.queryOptions({ input: { sessionId: session.sessionId } }));
  const here = list.data?.filter((c) => c.roomId === roomId) ?? null;
  const number = (...statuses: string[]) => here?.filter((c) => statuses.includes(c.status)).length ?? '–';
  return (
    <>
      <Count word={t.present} figure={number('admitted', 'admitted-by-hand')} />
      <Count word={t.absent} figure={number('absent')} />
      <Count word={t.notYet} figure={number('not-yet', 'set-aside')} />
      <span className="room-bar-meaning">{t.barMeaning}</span>
    </>
  );
}

/** The low chime at once and every 10 s for as long as a camera is not recording. */
function useChime(sounding: boolean): void {
  useEffect(() => {
    if (!sounding) return;
    play('chime');
    const timer = setInterval(() => play('chime'), 10_000);
    return () => clearInterval(timer);
  }, [sounding]);
}
