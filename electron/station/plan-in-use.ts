import type { ReadDb } from '../db/database.ts';
import { earlierArrivalMs, findAdmission, recordsIn } from '../features/checkin/store.ts';
import type { Plan } from '../features/plan/plan-schema.ts';
import { numbersOf } from '../features/scoring/store.ts';
import { stepsOf } from '../features/session/store.ts';

/**
 * True when `next` may not take the place of `present`: something is on record of a session that is not sealed yet; or
 * `next` uses the id of a session or candidate of whom something is on record. Records are kept by these ids for good,
 * so that a later exam day needs ids of its own.
 */
export function planInUse(db: ReadDb, present: Plan | null, next: Plan): boolean {
  const sealed = (sessionId: string) => stepsOf(db, sessionId).some((s) => s.step === 'sealed');
  return (
    (present?.sessions ?? []).some(({ sessionId }) => onRecord(db, sessionId) && !sealed(sessionId)) ||
    next.sessions.some(({ sessionId }) => onRecord(db, sessionId)) ||
    next.candidates.some(({ candidateId: id }) => findAdmission(db, id) !== null || earlierArrivalMs(db, id) !== null)
  );
}

/** Cameras record in a session that has been opened only, and admissions end an attempt: steps and attempts tell both. */
const onRecord = (db: ReadDb, sessionId: string): boolean =>
  stepsOf(db, sessionId).length > 0 || recordsIn(db, sessionId).length > 0 || numbersOf(db, sessionId).length > 0;
