import { discoverCameras } from '../devices/rtsp-camera/discovery.ts';
import type { CheckinDeps } from '../features/checkin/deps.ts';
import { maySettle } from '../features/checkin/procedures.ts';
import type { CoverageDeps } from '../features/coverage/deps.ts';
import type { NetworkCamerasDeps } from '../features/network-cameras/deps.ts';
import { findFfmpeg } from '../features/network-cameras/find-ffmpeg.ts';
import { RunningCameras } from '../features/network-cameras/running-cameras.ts';
import type { CameraView } from '../features/recording/contract.ts';
import { openCoverage } from '../features/recording/coverage.ts';
import type { RecordingDeps } from '../features/recording/deps.ts';
import { reservedBytes } from '../features/recording/disk.ts';
import { openSegments } from '../features/recording/open-segments.ts';
import { cameraView } from '../features/recording/room-view.ts';
import { saveSetting, setting } from '../features/site/settings.ts';
import { nothingLive, type SupervisionDeps } from '../features/supervision/deps.ts';
import type { TimelineDeps } from '../features/timeline/deps.ts';
import { ViewedSpans } from '../features/timeline/viewed-spans.ts';
import type { SessionId } from '../lib/ids.ts';
import { eventCatalogue } from './catalogue.ts';
import { centreKeys } from './centre-keys.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';

export function recordingDeps(f: Foundation, { base, book, rules, state }: ExamDay): RecordingDeps {
  const { db, vault, clock } = f;
  return {
    ...base,
    vault,
    coverage: openCoverage(db),
    open: openSegments({ vault, clock }),
    reservedBytes,
    places: {
      sessionState: (_db, sessionId) => state(sessionId),
      room: (_db, roomId) => book()?.room(roomId) ?? null,
      seats: (_db, roomId) => book()?.plan.workstations.filter((w) => w.roomId === roomId) ?? [],
      hasCamera: (_db, cameraId) =>
        book()?.plan.rooms.some((r) => r.cameras.some((c) => c.cameraId === cameraId)) ?? false,
      minHeight: () => rules()['recording.min-height'],
      audio: () => rules()['recording.audio'],
    },
    freeBytes: f.freeBytes,
    changed: f.changed('recording'),
  };
}

/** The cameras that the plan has in a room, and what each of them recorded in the session. */
export type CamerasOf = (sessionId: string, roomId: string) => CameraView[];

export const camerasOf =
  ({ book }: ExamDay, recording: RecordingDeps): CamerasOf =>
  (sessionId, roomId) =>
    (book()?.room(roomId)?.cameras ?? []).map((c) => cameraView(recording, sessionId as SessionId, c));

export function coverageDeps(f: Foundation, day: ExamDay, recording: RecordingDeps): CoverageDeps {
  const { base, book, rules, pack, state, staffName } = day;
  return {
    ...base,
    book,
    rules,
    pack,
    recorded: recording.coverage,
    sessionState: state,
    checkPin: f.checkPin,
    mayAccept: maySettle(f.db),
    staffName,
    // A score may stand now that could not before.
    changed: () => {
      f.changed('archive')();
      f.changed('scoring')();
    },
  };
}

export function networkCamerasDeps(f: Foundation, day: ExamDay, recording: RecordingDeps): NetworkCamerasDeps {
  return {
    ...day.base,
    ring: f.ring,
    book: day.book,
    sessionState: day.state,
    recording,
    ffmpeg: () => findFfmpeg(process.env),
    discover: () => discoverCameras(),
    running: new RunningCameras(),
    changed: f.changed('recording'),
  };
}

export function timelineDeps(f: Foundation, day: ExamDay, cameras: CamerasOf): TimelineDeps {
  const { base, book, rules, state, staffName } = day;
  return {
    ...base,
    vault: f.vault,
    book,
    rules,
    sessionState: state,
    cameras,
    staffName,
    catalogue: eventCatalogue,
    viewed: new ViewedSpans(),
  };
}

export function supervisionDeps(
  f: Foundation,
  { base, book, state }: ExamDay,
  { cameras, sessionAt }: { cameras: CamerasOf; sessionAt: CheckinDeps['sessionAt'] },
): SupervisionDeps {
  const { db, vault, ring, clock } = f;
  return {
    ...base,
    vault,
    ring,
    book,
    centreKeys: () => centreKeys(book())[0],
    sessionAt,
    sessionState: state,
    cameras,
    setting: { read: () => setting(db, 'live'), save: (w, value) => saveSetting(w, 'live', value) },
    live: nothingLive(clock.monotonicMs()),
    changed: f.changed('supervision'),
  };
}
