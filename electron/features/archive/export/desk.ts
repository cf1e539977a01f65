import { actorOf, type Caller } from '../../../contract/caller.ts';
import { inTransaction } from '../../../db/database.ts';
import type { Actor } from '../../../journal/entry.ts';
import { newId } from '../../../lib/new-id.ts';
import { newPace } from '../../../lib/pace.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { BundleRow } from '../contract.ts';
import type { ArchiveDeps } from '../deps.ts';
import { archiveEvents } from '../events.ts';
import { findBundle, insertExport } from '../store.ts';
import type { ExportJob, ExportState, ExportWish } from './contract.ts';
import type { Place } from './division.ts';
import { type ExportError, exportMedium, type MediumWritten, type Progress } from './export-medium.ts';
import { insertMedium, mediaOf } from './store.ts';

export type NoExport = { code: 'NO_SUCH_BUNDLE' } | { code: 'NO_SUCH_EXPORT' };

type Work = {
  job: ExportJob;
  aborter: AbortController;
  /** How it ended; `null` for a defect, which is in the log. */
  done: Promise<Result<MediumWritten, ExportError> | null>;
};
/** What a medium goes on with. */
type Begun = { exportId: string; medium: number; after: Place | null };

/**
 * Writes bundles onto disks, several at a time onto several. Work goes on while nobody looks; what is done is on record medium by
 * medium, so that a divided bundle goes on with its next disk after a restart too.
 */
export class ExportDesk {
  readonly #deps: ArchiveDeps;
  #works: Work[] = [];

  constructor(deps: ArchiveDeps) {
    this.#deps = deps;
  }

  /** Those of a bundle, the latest last; of those that ended, the last for each folder. */
  jobs(bundleId: string): ExportJob[] {
    return this.#works.filter(({ job }) => job.bundleId === bundleId).map(({ job }) => job);
  }

  begin(caller: Caller, wish: ExportWish): Result<Work, NoExport> {
    const { db } = this.#deps;
    const bundle = findBundle(db, this.#deps.bundlesFolder, wish.bundleId);
    if (!bundle) return err({ code: 'NO_SUCH_BUNDLE' });
    const media = wish.continues === null ? [] : mediaOf(db, wish.continues);
    const last = media.at(-1);
    const isOpen = last?.bundleId === wish.bundleId && last.until !== null;
    if (wish.continues !== null && !isOpen) return err({ code: 'NO_SUCH_EXPORT' });
    const begun: Begun = {
      exportId: wish.continues ?? newId('X'),
      medium: media.length + 1,
      after: last?.until ?? null,
    };
    const job: ExportJob = {
      jobId: newId('J'),
      exportId: begun.exportId,
      bundleId: wish.bundleId,
      folder: wish.folder,
      medium: begun.medium,
      state: { kind: 'writing', doneBytes: 0, totalBytes: bundle.bytes, bytesPerSecond: null, stopping: false },
    };
    const aborter = new AbortController();
    this.#works = this.#works.filter((w) => isRunning(w.job.state) || w.job.folder !== wish.folder);
    const work: Work = { job, aborter, done: Promise.resolve(null) };
    work.done = this.#write(work, bundle, wish, begun, actorOf(caller, 'site-lead')).catch((cause: unknown) => {
      console.error('a bundle could not be exported:', cause);
      job.state = { kind: 'failed', failure: { code: 'STATION_FAULT' } };
      this.#deps.changed();
      return null;
    });
    this.#works.push(work);
    return ok(work);
  }

  /** Asks an export to come to rest. What is written stays, and is gone on from. */
  stop(jobId: string): Result<ExportJob, { code: 'NO_SUCH_EXPORT' }> {
    const work = this.#works.find(({ job }) => job.jobId === jobId);
    if (!work) return err({ code: 'NO_SUCH_EXPORT' });
    const { state } = work.job;
    if (state.kind === 'writing' || state.kind === 'reading-back') state.stopping = true;
    work.aborter.abort();
    return ok(work.job);
  }

  async close(): Promise<void> {
    for (const { aborter } of this.#works) aborter.abort();
    await Promise.all(this.#works.map(({ done }) => done));
  }

  async #write(
    { job, aborter }: Work,
    bundle: BundleRow,
    wish: ExportWish,
    { medium: number, after }: Begun,
    actor: Actor,
  ): Promise<Result<MediumWritten, ExportError>> {
    const { db, journal, disks, changed } = this.#deps;
    const { bundleId, sessionId } = bundle;
    const { exportId } = job;
    const progress = this.#progressOf(job, aborter.signal, () => {
      const begun = { bundleId, exportId, medium: number };
      inTransaction(db, (w) => journal.append(w, actor, archiveEvents.exportBegun, begun, sessionId));
    });
    const { folder, divide } = wish;
    const { under } = disks;
    const medium = { bundleDir: bundle.folder, folder, under, after, divide, number };
    const written = await exportMedium(medium, progress, aborter.signal);
    if (written.ok) this.#record(job, bundle, written.value, actor);
    else {
      const { code } = written.error;
      inTransaction(db, (w) =>
        code === 'STOPPED'
          ? journal.append(w, actor, archiveEvents.exportStopped, { bundleId, exportId, medium: number }, sessionId)
          : journal.append(w, actor, archiveEvents.exportFailed, { bundleId, code }, sessionId),
      );
    }
    job.state = endOf(written);
    changed();
    return written;
  }

  #record({ exportId, bundleId, medium }: ExportJob, bundle: BundleRow, written: MediumWritten, actor: Actor): void {
    const { db, journal, clock } = this.#deps;
    const { folder, files, bytes, until, leftBytes, readFrom } = written;
    const atMs = clock.wallMs();
    const divided = medium > 1 || until !== null;
    inTransaction(db, (w) => {
      insertMedium(w, { exportId, medium, bundleId, folder, files, bytes, until, leftBytes, readFrom, atMs });
      if (divided) {
        const facts = { bundleId, exportId, medium, files, bytes, leftBytes };
        journal.append(w, actor, archiveEvents.mediumWritten, facts, bundle.sessionId);
      }
      if (until !== null) return;
      insertExport(w, { bundleId, folder, atMs, verified: true, exportId });
      const whole = { bundleId, files: bundle.files, bytes: bundle.bytes, media: medium, readFrom };
      journal.append(w, actor, archiveEvents.exported, whole, bundle.sessionId);
    });
  }

  #progressOf(job: ExportJob, signal: AbortSignal, begun: () => void): Progress {
    let pace = newPace();
    let hasBegun = false;
    return {
      phase: (kind, totalBytes) => {
        if (!hasBegun) begun();
        hasBegun = true;
        pace = newPace();
        job.state = { kind, doneBytes: 0, totalBytes, bytesPerSecond: null, stopping: signal.aborted };
        this.#deps.changed();
      },
      add: (bytes) => {
        const { state } = job;
        if (state.kind !== 'writing' && state.kind !== 'reading-back') return;
        state.doneBytes = Math.max(0, state.doneBytes + bytes);
        state.bytesPerSecond = pace(state.doneBytes);
      },
    };
  }
}

const isRunning = (state: ExportState): boolean => state.kind === 'writing' || state.kind === 'reading-back';

function endOf(written: Result<MediumWritten, ExportError>): ExportState {
  if (written.ok) {
    const { leftBytes, readFrom } = written.value;
    return { kind: 'written', leftBytes, readFrom };
  }
  return written.error.code === 'STOPPED' ? { kind: 'stopped' } : { kind: 'failed', failure: written.error };
}
