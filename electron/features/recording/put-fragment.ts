import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { type IntervalFault, maxSegmentBytes } from './contract.ts';
import type { RecordingDeps } from './deps.ts';
import { mayWrite } from './disk.ts';
import { recordingEvents } from './events.ts';
import { type FragmentWish, type HeldFragment, heldFragment, sha256Of } from './fragment.ts';
import { beginGap, lastStored, settleGapBefore, storedUntil } from './gaps.ts';
import { continuesSegment, intervalFault, looksLikeFragment, seamMs } from './rules.ts';
import { sealSegment } from './seal-segment.ts';
import {
  activeRecordings,
  findRecording,
  laterRecording,
  openGap,
  type Recording,
  type StoredSegment,
  segmentWith,
} from './store.ts';

export interface FragmentReceipt {
  sequence: number;
  /** Of the plain fragment. */
  sha256: string;
  storedAtMs: number;
}

export type FragmentRefusal =
  | { code: 'NO_SUCH_RECORDING' | 'TAKEN_OVER' | 'SESSION_SEALED' | 'SEQUENCE_REUSED' | 'NO_OPEN_SEGMENT' }
  | { code: 'FRAGMENT_TOO_LARGE' | 'NOT_A_FRAGMENT' | 'DISK_FULL' }
  | { code: 'BAD_INTERVAL'; data: { reason: IntervalFault } };

type Reply = Result<FragmentReceipt, FragmentRefusal>;

/**
 * Stores one fragment: in the recording's spool, encrypted and synced; or, with the one that closes it, the whole
 * segment as one file, its row and its journal entry in one commit. Then the reply. A fragment sent again gets the first
 * reply. Refusals are journaled; a full disk once, not at every retry.
 */
export async function putFragment(deps: RecordingDeps, caller: Caller, wish: FragmentWish): Promise<Reply> {
  const recording = findRecording(deps.db, wish.recordingId);
  if (recording === null) return refuse(deps, caller, null, wish, { code: 'NO_SUCH_RECORDING' });
  if (wish.fragment.size > maxSegmentBytes) {
    return refuse(deps, caller, recording, wish, { code: 'FRAGMENT_TOO_LARGE' });
  }
  const bytes = new Uint8Array(await wish.fragment.arrayBuffer());
  const fragment = heldFragment(wish, bytes, sha256Of(bytes));
  return deps.open.exclusively(recording.recordingId, async () => {
    const reply = await putInTurn(deps, caller, recording, fragment, wish.closes);
    return reply.ok ? reply : refuse(deps, caller, recording, wish, reply.error);
  });
}

/** A segment of one fragment: what a source hands over that makes whole segments itself. */
export const putSegment = (
  deps: RecordingDeps,
  caller: Caller,
  { segment, ...wish }: Omit<FragmentWish, 'fragment' | 'opens' | 'closes'> & { segment: Blob },
): Promise<Reply> => putFragment(deps, caller, { ...wish, fragment: segment, opens: true, closes: true });

async function putInTurn(
  deps: RecordingDeps,
  caller: Caller,
  recording: Recording,
  fragment: HeldFragment,
  closes: boolean,
): Promise<Reply> {
  const { recordingId } = recording;
  if (!looksLikeFragment(fragment.bytes, fragment.opens)) return err({ code: 'NOT_A_FRAGMENT' });
  const before = storedBefore(deps, recordingId, fragment) ?? violation(deps, deps.db, recording, fragment);
  if (before !== null) return before;

  const open = deps.open.of(recordingId);
  const continues = open !== null && !fragment.opens && continuesSegment(open.fragments, fragment);
  if (!continues && !fragment.opens) return err({ code: 'NO_OPEN_SEGMENT' });
  const running = activeRecordings(deps.db);
  if (!mayWrite(await deps.freeBytes(), fragment.bytes.length, recording, running, deps.reservedBytes)) {
    return err({ code: 'DISK_FULL' });
  }
  if (open !== null && !continues) {
    const sealed = await sealSegment(deps, actorOf(caller), recording, open.fragments);
    if (!sealed.ok) return sealed;
    await deps.open.forget(recordingId);
  }
  // Whether it ends a gap is asked before it is stored: afterwards it is the newest thing itself.
  const settle = gapSettler(deps, caller, recording, fragment);
  if (closes) {
    const fragments = [...(continues ? open.fragments : []), fragment];
    const sealed = await sealSegment(deps, actorOf(caller), recording, fragments);
    if (!sealed.ok) return sealed;
    await deps.open.forget(recordingId);
  } else {
    const appended = await deps.open.append(recording, fragment);
    if (!appended.ok) return err({ code: 'DISK_FULL' });
  }
  diskFullSaid.get(deps)?.delete(recordingId);
  const isSettled = settle();
  if (isSettled || fragment.sequence === 0) deps.changed();
  return ok({ sequence: fragment.sequence, sha256: fragment.sha256, storedAtMs: deps.clock.wallMs() });
}

/** The gap this fragment ends or reveals goes on record after the fragment is safe. */
function gapSettler(deps: RecordingDeps, caller: Caller, recording: Recording, fragment: HeldFragment): () => boolean {
  // A late fragment of a run that was taken over says nothing about the gap of the run after it.
  if (laterRecording(deps.db, recording) !== null) return () => false;
  const previousEndMs = lastStored(deps, deps.db, recording);
  return () =>
    inTransaction(deps.db, (w) =>
      settleGapBefore(deps, w, actorOf(caller), recording, { previousEndMs, nextBeginMs: fragment.beginMs }),
    );
}

/** The reply of the first time, or a refusal when the number is taken by other bytes; null when it is free. */
function storedBefore(deps: RecordingDeps, recordingId: string, fragment: HeldFragment): Reply | null {
  const { sequence, sha256 } = fragment;
  const reply = (known: string | undefined, storedAtMs: number): Reply =>
    known === sha256 ? ok({ sequence, sha256, storedAtMs }) : err({ code: 'SEQUENCE_REUSED' });
  const open = deps.open.of(recordingId)?.fragments.find((f) => f.sequence === sequence);
  if (open !== undefined)
    return sameFragment(open, fragment) ? reply(sha256, deps.clock.wallMs()) : reply(undefined, 0);
  const segment: StoredSegment | null = segmentWith(deps.db, recordingId, sequence);
  return segment === null ? null : reply(segment.fragmentHashes[sequence - segment.sequence], segment.storedMs);
}

/** A fragment may come again as one that opens a segment, with `ftyp` and `moov` before it: its frames are the same. */
const sameFragment = (a: HeldFragment, b: HeldFragment): boolean =>
  a.sha256 === b.sha256 || (a.opens !== b.opens && a.beginMs === b.beginMs && a.endMs === b.endMs);

function violation(deps: RecordingDeps, db: ReadDb, recording: Recording, fragment: HeldFragment): Reply | null {
  if (deps.places.sessionState(db, recording.sessionId) === 'sealed') return err({ code: 'SESSION_SEALED' });
  const successor = laterRecording(db, recording);
  // What was filmed before another desk took over is evidence still, however late it comes.
  if (successor !== null && fragment.endMs > successor.startedMs + seamMs) return err({ code: 'TAKEN_OVER' });
  const reason = intervalFault(fragment, lastStored(deps, db, recording), deps.clock.wallMs());
  return reason === null ? null : err({ code: 'BAD_INTERVAL', data: { reason } });
}

const diskFullSaid = new WeakMap<RecordingDeps, Set<string>>();

function refuse(
  deps: RecordingDeps,
  caller: Caller,
  recording: Recording | null,
  wish: FragmentWish,
  why: FragmentRefusal,
): Reply {
  // Sent again in another form: nothing is refused for good, and after every restart it would stand in the journal.
  if (why.code === 'NO_OPEN_SEGMENT') return err(why);
  if (why.code === 'DISK_FULL' && recording !== null) {
    const said = diskFullSaid.get(deps) ?? new Set();
    diskFullSaid.set(deps, said);
    if (said.has(recording.recordingId)) return err(why);
    said.add(recording.recordingId);
  }
  const finite = (ms: number) => (Number.isFinite(ms) ? ms : null);
  const entry = {
    recordingId: wish.recordingId.slice(0, 64),
    sequence: wish.sequence,
    code: why.code,
    reason: why.code === 'BAD_INTERVAL' ? why.data.reason : null,
    bytes: wish.fragment.size,
    beginMs: finite(wish.beginMs),
    endMs: finite(wish.endMs),
  };
  const sessionId = recording?.sessionId ?? null;
  const begun = inTransaction(deps.db, (w) => {
    deps.journal.append(w, actorOf(caller), recordingEvents.segmentRefused, entry, sessionId);
    if (why.code !== 'DISK_FULL' || recording === null || laterRecording(w, recording) !== null) return false;
    if (openGap(w, recording.sessionId, recording.cameraId) !== null) return false;
    beginGap(deps, w, { kind: 'station' }, recording, {
      beginMs: storedUntil(deps, w, recording),
      reason: 'disk-full',
    });
    return true;
  });
  if (begun) deps.changed();
  return err(why);
}
