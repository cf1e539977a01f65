import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { NamedSpool, Vault } from '../../vault/vault.ts';
import { type HeldFragment, spoolRecord } from './fragment.ts';
import type { Recording } from './store.ts';

/** The segment of a recording that is still growing. */
export interface OpenSegment {
  readonly recording: Recording;
  /** In order, without a hole; never empty. */
  readonly fragments: readonly HeldFragment[];
}

/**
 * The segments that are open, one for each recording at most. Every fragment is in the recording's spool and synced
 * before it is here; here it waits in memory, so that the whole segment is sealed without reading anything back.
 */
export interface OpenSegments {
  of(recordingId: string): OpenSegment | null;
  ofCamera(sessionId: string, cameraId: string): OpenSegment[];
  /** Recordings that have a spool, and when a fragment was written to it last, by the station's monotonic clock. */
  spooled(): { recordingId: string; sessionId: string; touchedMonoMs: number }[];
  /** One after another for each recording: between a look and a write nothing else may happen to it. */
  exclusively<T>(recordingId: string, work: () => Promise<T>): Promise<T>;
  /** Writes and syncs the fragment; after that it is part of the open segment. */
  append(recording: Recording, fragment: HeldFragment): Promise<Result<true, { code: 'disk-full' }>>;
  /** The segment is on record: the fragments need to be kept no longer. */
  forget(recordingId: string): Promise<void>;
  /** Nothing more is expected of the recording: its spool is taken away. Call with nothing open. */
  release(recordingId: string): Promise<void>;
  /** The segment can no longer go on record: it is let be, and its spool stays where it lies. */
  leave(recordingId: string): Promise<void>;
  /** Whether a spool is one of this process. */
  owns(spoolName: string): boolean;
  /** Leaves everything as it lies; the next start picks it up. */
  close(): Promise<void>;
}

export function openSegments(deps: { vault: Pick<Vault, 'openSpool'>; clock: Clock }): OpenSegments {
  const open = new Map<string, OpenSegment>();
  const spools = new Map<string, NamedSpool & { sessionId: string; touchedMonoMs: number }>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    of: (recordingId) => open.get(recordingId) ?? null,
    ofCamera: (sessionId, cameraId) =>
      [...open.values()].filter((o) => o.recording.sessionId === sessionId && o.recording.cameraId === cameraId),
    spooled: () =>
      [...spools].map(([recordingId, { sessionId, touchedMonoMs }]) => ({ recordingId, sessionId, touchedMonoMs })),
    exclusively(recordingId, work) {
      const mine = (turns.get(recordingId) ?? Promise.resolve()).then(work, work);
      turns.set(recordingId, mine);
      const done = () => {
        if (turns.get(recordingId) === mine) turns.delete(recordingId);
      };
      mine.then(done, done);
      return mine;
    },
    async append(recording, fragment) {
      const { recordingId, sessionId } = recording;
      let named = spools.get(recordingId);
      if (named === undefined) {
        const made = await deps.vault.openSpool(sessionId);
        if (!made.ok) return err(made.error);
        named = { ...made.value, sessionId, touchedMonoMs: 0 };
        spools.set(recordingId, named);
      }
      const written = await named.spool.append(spoolRecord(recordingId, fragment));
      if (!written.ok) return written;
      const fragments = [...(open.get(recordingId)?.fragments ?? []), fragment];
      named.touchedMonoMs = deps.clock.monotonicMs();
      open.set(recordingId, { recording, fragments });
      return ok(true);
    },
    async forget(recordingId) {
      open.delete(recordingId);
      await spools.get(recordingId)?.spool.clear();
    },
    async release(recordingId) {
      const named = spools.get(recordingId);
      spools.delete(recordingId);
      await named?.spool.remove();
    },
    async leave(recordingId) {
      open.delete(recordingId);
      const named = spools.get(recordingId);
      spools.delete(recordingId);
      await named?.spool.close();
    },
    owns: (name) => [...spools.values()].some((s) => s.name === name),
    async close() {
      await Promise.allSettled([...turns.values()]);
      for (const { spool } of spools.values()) await spool.close();
      spools.clear();
      open.clear();
    },
  };
}
