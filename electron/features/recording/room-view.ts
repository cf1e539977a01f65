import type { z } from 'zod';
import type { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CameraView, recording } from './contract.ts';
import type { RecordingDeps } from './deps.ts';
import { plannedBytesPerSecond } from './disk.ts';
import { lastStored } from './gaps.ts';
import { isMissing, joinIntervals, seenAlone } from './rules.ts';
import { type Gap, gapsOf, type Recording, recordingsOf } from './store.ts';

export type RoomRecording = z.infer<NonNullable<(typeof recording.room)['~orpc']['outputSchema']>>;

/** Everything the room desk and the office show of one room's cameras. */
export async function roomRecording(
  deps: RecordingDeps,
  { sessionId, roomId }: { sessionId: SessionId; roomId: RoomId },
): Promise<Result<RoomRecording, { code: 'NO_SUCH_ROOM' }>> {
  const room = deps.places.room(deps.db, roomId);
  if (room === null) return err({ code: 'NO_SUCH_ROOM' });
  const cameras = room.cameras.map(({ cameraId, label }) => cameraView(deps, sessionId, { cameraId, label }));
  return ok({
    room: { name: room.name, location: room.location },
    cameras,
    alone: seenAlone(room.cameras, deps.places.seats(deps.db, roomId)),
    minHeight: deps.places.minHeight(deps.db),
    audio: deps.places.audio(deps.db),
    freeBytes: Math.max(0, (await deps.freeBytes()) - deps.reservedBytes),
    bytesPerSecond: cameras.reduce((sum, c) => sum + bytesPerSecond(c), 0),
  });
}

/** One camera in one session: what is stored of it, what is missing, and whether it is being recorded now. */
export function cameraView(
  deps: RecordingDeps,
  sessionId: SessionId,
  camera: { cameraId: CameraId; label: string },
): CameraView {
  const sealed = deps.coverage.of(sessionId, camera.cameraId);
  const open = deps.open.ofCamera(sessionId, camera.cameraId).flatMap((o) => o.fragments);
  const runs = recordingsOf(deps.db, sessionId, camera.cameraId);
  const gaps = gapsOf(deps.db, sessionId, camera.cameraId);
  const newest = runs.at(-1);
  const weak = gaps.find((g) => g.endMs === null && !isMissing(g.reason));
  return {
    ...camera,
    deskRun: newest?.deskRun ?? null,
    deviceLabel: newest?.deviceLabel ?? null,
    state: cameraState(deps, newest, gaps.find((g) => g.endMs === null && isMissing(g.reason)) ?? null),
    stored: open.length === 0 ? sealed.stored : joinIntervals([...sealed.stored, ...open]),
    gaps: gaps
      .filter((g) => isMissing(g.reason) && (g.endMs === null || g.endMs > g.beginMs))
      .map(({ beginMs, endMs, reason }) => ({ beginMs, endMs, reason })),
    weak: weak ? { reason: weak.reason, sinceMs: weak.beginMs } : null,
    segments: sealed.segments,
    bytes: sealed.bytes + open.reduce((sum, f) => sum + f.bytes.length, 0),
  };
}

function cameraState(deps: RecordingDeps, newest: Recording | undefined, open: Gap | null): CameraView['state'] {
  if (newest === undefined) return { kind: 'not-started' };
  if (newest.stoppedMs !== null) return { kind: 'stopped', atMs: newest.stoppedMs };
  const { recordingId } = newest;
  const last = lastStored(deps, deps.db, newest);
  // Before the first fragment of a run a gap may be open from the run before; this one is only beginning.
  const isBeginning = last === null && (open === null || open.reason === 'desk-restarted' || open.reason === 'stopped');
  if (open !== null && !isBeginning) return { kind: 'silent', recordingId, sinceMs: open.beginMs, reason: open.reason };
  return { kind: 'recording', recordingId, sinceMs: newest.startedMs, storedUntilMs: last ?? newest.startedMs };
}

function bytesPerSecond(camera: CameraView): number {
  const storedMs = camera.stored.reduce((sum, i) => sum + i.endMs - i.beginMs, 0);
  return storedMs < 10_000 ? plannedBytesPerSecond : (camera.bytes / storedMs) * 1000;
}
