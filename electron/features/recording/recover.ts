import { inTransaction } from '../../db/database.ts';
import type { RecordingDeps } from './deps.ts';
import { recordingEvents } from './events.ts';
import { type HeldFragment, readSpoolRecord } from './fragment.ts';
import { beginGap, endGap, storedUntil } from './gaps.ts';
import { continuesSegment, isPictureFault, leavesGap, mayStartRecording } from './rules.ts';
import { sealSegment } from './seal-segment.ts';
import { activeRecordings, findRecording, lastSegment, openGap, type Recording, segmentWith } from './store.ts';

const station = { kind: 'station' } as const;

/**
 * Picks up what a crash or a power cut left: the whole fragments of every spool become segments, and the spool goes.
 * Needs the station's own key; called at the start and again until the keys are open. Harmless when called twice.
 */
export async function recoverSpools(deps: RecordingDeps): Promise<'done' | 'keys-locked'> {
  for (const name of await deps.vault.spools()) {
    if (deps.open.owns(name)) continue;
    const read = await deps.vault.readSpool(name);
    if (!read.ok) return 'keys-locked';
    const { records, cutBytes, damaged } = read.value;
    const found = records.flatMap((r) => readSpoolRecord(r) ?? []);
    const recording = found[0] ? findRecording(deps.db, found[0].recordingId) : null;
    if (recording === null) {
      await deps.vault.dropSpool(name);
      continue;
    }
    const { recordingId } = recording;
    const mine = found.filter((f) => f.recordingId === recordingId).map((f) => f.fragment);
    const isDone = await deps.open.exclusively(recordingId, () =>
      recover(deps, recording, mine, { cutBytes, damaged }),
    );
    if (isDone) await deps.vault.dropSpool(name);
  }
  deps.changed();
  return 'done';
}

async function recover(
  deps: RecordingDeps,
  recording: Recording,
  fragments: readonly HeldFragment[],
  lost: { cutBytes: number; damaged: number },
): Promise<boolean> {
  const { recordingId, cameraId, sessionId } = recording;
  // The segment may have been on record already when the power went, only its spool not yet empty.
  const missing = fragments.filter((f) => segmentWith(deps.db, recordingId, f.sequence) === null);
  for (const run of runsOf(missing)) {
    const sealed = await sealSegment(deps, station, recording, run, true);
    if (!sealed.ok) return false;
    inTransaction(deps.db, (w) => {
      const open = openGap(w, sessionId, cameraId);
      const { beginMs, endMs } = sealed.value;
      if (open === null || isPictureFault(open.reason) || endMs <= open.beginMs) return;
      endGap(deps, w, station, recording, open, beginMs);
      if (lastSegment(w, recordingId)?.sequence === sealed.value.sequence) {
        beginGap(deps, w, station, recording, { beginMs: endMs, reason: open.reason });
      }
    });
  }
  const read = {
    recordingId,
    cameraId,
    fragments: missing.length,
    ...lost,
    beginMs: missing[0]?.beginMs ?? null,
    endMs: missing.at(-1)?.endMs ?? null,
  };
  inTransaction(deps.db, (w) => deps.journal.append(w, station, recordingEvents.spoolRead, read, sessionId));
  return true;
}

/** Fragments in segments as they were meant: each begins with one that opens, and has no hole. */
function runsOf(fragments: readonly HeldFragment[]): HeldFragment[][] {
  const runs: HeldFragment[][] = [];
  for (const fragment of fragments) {
    const last = runs.at(-1);
    if (last !== undefined && !fragment.opens && continuesSegment(last, fragment)) last.push(fragment);
    else runs.push([fragment]);
  }
  return runs;
}

/**
 * After a start: every camera that was being recorded has a gap from its last stored frame on, until frames come. What a
 * desk kept meanwhile fills it.
 */
export function declareRestart(deps: RecordingDeps): void {
  const nowMs = deps.clock.wallMs();
  inTransaction(deps.db, (w) => {
    for (const r of activeRecordings(w)) {
      const state = deps.places.sessionState(w, r.sessionId);
      if (state === null || !mayStartRecording(state) || openGap(w, r.sessionId, r.cameraId) !== null) continue;
      const beginMs = storedUntil(deps, w, r);
      if (leavesGap(beginMs, nowMs)) beginGap(deps, w, station, r, { beginMs, reason: 'station-restarted' });
    }
  });
}
