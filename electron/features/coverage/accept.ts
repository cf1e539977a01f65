import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { SessionState } from '../session/contract.ts';
import type { PinError } from '../staff/pin.ts';
import type { CandidateCoverage } from './contract.ts';
import type { CoverageDeps } from './deps.ts';
import { coverageEvents } from './events.ts';
import type { PersonFacts } from './facts.ts';
import { coverageIn, type PersonCoverage, personView } from './service.ts';
import { insertAcceptance } from './store.ts';

type Violation =
  | { code: 'NOT_ADMITTED' | 'NOT_SHORT' | 'SAME_PERSON' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } };
export type AcceptError = Violation | PinError;

interface AcceptWish {
  candidateId: string;
  reason: string;
  pin: string;
  second: { staffId: StaffId; pin: string };
}

/**
 * Two persons accept that the video of a candidate is short. A row of its own that names what was missing when they did:
 * if more turns out to be missing, it no longer stands. Refusals are journaled.
 */
export async function acceptShortness(
  deps: CoverageDeps,
  caller: Caller,
  wish: AcceptWish,
): Promise<Result<CandidateCoverage, AcceptError>> {
  const { candidateId, reason, second } = wish;
  const byStaffId = caller.member?.staffId ?? '';
  const before = mayAccept(deps, deps.db, candidateId);
  if (!before.ok) return refuse(deps, caller, candidateId, before.error);
  if (second.staffId === byStaffId || !deps.mayAccept(second.staffId)) {
    return refuse(deps, caller, candidateId, { code: 'SAME_PERSON' });
  }
  for (const { staffId, pin } of [{ staffId: byStaffId, pin: wish.pin }, second]) {
    const checked = await deps.checkPin(staffId, pin, 'accept-coverage', actorOf(caller));
    if (!checked.ok) return checked;
  }
  const done = inTransaction(deps.db, (w): Result<PersonCoverage, Violation> => {
    const still = mayAccept(deps, w, candidateId);
    if (!still.ok) return still;
    const { candidate, admission, covered } = still.value;
    const { mostMs, presentMs } = covered;
    const gaps = covered.gaps.map(({ beginMs, endMs }) => ({ beginMs, endMs }));
    const acceptanceId = newId('AC');
    const secondStaffId = second.staffId;
    insertAcceptance(w, {
      acceptanceId,
      candidateId,
      sessionId: candidate.sessionId,
      admission: admission.attemptId,
      reason,
      byStaffId,
      secondStaffId,
      atMs: deps.clock.wallMs(),
      mostMs,
      gaps,
    });
    deps.journal.append(
      w,
      actorOf(caller),
      coverageEvents.accepted,
      { acceptanceId, candidateId, reason, byStaffId, secondStaffId, presentMs, mostMs, gaps },
      candidate.sessionId,
    );
    return still;
  });
  if (!done.ok) return refuse(deps, caller, candidateId, done.error);
  deps.changed();
  const [now] = coverageIn(deps, done.value.candidate.sessionId, is(candidateId));
  return ok(personView(deps, deps.book()!, now!));
}

const is =
  (candidateId: string) =>
  ({ candidate }: PersonFacts): boolean =>
    candidate.candidateId === candidateId;

function mayAccept(deps: CoverageDeps, db: ReadDb, candidateId: string): Result<PersonCoverage, Violation> {
  const sessionId = deps.book()?.candidate(candidateId)?.sessionId;
  const state = sessionId === undefined ? null : deps.sessionState(sessionId);
  if (sessionId === undefined || state === null) return err({ code: 'NOT_ADMITTED' });
  // Before the end more may go missing; after the seal nothing is added.
  if (state !== 'closed') return err({ code: 'WRONG_STATE', data: { state } });
  const [person] = coverageIn(deps, sessionId, is(candidateId), db);
  if (person === undefined) return err({ code: 'NOT_ADMITTED' });
  return person.covered.verdict === 'covered' || person.acceptance ? err({ code: 'NOT_SHORT' }) : ok(person);
}

function refuse<const E extends Violation>(deps: CoverageDeps, caller: Caller, candidateId: string, error: E) {
  const sessionId = deps.book()?.candidate(candidateId)?.sessionId ?? null;
  // Nothing is added to a sealed session.
  const onRecord = sessionId !== null && deps.sessionState(sessionId) !== 'sealed' ? sessionId : null;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller),
      coverageEvents.acceptanceRefused,
      { candidateId, code: error.code },
      onRecord,
    ),
  );
  return err(error);
}
