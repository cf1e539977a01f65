import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { SecondPerson } from '../staff/contract.ts';
import type { PinError } from '../staff/pin.ts';
import { type PaperView, paperRoles } from './contract.ts';
import { mayTypeNext } from './counting.ts';
import type { PaperDeps } from './deps.ts';
import { paperEvents } from './events.ts';
import { insertEntry, insertRestart, restartsIn } from './store.ts';
import { countableSession, countOf, type PaperError, paperView } from './view.ts';

export interface CountWish {
  sessionId: string;
  round: number;
  counts: Readonly<Record<string, number>>;
  by?: SecondPerson | undefined;
}

type Violation =
  | PaperError
  | { code: 'COUNT_CHANGED' }
  | { code: 'COUNT_INCOMPLETE'; data: { lines: string[] } }
  | { code: 'OTHER_PERSON_NEEDED'; data: { byName: string } }
  | { code: 'MAY_NOT_COUNT' };
export type CountError = Violation | PinError;

/** One entry of the round that is open. The second entry is held against the first at once; what differs is counted again. */
export async function countPaper(
  deps: PaperDeps,
  caller: Caller,
  wish: CountWish,
): Promise<Result<PaperView, CountError>> {
  const { sessionId, by } = wish;
  const counter = by === undefined ? caller.member : deps.staff().find((m) => m.staffId === by.staffId);
  const violation = (db: ReadDb): Violation | null => {
    const countable = countableSession(deps, sessionId);
    if (!countable.ok) return countable.error;
    if (!counter?.roles.some((r) => (paperRoles as readonly string[]).includes(r))) return { code: 'MAY_NOT_COUNT' };
    const state = countOf({ db: db as PaperDeps['db'] }, countable.value, sessionId);
    const alien = Object.keys(wish.counts).some((line) => !state.open.includes(line));
    if (state.round !== wish.round || alien || state.open.length === 0) return { code: 'COUNT_CHANGED' };
    const lacking = state.open.filter((line) => wish.counts[line] === undefined);
    if (lacking.length > 0) return { code: 'COUNT_INCOMPLETE', data: { lines: lacking } };
    if (mayTypeNext(state, counter.staffId, deps.rules(sessionId)['archive.second-count-by-other'])) return null;
    return { code: 'OTHER_PERSON_NEEDED', data: { byName: state.first!.byName } };
  };
  const refuse = (error: Violation): Result<PaperView, CountError> => {
    if (error.code !== 'NO_SUCH_SESSION') {
      const data = { round: wish.round, code: error.code };
      inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), paperEvents.countRefused, data, sessionId));
    }
    return err(error);
  };
  const early = violation(deps.db);
  if (early) return refuse(early);
  if (by !== undefined) {
    const checked = await deps.checkPin(by.staffId, by.pin, 'count-paper', actorOf(caller));
    if (!checked.ok) return checked;
  }
  const { staffId, name } = counter!;
  const book = deps.book()!;
  const found = inTransaction(deps.db, (w): Violation | null => {
    const now = violation(w);
    if (now) return now;
    const attempt = restartsIn(w, sessionId).length;
    const { round, counts } = wish;
    const isSecond = countOf({ db: deps.db }, book, sessionId).first !== null;
    insertEntry(w, sessionId, { attempt, round, counts, byStaff: staffId, byName: name, atMs: deps.clock.wallMs() });
    const data = { attempt, round, counts: { ...counts }, byStaff: staffId };
    deps.journal.append(w, actorOf(caller), paperEvents.counted, data, sessionId);
    if (isSecond) {
      const state = countOf(deps, book, sessionId);
      const compared = { round, agreed: Object.fromEntries(state.agreed), differs: Object.fromEntries(state.differs) };
      deps.journal.append(w, actorOf(caller), paperEvents.compared, compared, sessionId);
    }
    return null;
  });
  if (found) return refuse(found);
  deps.changed();
  return ok(paperView(deps, caller, book, sessionId));
}

/** Counting begins anew, for a reason; earlier entries stay on record. */
export function countAgain(
  deps: PaperDeps,
  caller: Caller,
  { sessionId, reason }: { sessionId: string; reason: string },
): Result<PaperView, PaperError> {
  const countable = countableSession(deps, sessionId);
  if (!countable.ok) return countable;
  inTransaction(deps.db, (w) => {
    const { staffId: byStaff, name: byName } = caller.member!;
    insertRestart(w, sessionId, { reason, byStaff, byName, atMs: deps.clock.wallMs() });
    deps.journal.append(w, actorOf(caller), paperEvents.countAgain, { reason }, sessionId);
  });
  deps.changed();
  return ok(paperView(deps, caller, countable.value, sessionId));
}
