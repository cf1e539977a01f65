import { inTransaction } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { RecordingDeps } from './deps.ts';
import { runningDigest } from './digest.ts';
import { recordingEvents } from './events.ts';
import type { HeldFragment } from './fragment.ts';
import { insertSegment, newestInJournal, type Recording, type StoredSegment } from './store.ts';

/**
 * Makes one segment of these fragments: encrypted as one file, written and synced, then its row and journal entry in
 * one commit. Call inside `exclusively` of the recording.
 *
 * @param fragments  in order, without a hole, at least one
 */
export async function sealSegment(
  deps: RecordingDeps,
  who: Actor,
  recording: Recording,
  fragments: readonly HeldFragment[],
  recovered = false,
): Promise<Result<StoredSegment, { code: 'DISK_FULL' | 'SESSION_SEALED' }>> {
  const [first, last] = [fragments[0]!, fragments.at(-1)!];
  const { recordingId, cameraId, sessionId } = recording;
  const interval = { beginMs: first.beginMs, endMs: last.endMs };
  if (deps.places.sessionState(deps.db, sessionId) === 'sealed') return err({ code: 'SESSION_SEALED' });
  const written = await deps.vault.write(Buffer.concat(fragments.map((f) => f.bytes)), {
    sessionId,
    kind: 'video',
    subject: cameraId,
    mediaType: 'video/mp4',
    ...interval,
  });
  if (!written.ok) {
    if (written.error.code === 'disk-full') return err({ code: 'DISK_FULL' });
    throw new Error(`the vault refused a segment: ${written.error.code}`);
  }
  const { sha256, storedSha256, evidenceId, sizeBytes: bytes } = written.value;
  const segment = inTransaction(deps.db, (w): StoredSegment | null => {
    if (deps.places.sessionState(w, sessionId) === 'sealed') return null;
    const before = newestInJournal(w, recordingId);
    const facts = {
      sequence: first.sequence,
      lastFragment: last.sequence,
      ...interval,
      firstMonoMs: first.firstMonoMs,
      lastMonoMs: last.lastMonoMs,
      frames: fragments.reduce((sum, f) => sum + f.frames, 0),
      evidenceId,
      ordinal: (before?.ordinal ?? -1) + 1,
      digest: runningDigest(before?.digest || recordingId, {
        sequence: first.sequence,
        lastFragment: last.sequence,
        ...interval,
        sha256,
      }),
      recovered,
    };
    const fragmentHashes = fragments.map((f) => f.sha256);
    const stored: StoredSegment = { recordingId, ...facts, fragmentHashes, storedMs: deps.clock.wallMs() };
    deps.vault.keep(w, written.value);
    insertSegment(w, stored);
    const entry = { recordingId, cameraId, ...facts, bytes, sha256, storedSha256 };
    deps.journal.append(w, who, recordingEvents.segmentStored, entry, sessionId);
    return stored;
  });
  if (segment === null) return err({ code: 'SESSION_SEALED' });
  deps.coverage.add(sessionId, cameraId, { ...interval, bytes });
  return ok(segment);
}

/** Seals what is open of a recording, if anything is, and takes its spool away. Waits its turn. */
export function sealOpen(
  deps: RecordingDeps,
  who: Actor,
  recordingId: string,
): Promise<Result<true, { code: 'DISK_FULL' | 'SESSION_SEALED' }>> {
  return deps.open.exclusively(recordingId, async () => {
    const open = deps.open.of(recordingId);
    if (open !== null) {
      const sealed = await sealSegment(deps, who, open.recording, open.fragments);
      if (!sealed.ok && sealed.error.code === 'SESSION_SEALED') await deps.open.leave(recordingId);
      if (!sealed.ok) return sealed;
      await deps.open.forget(recordingId);
    }
    await deps.open.release(recordingId);
    return ok(true);
  });
}

/** Seals everything open of a session and takes its spools away: before its record is signed or sealed. Null where nothing is. */
export function settleRecordings(deps: RecordingDeps, sessionId: string): Promise<void> | null {
  const spools = deps.open.spooled().filter((s) => s.sessionId === sessionId);
  if (spools.length === 0) return null;
  const each = spools.map((s) => sealOpen(deps, { kind: 'station' }, s.recordingId));
  return Promise.all(each).then(() => undefined);
}

/** A segment that no fragment has come to for this long is not waited for. */
const idleMs = 5_000;

/** Seals the segments that have stopped growing: the camera is out, or the desk gone. Called with the watchdog. */
export async function sealIdle(deps: RecordingDeps): Promise<void> {
  const nowMs = deps.clock.monotonicMs();
  for (const { recordingId, touchedMonoMs } of deps.open.spooled()) {
    if (nowMs - touchedMonoMs >= idleMs) await sealOpen(deps, { kind: 'station' }, recordingId);
  }
}
