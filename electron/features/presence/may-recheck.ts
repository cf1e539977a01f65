import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { findAdmission } from '../checkin/store.ts';
import type { Recheck, Whereabouts } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { dueRecheck, recheckView, stateOfRecheck } from './rechecks.ts';
import { findRecheck, type RecheckRow } from './store.ts';
import { whereIs } from './where.ts';

export type RecheckError =
  | { code: 'NO_SUCH_RECHECK' }
  | { code: 'WRONG_STATE'; data: { state: string } }
  | { code: 'RECHECK_DONE'; data: { recheck: Recheck } }
  | { code: 'NOT_INSIDE'; data: { where: Whereabouts } };

/** The re-check, when it is due, undecided, in a running session, and the candidate is in the room. */
export function mayRecheck(
  deps: PresenceDeps,
  caller: Caller,
  recheckId: string,
  db: ReadDb = deps.db,
): Result<RecheckRow, RecheckError> {
  const row = dueRecheck(deps, db, recheckId);
  if (!row) return refuseRecheck(deps, caller, recheckId, { code: 'NO_SUCH_RECHECK' });
  const state = deps.sessionState(row.sessionId)!;
  if (state !== 'running') return refuseRecheck(deps, caller, recheckId, { code: 'WRONG_STATE', data: { state } });
  if (stateOfRecheck(deps, db, row).kind === 'done') {
    // Two desks at once: the other was first. Nothing was attempted against a rule.
    return err({ code: 'RECHECK_DONE', data: { recheck: recheckView(deps, row) } });
  }
  const where = whereIs(deps, findAdmission(db, row.candidateId)!, db);
  if (where.kind === 'inside') return ok(row);
  return refuseRecheck(deps, caller, recheckId, { code: 'NOT_INSIDE', data: { where } });
}

export function refuseRecheck<const E extends { code: string }>(
  deps: PresenceDeps,
  caller: Caller,
  recheckId: string,
  error: E,
) {
  const sessionId = findRecheck(deps.db, recheckId)?.sessionId ?? null;
  // Nothing is added to the record of a sealed session.
  const onRecord = sessionId !== null && deps.sessionState(sessionId) !== 'sealed' ? sessionId : null;
  const data = { recheckId, code: error.code };
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), presenceEvents.recheckRefused, data, onRecord));
  return err(error);
}
