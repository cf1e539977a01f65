import type { ReadDb } from '../../db/database.ts';
import type { Away } from '../checkin/attempt-schema.ts';
import { type Admission, admissionsIn, findAdmission } from '../checkin/store.ts';
import type { PersonInRoom, Whereabouts } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { awayFrom, whereaboutsOf } from './rules.ts';
import { lastMovement, lastMovementsIn, type Movement } from './store.ts';

type Seen = Pick<PresenceDeps, 'db' | 'clock' | 'rules' | 'book'>;

export const whereIs = (deps: Seen, admission: Admission, db: ReadDb = deps.db): Whereabouts =>
  after(deps, admission, lastMovement(db, admission.attemptId));

function after(deps: Seen, admission: Admission, last: Movement | null): Whereabouts {
  return whereaboutsOf(
    admission.atMs,
    last && { kind: last.kind, atMs: last.atMs, signed: last.evidenceId !== null },
    deps.clock.wallMs(),
    deps.rules(deps.book()?.candidate(admission.candidateId)?.sessionId)['admission.break-minutes'],
  );
}

/** Out of the room on record; null while inside, never admitted, or signed out by the session's end. */
export function awayOf(deps: Seen, candidateId: string): Away | null {
  const admission = findAdmission(deps.db, candidateId);
  return admission && awayFrom(whereIs(deps, admission));
}

/** Who of a session is out of the room now, by candidate id. */
export function awayIn(deps: Seen, sessionId: string): ReadonlyMap<string, Away> {
  const last = lastMovementsIn(deps.db, sessionId);
  if (last.size === 0) return new Map();
  return new Map(
    admissionsIn(deps.db, sessionId).flatMap((a) => {
      const away = awayFrom(after(deps, a, last.get(a.attemptId) ?? null));
      return away === null ? [] : [[a.candidateId, away]];
    }),
  );
}

/** Admissions of a session whose people are inside now. */
export const insideOf = (deps: Seen, db: ReadDb, sessionId: string): Admission[] =>
  admissionsIn(db, sessionId).filter((a) => whereIs(deps, a, db).kind === 'inside');

/** @throws TypeError for a candidate the plan does not have: nobody else is admitted */
export function personView(deps: PresenceDeps, admission: Admission): PersonInRoom {
  const book = deps.book()!;
  const candidate = book.candidate(admission.candidateId)!;
  const { candidateId, name, ticketNumber } = candidate;
  return {
    candidateId,
    name,
    ticketNumber,
    seat: book.seat(candidate),
    admittedAtMs: admission.atMs,
    byHand: admission.byHand,
    where: whereIs(deps, admission),
  };
}
