import type { Clock } from '../lib/clock.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { CentreDb } from './centre-store.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A site without a network for a week, and a week to find out. */
export const KEEP_UNFINISHED_MS = 14 * DAY_MS;

/**
 * Lets go of archives that were begun longer ago than `keepMs` and never arrived whole, so that what stations left off does not
 * fill the disk. Their station begins anew by itself. Decided by the centre's own record: tus' store cannot tell one that is
 * whole and waits to be checked.
 */
export async function expireUnfinished(
  { db, archives, clock }: { db: CentreDb; archives: ArchiveStore; clock: Clock },
  keepMs: number,
): Promise<number> {
  const nowMs = clock.wallMs();
  const old = await db
    .selectFrom('uploads')
    .select('upload_id')
    .where('state', '=', 'receiving')
    .where('created_ms', '<', nowMs - keepMs)
    .execute();
  let expired = 0;
  for (const { upload_id } of old) {
    const there = await archives.tus.getUpload(upload_id).catch(() => null);
    // Whole, and the process fell before it said so: the station's next question brings it on.
    if (there?.size !== undefined && there.offset === there.size) continue;
    expired += 1;
    // What is gone already is let go of all the same.
    await archives.tus.remove(upload_id).catch(() => undefined);
    await db
      .updateTable('uploads')
      .set({ state: 'expired', changed_ms: nowMs })
      .where('upload_id', '=', upload_id)
      .where('state', '=', 'receiving')
      .execute();
  }
  return expired;
}
