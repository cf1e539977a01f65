import type { ReadDb } from '../db/database.ts';
import { admissionsIn, findAdmission } from '../features/checkin/store.ts';
import type { Plan } from '../features/plan/plan-schema.ts';
import { stepsOf } from '../features/session/store.ts';

/**
 * True when `next` may not take the place of `present`: somebody has been admitted, or been counted absent, in a session
 * that is not sealed yet; or `next` uses the id of a session that has ended or of a candidate who has been admitted.
 * Records are kept by these ids for good, so that a later exam day needs ids of its own.
 */
export function planInUse(db: ReadDb, present: Plan | null, next: Plan): boolean {
  const steps = (sessionId: string) => stepsOf(db, sessionId).map((s) => s.step);
  const ended = (sessionId: string) => steps(sessionId).some((s) => s === 'closed' || s === 'sealed');
  const unsealed = (present?.sessions ?? []).filter(({ sessionId }) => !steps(sessionId).includes('sealed'));
  return (
    unsealed.some(({ sessionId }) => ended(sessionId) || admissionsIn(db, sessionId).length > 0) ||
    next.sessions.some(({ sessionId }) => ended(sessionId)) ||
    next.candidates.some(({ candidateId }) => findAdmission(db, candidateId) !== null)
  );
}
