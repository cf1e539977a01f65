import type { Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { Role } from '../staff/roles.ts';
import type { Revealed } from './contract.ts';
import { refuse, resultPorts, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { roomResults } from './results.ts';
import { lockedSheets } from './store.ts';

export type RevealedError = SheetError | { code: 'NOT_REVEALED'; data: { waitingFor: number } };

/** Who may look at a room's marks once they lie open, besides the panel itself. */
const READERS: readonly Role[] = ['score-keeper', 'supervisor', 'site-lead'];

/** What the panel sees once everyone has locked. Another room's examiner sees none of it, whatever else they are. */
export function readRevealed(deps: ScoringDeps, caller: Caller, where: Where): Result<Revealed, RevealedError> {
  const book = deps.book();
  if (!book?.session(where.sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const { roles, examinerId } = caller.member!;
  const onPanel = book.panel(where.sessionId, where.roomId).some((p) => p.examinerId === examinerId);
  const refused = (error: RevealedError) =>
    inTransaction(deps.db, (w) => refuse(deps, w, caller, where, 'look', error));
  if (!onPanel && !roles.some((r) => READERS.includes(r))) return refused({ code: 'NOT_ON_PANEL' });
  const waiting = waitingFor(deps, book, where);
  if (waiting > 0) return refused({ code: 'NOT_REVEALED', data: { waitingFor: waiting } });
  const rules = deps.rules(where.sessionId);
  const { results, passTenths } = roomResults(resultPorts(deps)!, where.sessionId, where.roomId);
  return ok({
    results: results.map(({ candidateId: _hidden, coverage: _, ...shown }) => shown),
    passTenths,
    spreadLimitTenths: rules['scoring.spread-limit-tenths'],
  });
}

/** How many of the panel have not locked yet; nothing is revealed before that is none. */
export function waitingFor(deps: ScoringDeps, book: PlanBook, where: Where): number {
  const locked = lockedSheets(deps.db, where.sessionId, where.roomId);
  const panel = book.panel(where.sessionId, where.roomId);
  return panel.filter((p) => !locked.some((s) => s.examinerId === p.examinerId)).length;
}
