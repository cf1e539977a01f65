import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import type { CameraId, SessionId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { SessionState } from '../session/contract.ts';
import type { CameraFault } from './contract.ts';
import type { RecordingDeps } from './deps.ts';
import { recordingEvents } from './events.ts';
import { beginGap, endGap, explainGap, gapBeforeNewRun, storedUntil } from './gaps.ts';
import { isMissing, isPictureFault, isSilent, mayStartRecording } from './rules.ts';
import { sealOpen } from './seal-segment.ts';
import {
  activeRecordings,
  findRecording,
  insertRecording,
  insertStop,
  lastSegment,
  laterRecording,
  openGap,
  type Recording,
  recordingsOf,
} from './store.ts';

export interface StartWish {
  sessionId: SessionId;
  cameraId: CameraId;
  deskRun: string;
  width: number;
  height: number;
  codec: string;
  deviceLabel: string;
  clockStepped?: boolean | undefined;
}

type StartRefusal =
  | { code: 'NO_SUCH_CAMERA' | 'SESSION_SEALED' | 'TAKEN_OVER' }
  | { code: 'SESSION_NOT_OPEN'; data: { state: SessionState } };

type Started = { recordingId: string; nextSequence: number };

/**
 * Begins a recording, or finds the one this desk run has already. A desk run that another has taken over is told so
 * and gets nothing: otherwise two desks would take the camera from each other for ever.
 */
export function startRecording(deps: RecordingDeps, caller: Caller, wish: StartWish): Result<Started, StartRefusal> {
  const who = actorOf(caller);
  const { sessionId, cameraId, deskRun } = wish;
  const reply = inTransaction(deps.db, (w): Result<Started, StartRefusal> => {
    const refusal = startViolation(deps, w, wish);
    if (refusal !== null) {
      deps.journal.append(w, who, recordingEvents.startRefused, { cameraId, code: refusal.code });
      return err(refusal);
    }
    const runs = recordingsOf(w, sessionId, cameraId);
    const own = runs.find((r) => r.deskRun === deskRun);
    if (own !== undefined && own.stoppedMs === null) return ok(resume(deps, w, who, own));
    gapBeforeNewRun(deps, w, who, wish, wish.clockStepped === true);
    const takesOver = runs.findLast((r) => r.stoppedMs === null)?.recordingId ?? null;
    const recordingId = newId('V');
    insertRecording(w, { ...wish, recordingId, startedMs: deps.clock.wallMs() });
    const { deviceLabel, codec, width, height } = wish;
    const entry = { cameraId, recordingId, deskRun, deviceLabel, codec, width, height, takesOver };
    deps.journal.append(w, who, recordingEvents.started, entry, sessionId);
    return ok({ recordingId, nextSequence: 0 });
  });
  if (reply.ok) deps.changed();
  return reply;
}

function startViolation(deps: RecordingDeps, w: WriteDb, wish: StartWish): StartRefusal | null {
  if (!deps.places.hasCamera(w, wish.cameraId)) return { code: 'NO_SUCH_CAMERA' };
  const state = deps.places.sessionState(w, wish.sessionId);
  if (state === null) return { code: 'NO_SUCH_CAMERA' };
  if (state === 'sealed') return { code: 'SESSION_SEALED' };
  const own = recordingsOf(w, wish.sessionId, wish.cameraId).find((r) => r.deskRun === wish.deskRun);
  // A run that is under way may finish what it has: its queue still holds what was filmed before the end.
  if (!mayStartRecording(state) && own === undefined) return { code: 'SESSION_NOT_OPEN', data: { state } };
  // A desk run begins once. One that was stopped, or taken over, begins again under a new name.
  if (own !== undefined && (own.stoppedMs !== null || laterRecording(w, own) !== null)) return { code: 'TAKEN_OVER' };
  return null;
}

function resume(deps: RecordingDeps, w: WriteDb, who: Actor, own: Recording): Started {
  const { recordingId, cameraId, sessionId } = own;
  const open = deps.open.of(recordingId)?.fragments.at(-1)?.sequence;
  const nextSequence = (open ?? lastSegment(w, recordingId)?.lastFragment ?? -1) + 1;
  deps.journal.append(w, who, recordingEvents.resumed, { cameraId, recordingId, nextSequence }, sessionId);
  return { recordingId, nextSequence };
}

export interface FaultReport {
  sessionId: SessionId;
  cameraId: CameraId;
  fault: CameraFault | null;
  sinceMs?: number | undefined;
}

/** Opens the gap a desk reports, or ends one of the picture. Before the session is open nothing is missing yet. */
export function reportFault(
  deps: RecordingDeps,
  caller: Caller,
  report: FaultReport,
): Result<Record<string, never>, { code: 'NO_SUCH_CAMERA' | 'SESSION_SEALED' }> {
  const state = deps.places.sessionState(deps.db, report.sessionId);
  if (state === null || !deps.places.hasCamera(deps.db, report.cameraId)) return err({ code: 'NO_SUCH_CAMERA' });
  if (state === 'sealed') return err({ code: 'SESSION_SEALED' });
  if (!mayStartRecording(state)) return ok({});
  const changed = inTransaction(deps.db, (w) => {
    const open = openGap(w, report.sessionId, report.cameraId);
    const nowMs = deps.clock.wallMs();
    const sinceMs = Math.min(report.sinceMs ?? nowMs, nowMs);
    if (report.fault === null) {
      if (open === null || !isPictureFault(open.reason)) return false;
      endGap(deps, w, actorOf(caller), report, open, sinceMs);
      return true;
    }
    // The first reason stands: a cable pulled out of a black camera is still the same gap. What was only weak is over
    // when nothing usable comes any more.
    if (open?.reason === 'no-segments') return explainGap(deps, w, actorOf(caller), report, open, report.fault);
    if (open !== null && (isMissing(open.reason) || !isMissing(report.fault))) return false;
    if (open !== null) endGap(deps, w, actorOf(caller), report, open, sinceMs);
    const run = recordingsOf(w, report.sessionId, report.cameraId).at(-1);
    const isRunning = run !== undefined && run.stoppedMs === null;
    const beginMs = isRunning && !isPictureFault(report.fault) ? Math.min(storedUntil(deps, w, run), nowMs) : sinceMs;
    beginGap(deps, w, actorOf(caller), report, { beginMs, reason: report.fault });
    return true;
  });
  if (changed) deps.changed();
  return ok({});
}

/** Stops a recording for good and seals its open segment. Stopping twice is no fault: the first stop stands. */
export async function stopRecording(
  deps: RecordingDeps,
  caller: Caller,
  wish: { recordingId: string; reason: 'session-ended' | 'operator' },
): Promise<Result<Record<string, never>, { code: 'NO_SUCH_RECORDING' | 'TAKEN_OVER' }>> {
  const recording = findRecording(deps.db, wish.recordingId);
  if (recording === null) return err({ code: 'NO_SUCH_RECORDING' });
  // Without room it stays open; the watchdog seals it when there is some.
  await sealOpen(deps, actorOf(caller), wish.recordingId);
  if (recording.stoppedMs !== null) return ok({});
  if (laterRecording(deps.db, recording) !== null) return err({ code: 'TAKEN_OVER' });
  inTransaction(deps.db, (w) => stop(deps, w, actorOf(caller), recording, wish.reason));
  deps.changed();
  return ok({});
}

/** For the session's own closing, inside its transaction: every camera of it stops, every open gap ends there. */
export function stopRecordingsOf(deps: RecordingDeps, w: WriteDb, who: Actor, sessionId: SessionId): void {
  for (const r of activeRecordings(w)) if (r.sessionId === sessionId) stop(deps, w, who, r, 'session-ended');
}

function stop(
  deps: RecordingDeps,
  w: WriteDb,
  who: Actor,
  recording: Recording,
  reason: 'session-ended' | 'operator',
): void {
  const { recordingId, cameraId, sessionId } = recording;
  const nowMs = deps.clock.wallMs();
  const open = openGap(w, sessionId, cameraId);
  if (open !== null) endGap(deps, w, who, recording, open, nowMs);
  insertStop(w, recordingId, nowMs, reason);
  deps.journal.append(w, who, recordingEvents.stopped, { cameraId, recordingId, reason }, sessionId);
}

/** The station's watchdog, called twice a second: a camera from which nothing comes gets its gap on record. */
export function watchRecordings(deps: RecordingDeps): void {
  const nowMs = deps.clock.wallMs();
  const silent = activeRecordings(deps.db).filter((r) => {
    const open = openGap(deps.db, r.sessionId, r.cameraId);
    if (!isSilent(storedUntil(deps, deps.db, r), nowMs) || (open !== null && isMissing(open.reason))) return false;
    const state = deps.places.sessionState(deps.db, r.sessionId);
    return state !== null && mayStartRecording(state);
  });
  if (silent.length === 0) return;
  inTransaction(deps.db, (w) => {
    for (const r of silent) {
      const weak = openGap(w, r.sessionId, r.cameraId);
      if (weak !== null) endGap(deps, w, { kind: 'station' }, r, weak, storedUntil(deps, w, r));
      beginGap(deps, w, { kind: 'station' }, r, { beginMs: storedUntil(deps, w, r), reason: 'no-segments' });
    }
  });
  deps.changed();
}
