import type { ReadDb } from '../../db/database.ts';
import { type Admission, admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { movementsIn } from '../presence/store.ts';
import type { Interval } from '../recording/rules.ts';
import { gapsOf } from '../recording/store.ts';
import { findDrawnSeat } from '../seating/store.ts';
import type { CoverageDeps } from './deps.ts';
import { presenceOf } from './presence-of.ts';
import { seenBy } from './seen-by.ts';
import type { CameraRecord } from './usable-picture.ts';

/** Somebody admitted, with all that coverage needs to know of them. */
export interface PersonFacts {
  candidate: PlannedCandidate;
  admission: Admission;
  present: Interval[];
  seenBy: string[];
}

type Seen = Pick<CoverageDeps, 'clock' | 'recorded'>;

/** Everybody of a session whose admission stands, by candidate id, so that the order follows from the records alone. */
export function peopleOf(deps: Seen, db: ReadDb, book: PlanBook, sessionId: string): PersonFacts[] {
  const movements = Map.groupBy(movementsIn(db, sessionId), (m) => m.admission);
  const nowMs = deps.clock.wallMs();
  return admissionsIn(db, sessionId)
    .flatMap((admission) => {
      const candidate = book.candidate(admission.candidateId);
      if (candidate === undefined) return [];
      const seat = candidate.workstationId ?? findDrawnSeat(db, candidate.candidateId)?.workstationId ?? null;
      return {
        candidate,
        admission,
        present: presenceOf(admission.atMs, movements.get(admission.attemptId) ?? [], nowMs),
        seenBy: seenBy(book.room(admission.roomId)?.cameras ?? [], seat),
      };
    })
    .sort((a, b) => (a.candidate.candidateId < b.candidate.candidateId ? -1 : 1));
}

/** What the cameras that see these people have stored, and their gaps. */
export function camerasOf(deps: Seen, db: ReadDb, sessionId: string, people: readonly PersonFacts[]): CameraRecord[] {
  return [...new Set(people.flatMap((p) => p.seenBy))].map((cameraId) => ({
    cameraId,
    stored: deps.recorded.of(sessionId, cameraId).exact,
    gaps: gapsOf(db, sessionId, cameraId),
  }));
}
