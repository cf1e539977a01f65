import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { InspectionPanel } from '../../features/inspections/InspectionPanel.tsx';
import { roomLive } from '../../features/live/room-live.ts';
import { WatchedMark } from '../../features/live/WatchedMark.tsx';
import { PeoplePanel } from '../../features/presence/PeoplePanel.tsx';
import { RecheckPanel } from '../../features/presence/RecheckPanel.tsx';
import { openRechecks, useRecheckSound, useRoomPresence } from '../../features/presence/use-room-presence.ts';
import { CameraTile } from '../../features/recording/CameraTile.tsx';
import type { Interval } from '../../features/recording/stored-bar.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { presenceTexts } from '../../texts/presence.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Count, DeskFrame } from '../../ui/DeskFrame.tsx';
import { EyeOutlined, UserOutlined } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { play } from '../../ui/sounds.ts';
import { spanText } from '../../ui/time-text.ts';
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
  useStepSound(recording);
  const live = roomLive(roomId).view.use();
  const p = useTexts(presenceTexts);
  const people = useRoomPresence(roomId);
  const due = openRechecks(people);
  const ofInspection = useTexts(inspectionsTexts);
  const inspections = useQuery(
    ask.inspections.view.queryOptions({ input: { sessionId: session.sessionId, roomId } }),
  ).data;
  const inspection = inspections?.inspections.find((one) => one.result === null);
  useRecheckSound(due);
  const [side, setSide] = useState<'people' | 'recheck' | 'inspection' | null>(null);
  // A camera that fails takes its place back: nothing else in this room is as urgent.
  const faulty = verdict?.kind === 'fault';
  useEffect(() => {
    if (faulty) setSide(null);
  }, [faulty]);
  const open = side === null && people !== undefined;
  const toggle = (i: number) => (i < cameras ? () => enlarge(enlarged === i ? null : i) : undefined);
  useKeys({
    ...(side === null && { '1': toggle(0), '2': toggle(1), '3': toggle(2), '4': toggle(3) }),
    F2: open ? () => setSide('people') : undefined,
    F8: open ? () => setSide('recheck') : undefined,
    Escape: enlarged === null ? undefined : () => enlarge(null),
  });
  const place = room.data?.room;
  return (
    <DeskFrame
      desk={t.desk}
      where={[place?.name, place?.location, session.label].filter(Boolean).join(' · ')}
      session={session}
      notes={
        <>
          <WatchedMark view={live} />
          {inspection !== undefined && side !== 'inspection' && (
            <button type="button" className="presence-due" onClick={() => setSide('inspection')}>
              <EyeOutlined /> {ofInspection.notice(inspection.inspectorName, inspection.candidates.length)}
            </button>
          )}
          {due[0]?.inside === true && (
            <DueNote seat={p.seat(due[0].seat)} dueAtMs={due[0].dueAtMs} onOpen={() => setSide('recheck')} />
          )}
        </>
      }
      foot={<RoomCounts roomId={roomId} session={session} />}
      keys={[
        { key: 'Enter', does: t.keys.enter },
        { key: 'F2', does: p.keyPeople },
        { key: 'F8', does: p.keyRecheck },
        { key: 'F4', does: t.keys.mark },
        { key: 'F6', does: t.keys.spare },
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
          {side === 'people' && people !== undefined ? (
            <PeoplePanel room={people} onClose={() => setSide(null)} />
          ) : side === 'inspection' && inspection !== undefined ? (
            <InspectionPanel key={inspection.inspectionId} inspection={inspection} onClose={() => setSide(null)} />
          ) : side === 'recheck' && people !== undefined ? (
            <RecheckPanel room={people} onClose={() => setSide(null)} />
          ) : (
            <RoomPanel
              roomId={roomId}
              session={session}
              recording={recording}
              enlarged={enlarged !== null}
              onEnlarge={() => enlarge(enlarged === null ? 0 : null)}
              onPeople={open ? () => setSide('people') : undefined}
            />
          )}
        </div>
      )}
    </DeskFrame>
  );
}

/** Somebody is to be checked at the seat: said in the top bar, where it hides nothing of the recording. */
function DueNote({ seat, dueAtMs, onOpen }: { seat: string; dueAtMs: number; onOpen: () => void }): ReactNode {
  const p = useTexts(presenceTexts);
  const nowMs = useStationClock();
  return (
    <button type="button" className="presence-due" onClick={onOpen}>
      <UserOutlined /> {p.recheck(seat)} · {p.waitingFor(spanText(Math.max(0, nowMs - dueAtMs)))} <KeyHint name="F8" />
    </button>
  );
}

function Tiles({ recording, enlarged }: { recording: RoomRecording; enlarged: number | null }): ReactNode {
  const { recorder, cameras, nowMs } = recording;
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
  const p = useTexts(presenceTexts);
  const counts = useRoomPresence(roomId)?.counts;
  return (
    <>
      <Count word={t.present} figure={counts?.inside ?? number('admitted', 'admitted-by-hand')} />
      {counts !== undefined && counts.onBreak > 0 && (
        <Count
          word={p.onBreak}
          figure={counts.onBreak}
          {...(counts.overdue > 0 && { remark: p.overdue(counts.overdue) })}
        />
      )}
      {counts !== undefined && counts.finished > 0 && <Count word={p.finished} figure={counts.finished} />}
      <Count word={t.absent} figure={number('absent')} />
      <Count word={t.notYet} figure={number('not-yet', 'set-aside', 'held')} />
      <span className="room-bar-meaning">{t.barMeaning}</span>
    </>
  );
}

/** A clock that was set is heard once. */
function useStepSound(recording: RoomRecording | null): void {
  const atMs = Math.max(0, ...(recording?.cameras.map((c) => c.view?.clockSteppedAtMs ?? 0) ?? []));
  useEffect(() => {
    if (atMs > 0) play('amber');
  }, [atMs]);
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
