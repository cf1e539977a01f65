import type { ReadDb, WriteDb } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import { newId } from '../../lib/new-id.ts';
import type { GapReason } from './contract.ts';
import type { RecordingDeps } from './deps.ts';
import { recordingEvents } from './events.ts';
import { isMissing, isPictureFault, leavesGap } from './rules.ts';
import {
  type Gap,
  insertGapBegin,
  insertGapEnd,
  insertGapReason,
  lastSegment,
  openGap,
  type Recording,
  recordingsOf,
} from './store.ts';

interface Place {
  readonly sessionId: string;
  readonly cameraId: string;
}

/** Puts the beginning of a gap on record. A camera has at most one open gap; the caller has looked. */
export function beginGap(
  deps: RecordingDeps,
  w: WriteDb,
  who: Actor,
  at: Place,
  gap: { beginMs: number; reason: GapReason },
): Gap {
  const begun: Gap = { gapId: newId('G'), beginMs: Math.round(gap.beginMs), endMs: null, reason: gap.reason };
  insertGapBegin(w, at, begun);
  const { gapId, beginMs, reason } = begun;
  deps.journal.append(
    w,
    who,
    recordingEvents.gapBegun,
    { cameraId: at.cameraId, gapId, reason, beginMs },
    at.sessionId,
  );
  return begun;
}

/** Gives the reason of a gap that the station had only inferred. A reason somebody gave stands. @returns whether it did */
export function explainGap(
  deps: RecordingDeps,
  w: WriteDb,
  who: Actor,
  at: Place,
  gap: Gap,
  reason: GapReason,
): boolean {
  if (gap.reason !== 'no-segments' || isPictureFault(reason)) return false;
  insertGapReason(w, gap.gapId, reason);
  const { gapId, beginMs } = gap;
  const explained = { cameraId: at.cameraId, gapId, reason, beginMs };
  deps.journal.append(w, who, recordingEvents.gapExplained, explained, at.sessionId);
  return true;
}

/** Puts the end on record. Where frames turn out to reach back to the beginning, the gap ends where it began. */
export function endGap(deps: RecordingDeps, w: WriteDb, who: Actor, at: Place, gap: Gap, atMs: number): void {
  const filled = !isPictureFault(gap.reason) && !leavesGap(gap.beginMs, atMs);
  const endMs = filled ? gap.beginMs : Math.max(gap.beginMs, Math.round(atMs));
  insertGapEnd(w, gap.gapId, endMs);
  const { gapId, beginMs, reason } = gap;
  deps.journal.append(
    w,
    who,
    recordingEvents.gapEnded,
    { cameraId: at.cameraId, gapId, reason, beginMs, endMs, filled },
    at.sessionId,
  );
}

/** End of the newest fragment stored by a run, be its segment open or sealed; null while there is none. */
export const lastStored = (deps: RecordingDeps, db: ReadDb, { recordingId }: Recording): number | null =>
  deps.open.of(recordingId)?.fragments.at(-1)?.endMs ?? lastSegment(db, recordingId)?.endMs ?? null;

/** As `lastStored`; the run's start when nothing is stored. */
export const storedUntil = (deps: RecordingDeps, db: ReadDb, recording: Recording): number =>
  lastStored(deps, db, recording) ?? recording.startedMs;

/**
 * What a new fragment says about gaps: it ends an open one, unless only the desk can end that; and where frames are
 * missing before it that nobody reported, it puts that gap on record whole.
 *
 * @returns whether anything went on record
 */
export function settleGapBefore(
  deps: RecordingDeps,
  w: WriteDb,
  who: Actor,
  recording: Recording,
  { previousEndMs, nextBeginMs }: { previousEndMs: number | null; nextBeginMs: number },
): boolean {
  const gap = openGap(w, recording.sessionId, recording.cameraId);
  if (gap !== null && isMissing(gap.reason)) {
    if (isPictureFault(gap.reason)) return false;
    endGap(deps, w, who, recording, gap, nextBeginMs);
    return true;
  }
  if (previousEndMs === null || !leavesGap(previousEndMs, nextBeginMs)) return false;
  const unseen = beginGap(deps, w, who, recording, { beginMs: previousEndMs, reason: 'no-segments' });
  endGap(deps, w, who, recording, unseen, nextBeginMs);
  return true;
}

/** A new run on a camera: whatever lay before is a gap until its first segment comes. */
export function gapBeforeNewRun(deps: RecordingDeps, w: WriteDb, who: Actor, at: Place, clockStepped: boolean): void {
  const nowMs = deps.clock.wallMs();
  const previous = recordingsOf(w, at.sessionId, at.cameraId).at(-1);
  const open = openGap(w, at.sessionId, at.cameraId);
  // The new desk looks at the picture itself: if it is still black, it will say so.
  if (open !== null && isPictureFault(open.reason)) endGap(deps, w, who, at, open, nowMs);
  if (previous === undefined) return;
  const reason = previous.stoppedMs !== null ? 'stopped' : clockStepped ? 'clock' : 'desk-restarted';
  if (open !== null && !isPictureFault(open.reason)) {
    explainGap(deps, w, who, at, open, reason);
    return;
  }
  beginGap(deps, w, who, at, { beginMs: Math.min(storedUntil(deps, w, previous), nowMs), reason });
}
