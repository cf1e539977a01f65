import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useReducer } from 'react';
import type { CameraView } from '../../../electron/features/recording/contract.ts';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import type { RecorderView } from '../../features/recording/camera-recorder.ts';
import { type RoomRecorder, roomRecorder } from '../../features/recording/room-recorder.ts';
import { type RoomVerdict, roomVerdict, type TileState, tileState } from '../../features/recording/room-verdict.ts';

export interface CameraAtWork {
  readonly camera: CameraView;
  readonly view: RecorderView | null;
  readonly state: TileState;
}

export interface RoomRecording {
  readonly recorder: RoomRecorder;
  readonly cameras: readonly CameraAtWork[];
  readonly verdict: RoomVerdict;
  /** Labels of the workstations that a camera alone sees. */
  readonly alone: Readonly<Record<string, readonly string[]>>;
  readonly minHeight: number;
  readonly freeBytes: number;
  readonly bytesPerSecond: number;
  /** The station's clock when this was drawn. */
  readonly nowMs: number;
  readonly start: () => void;
}

/** How often the station is asked for its own account of the room, beside the events that tell of a change. */
const rereadMs = 5_000;

/**
 * The room as this window records it and as the station has it, together; null until the station has answered once.
 * Goes on by itself after a reload, and stops when the session is closed.
 */
export function useRoomRecording(roomId: RoomId, session: SessionRow) {
  const { sessionId, state: sessionState } = session;
  const room = useQuery({
    ...ask.recording.room.queryOptions({ input: { sessionId, roomId } }),
    refetchInterval: rereadMs,
    refetchIntervalInBackground: true,
  });
  // Cameras on the network are recorded by the station itself; this window leaves them alone.
  const onNetwork = useQuery(ask.networkCameras.list.queryOptions());
  const recorder = useMemo(() => roomRecorder(roomId), [roomId]);
  const recorders = recorder.recorders.use();
  recorder.devices.use();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  // Frames and deliveries change a view several times a second: they are drawn with the clock, once. A fault is drawn now.
  const nowMs = useStationClock();
  useEffect(() => {
    const stops = [...recorders.values()].map((r) => {
      let drawn = r.view.get();
      return r.view.subscribe(() => {
        const before = drawn;
        drawn = r.view.get();
        if (mustBeDrawnNow(before, drawn)) redraw();
      });
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [recorders]);

  const { data } = room;
  const start = () => {
    if (data !== undefined)
      void recorder.start(sessionId, {
        ...data.room,
        cameras: data.cameras.filter((c) => !onNetwork.data?.cameras.some((n) => n.cameraId === c.cameraId)),
        minHeight: data.minHeight,
        audio: data.audio,
      });
  };
  const isOpen = sessionState === 'open' || sessionState === 'running';
  const goesOn = data !== undefined && onNetwork.isFetched && isOpen && recorder.wasRecording(sessionId);
  const onGoesOn = useEffectEvent(start);
  useEffect(() => {
    if (goesOn) onGoesOn();
  }, [goesOn]);
  useEffect(() => {
    if (!isOpen && sessionState !== 'preparing' && recorder.isRecording) recorder.stop('session-ended');
  }, [isOpen, sessionState, recorder]);

  if (data === undefined) return { room, recording: null };
  const views = [...recorders.values()].map((r) => r.view.get());
  const isUnderWay = views.some((v) => ['opening', 'recording', 'fault'].includes(v.work.kind));
  const cameras = data.cameras.map((camera): CameraAtWork => {
    const view = recorders.get(camera.cameraId)?.view.get() ?? null;
    return {
      camera,
      view,
      state: tileState(
        view?.work ?? null,
        camera.state,
        isUnderWay ? recorder.startedAtMs : null,
        view?.waiting.hindrance === 'disk-full' ? (view.stored.at(-1)?.endMs ?? recorder.startedAtMs) : null,
      ),
    };
  });
  const recording: RoomRecording = {
    recorder,
    cameras,
    verdict: roomVerdict(
      cameras.map((c) => c.state),
      sessionState,
    ),
    alone: data.alone,
    minHeight: data.minHeight,
    freeBytes: data.freeBytes,
    bytesPerSecond: data.bytesPerSecond,
    nowMs,
    start,
  };
  return { room, recording };
}

function mustBeDrawnNow(before: RecorderView, now: RecorderView): boolean {
  return (
    before.work !== now.work ||
    before.stream !== now.stream ||
    before.height !== now.height ||
    before.refused !== now.refused ||
    before.clockSteppedAtMs !== now.clockSteppedAtMs ||
    before.waiting.hindrance !== now.waiting.hindrance
  );
}
