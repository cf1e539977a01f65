import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb, type WriteDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Sealed } from '../../vault/vault.ts';
import { type IntervalFault, maxSegmentBytes } from './contract.ts';
import { type RecordingDeps, reservedBytes } from './deps.ts';
import { recordingEvents } from './events.ts';
import { settleGapBefore } from './gaps.ts';
import { type Interval, intervalFault, looksLikeMp4, seamMs } from './rules.ts';
import { findRecording, findSegment, insertSegment, lastSegment, laterRecording, type Recording } from './store.ts';

export interface SegmentWish extends Interval {
  recordingId: string;
  sequence: number;
  frames: number;
  segment: Blob;
}

export interface SegmentReceipt {
  sequence: number;
  storedSha256: string;
  storedAtMs: number;
}

export type SegmentRefusal =
  | { code: 'NO_SUCH_RECORDING' | 'TAKEN_OVER' | 'SESSION_SEALED' | 'SEQUENCE_REUSED' }
  | { code: 'SEGMENT_TOO_LARGE' | 'NOT_A_SEGMENT' | 'DISK_FULL' }
  | { code: 'BAD_INTERVAL'; data: { reason: IntervalFault } };

type Reply = Result<SegmentReceipt, SegmentRefusal>;

/**
 * Stores one segment: encrypted, written and synced, then its row, its gap and its journal entry in one commit, then
 * the reply. A segment sent again gets the first reply. Refusals are journaled; a full disk once, not at every retry.
 */
export async function putSegment(deps: RecordingDeps, caller: Caller, wish: SegmentWish): Promise<Reply> {
  const recording = findRecording(deps.db, wish.recordingId);
  if (recording === null) return refuse(deps, caller, null, wish, { code: 'NO_SUCH_RECORDING' });
  const refused = (why: SegmentRefusal): Reply => refuse(deps, caller, recording, wish, why);
  if (wish.segment.size > maxSegmentBytes) return refused({ code: 'SEGMENT_TOO_LARGE' });
  const bytes = new Uint8Array(await wish.segment.arrayBuffer());
  if (!looksLikeMp4(bytes)) return refused({ code: 'NOT_A_SEGMENT' });

  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const before = storedBefore(deps.db, wish, sha256) ?? violation(deps, deps.db, recording, wish);
  if (before !== null) return before.ok ? before : refused(before.error);
  if ((await deps.freeBytes()) < reservedBytes + bytes.length) return diskFull(deps, caller, recording, wish);

  const sealed = await deps.vault.write(bytes, {
    sessionId: recording.sessionId,
    kind: 'video',
    subject: recording.cameraId,
    mediaType: 'video/mp4',
    ...intervalOf(wish),
  });
  if (!sealed.ok) {
    if (sealed.error.code === 'disk-full') return diskFull(deps, caller, recording, wish);
    throw new Error(`the vault refused a segment: ${sealed.error.code}`);
  }
  let gapSettled = false;
  let isNew = false;
  const reply = inTransaction(deps.db, (w): Reply => {
    // The same segment, sent twice at once, may have been committed while this one was being written. The file of the
    // loser stays behind, named by nothing.
    const meanwhile = storedBefore(w, wish, sha256) ?? violation(deps, w, recording, wish);
    if (meanwhile !== null) return meanwhile;
    isNew = true;
    // A late segment of a run that was taken over says nothing about the gap of the run after it.
    const isNewestRun = laterRecording(w, recording) === null;
    gapSettled = isNewestRun && settleGapBefore(deps, w, actorOf(caller), recording, wish.beginMs);
    return ok(putOnRecord(deps, w, caller, recording, wish, sealed.value));
  });
  if (!reply.ok) return refused(reply.error);
  diskFullSaid.get(deps)?.delete(recording.recordingId);
  if (isNew) {
    const { sizeBytes } = sealed.value;
    deps.coverage.add(recording.sessionId, recording.cameraId, { ...intervalOf(wish), bytes: sizeBytes });
    if (gapSettled || wish.sequence === 0) deps.changed();
  }
  return reply;
}

/** Whole milliseconds are all the record keeps. */
const intervalOf = (wish: Interval): Interval => ({
  beginMs: Math.round(wish.beginMs),
  endMs: Math.round(wish.endMs),
});

function putOnRecord(
  deps: RecordingDeps,
  w: WriteDb,
  caller: Caller,
  recording: Recording,
  wish: SegmentWish,
  sealed: Sealed,
): SegmentReceipt {
  const { recordingId, cameraId, sessionId } = recording;
  const { sequence, frames } = wish;
  const { sha256, storedSha256, evidenceId, sizeBytes: bytes } = sealed;
  const interval = intervalOf(wish);
  const storedMs = deps.clock.wallMs();
  deps.vault.keep(w, sealed);
  insertSegment(w, { recordingId, sequence, ...interval, frames, evidenceId, storedMs });
  const entry = { recordingId, cameraId, sequence, ...interval, frames, bytes, sha256, storedSha256, evidenceId };
  deps.journal.append(w, actorOf(caller), recordingEvents.segmentStored, entry, sessionId);
  return { sequence, storedSha256, storedAtMs: storedMs };
}

/** The reply of the first time, or a refusal when the number is taken by other bytes; null when it is free. */
function storedBefore(db: ReadDb, wish: SegmentWish, sha256: string): Reply | null {
  const stored = findSegment(db, wish.recordingId, wish.sequence);
  if (stored === null) return null;
  const evidence = db
    .prepare('SELECT sha256, stored_sha256 AS storedSha256 FROM evidence WHERE evidence_id = ?')
    .get(stored.evidenceId) as { sha256: string; storedSha256: string };
  if (evidence.sha256 !== sha256) return err({ code: 'SEQUENCE_REUSED' });
  return ok({ sequence: stored.sequence, storedSha256: evidence.storedSha256, storedAtMs: stored.storedMs });
}

function violation(deps: RecordingDeps, db: ReadDb, recording: Recording, wish: SegmentWish): Reply | null {
  if (deps.places.sessionState(db, recording.sessionId) === 'sealed') return err({ code: 'SESSION_SEALED' });
  const successor = laterRecording(db, recording);
  // What was filmed before another desk took over is evidence still, however late it comes.
  if (successor !== null && wish.endMs > successor.startedMs + seamMs) return err({ code: 'TAKEN_OVER' });
  const previous = lastSegment(db, recording.recordingId);
  const reason = intervalFault(intervalOf(wish), previous?.endMs ?? null, deps.clock.wallMs());
  return reason === null ? null : err({ code: 'BAD_INTERVAL', data: { reason } });
}

function refuse(
  deps: RecordingDeps,
  caller: Caller,
  recording: Recording | null,
  wish: SegmentWish,
  why: SegmentRefusal,
): Reply {
  const finite = (ms: number) => (Number.isFinite(ms) ? ms : null);
  const entry = {
    recordingId: wish.recordingId.slice(0, 64),
    sequence: wish.sequence,
    code: why.code,
    reason: why.code === 'BAD_INTERVAL' ? why.data.reason : null,
    bytes: wish.segment.size,
    beginMs: finite(wish.beginMs),
    endMs: finite(wish.endMs),
  };
  const sessionId = recording?.sessionId ?? null;
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), recordingEvents.segmentRefused, entry, sessionId),
  );
  return err(why);
}

const diskFullSaid = new WeakMap<RecordingDeps, Set<string>>();

function diskFull(deps: RecordingDeps, caller: Caller, recording: Recording, wish: SegmentWish): Reply {
  const said = diskFullSaid.get(deps) ?? new Set();
  diskFullSaid.set(deps, said);
  if (said.has(recording.recordingId)) return err({ code: 'DISK_FULL' });
  said.add(recording.recordingId);
  return refuse(deps, caller, recording, wish, { code: 'DISK_FULL' });
}
