import type { z } from 'zod';
import type { ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ruleRef } from '../checkin/facts.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { stillStands } from './accepted.ts';
import type { CandidateCoverage, SessionCoverage } from './contract.ts';
import type { CoverageDeps } from './deps.ts';
import { camerasOf, type PersonFacts, peopleOf } from './facts.ts';
import { type CoverageLimits, type Covered, coverageOfAll } from './rules.ts';
import { type CoverageFact, coverageFact, videoAsked } from './standing.ts';
import { type AcceptedShortness, acceptancesIn } from './store.ts';

/** One candidate's coverage with what it was made of, and the acceptance that stands. */
export interface PersonCoverage extends PersonFacts {
  covered: Covered;
  acceptance: AcceptedShortness | null;
}

export function limitsOf(deps: Pick<CoverageDeps, 'rules'>, sessionId: string): CoverageLimits {
  const rules = deps.rules(sessionId);
  return {
    gapLimitMs: rules['recording.gap-limit-seconds'] * 1000,
    leastPercent: rules['recording.coverage-least-percent'],
  };
}

const everybody = () => true;

/** Coverage of those of a session whose admission stands, by candidate id. */
export function coverageIn(
  deps: CoverageDeps,
  sessionId: string,
  of: (person: PersonFacts) => boolean = everybody,
  db: ReadDb = deps.db,
): PersonCoverage[] {
  const book = deps.book();
  if (book === null) return [];
  const people = peopleOf(deps, db, book, sessionId).filter(of);
  const covered = coverageOfAll(people, camerasOf(deps, db, sessionId, people), limitsOf(deps, sessionId));
  const accepted = acceptancesIn(db, sessionId);
  return people.map((person, i) => ({
    ...person,
    covered: covered[i]!,
    acceptance:
      accepted.findLast(
        (a) =>
          a.candidateId === person.candidate.candidateId &&
          a.admission === person.admission.attemptId &&
          stillStands(a, covered[i]!),
      ) ?? null,
  }));
}

/** What video means for the scores of a room: of everybody whose admission stands, by candidate id. */
export function coverageFactsIn(deps: CoverageDeps, sessionId: string, roomId: string): Map<string, CoverageFact> {
  const inRoom = coverageIn(deps, sessionId, (p) => p.candidate.roomId === roomId);
  const cameras = deps.book()?.room(roomId)?.cameras.length ?? 0;
  const asked = videoAsked(cameras, deps.rules(sessionId)['recording.cameraless-rooms']);
  return new Map(
    inRoom.map(({ candidate, covered, acceptance }) => [
      candidate.candidateId,
      coverageFact(covered, acceptance?.acceptanceId ?? null, asked),
    ]),
  );
}

/** What the office shows. */
export function sessionCoverage(
  deps: CoverageDeps,
  sessionId: string,
): Result<z.infer<typeof SessionCoverage>, { code: 'NO_SUCH_SESSION' }> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const candidates = coverageIn(deps, sessionId).map((person) => personView(deps, book, person));
  return ok({
    ...limitsOf(deps, sessionId),
    rule: ruleRef(deps.pack(sessionId), 'recording.every-room'),
    candidates: candidates.sort((a, b) => a.seat.localeCompare(b.seat, 'zh', { numeric: true })),
  });
}

export function personView(deps: CoverageDeps, book: PlanBook, person: PersonCoverage): CandidateCoverage {
  const { candidate, admission, present, covered, acceptance } = person;
  const { candidateId, name } = candidate;
  const room = book.room(admission.roomId)!;
  return {
    candidateId,
    name,
    seat: book.seat(candidate),
    roomId: room.roomId,
    cameras: room.cameras
      .filter((c) => person.seenBy.includes(c.cameraId))
      .map(({ cameraId, label }) => ({ cameraId, label })),
    present,
    ...covered,
    gaps: covered.gaps as CandidateCoverage['gaps'],
    acceptance: acceptance && {
      reason: acceptance.reason,
      byName: deps.staffName(acceptance.byStaffId),
      secondName: deps.staffName(acceptance.secondStaffId),
      atMs: acceptance.atMs,
    },
  };
}
