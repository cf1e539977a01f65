import { actorOf, type Caller } from '../../../contract/caller.ts';
import { type Db, inTransaction } from '../../../db/database.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { PlanBook } from '../../plan/plan-book.ts';
import { contentDigest } from '../closing.ts';
import type { ArchiveDeps } from '../deps.ts';
import { archiveEvents } from '../events.ts';
import { type ClosingError, closableSession } from '../service.ts';
import { volumeItems } from '../volumes.ts';
import type { SelfTest, SelfTestResult } from './contract.ts';
import { runSelfTest } from './run.ts';
import { insertSelfTest, latestSelfTest } from './store.ts';

interface Running {
  sessionId: string;
  done: number;
  total: number;
  stop: boolean;
}

/** The test a station is running; one at a time. A station that ends loses it, and nothing else. */
const running = new WeakMap<Db, Running>();

export function readSelfTest(deps: ArchiveDeps, book: PlanBook, sessionId: string): SelfTest {
  const now = running.get(deps.db);
  const last = latestSelfTest(deps.db, sessionId);
  return {
    running: now?.sessionId === sessionId ? { done: now.done, total: now.total } : null,
    last,
    stands: last !== null && last.contentSha256 === contentDigest(deps, book, sessionId),
  };
}

/** Tests what would be sealed now and puts the result on record. Answers when it is over; null where it was stopped. */
export async function selfTest(
  deps: ArchiveDeps,
  caller: Caller,
  sessionId: string,
): Promise<Result<SelfTest, ClosingError | { code: 'KEYS_LOCKED' } | { code: 'SELF_TEST_RUNNING' }>> {
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable;
  if (deps.ring.keys() === null) return err({ code: 'KEYS_LOCKED' });
  if (running.has(deps.db)) return err({ code: 'SELF_TEST_RUNNING' });
  const book = closable.value;
  const mine: Running = { sessionId, done: 0, total: 1, stop: false };
  running.set(deps.db, mine);
  try {
    const settling = deps.settleVideo(sessionId);
    if (settling !== null) await settling;
    deps.evaluatePanels(sessionId);
    const contentSha256 = contentDigest(deps, book, sessionId);
    const checks = await runSelfTest(deps, book, sessionId, volumeItems(deps, book, sessionId), (done, total) => {
      Object.assign(mine, { done, total });
      return !mine.stop;
    });
    if (checks !== null) {
      const atMs = deps.clock.wallMs();
      const byName = caller.member?.name ?? '';
      const result: SelfTestResult = { format: 'kaodian-self-test/1', contentSha256, atMs, byName, checks };
      inTransaction(deps.db, (w) => {
        insertSelfTest(w, sessionId, result);
        const failed = checks.filter((c) => c.result === 'fail').map((c) => c.id);
        const data = { contentSha256, failed };
        deps.journal.append(w, actorOf(caller, 'site-lead'), archiveEvents.selfTested, data, sessionId);
      });
    }
  } finally {
    running.delete(deps.db);
  }
  deps.changed();
  return ok(readSelfTest(deps, book, sessionId));
}

/** Stops the test that runs; what it found so far counts for nothing. */
export function stopSelfTest(deps: ArchiveDeps): void {
  const now = running.get(deps.db);
  if (now) now.stop = true;
}
