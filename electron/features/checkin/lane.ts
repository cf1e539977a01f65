import { admissionWindow, stateOf } from '../session/rules.ts';
import { stepsOf } from '../session/store.ts';
import { allStaff } from '../staff/store.ts';
import type { CandidateStatus, Lane } from './contract.ts';
import { countsOf } from './counts.ts';
import type { CheckinDeps } from './deps.ts';
import { attemptView, doorState } from './door.ts';
import { admissionsIn, attemptsIn } from './store.ts';

/** Everything one door shows. */
export function laneView(deps: CheckinDeps, roomId: string): Lane {
  const book = deps.book()!;
  const room = book.room(roomId)!;
  const at = deps.sessionAt(roomId);
  const door = doorState(deps.doors, roomId);
  const sessionId = at?.session.sessionId ?? null;
  const nowMs = deps.clock.wallMs();
  return {
    roomId: room.roomId,
    session: at && {
      sessionId: at.session.sessionId,
      label: at.session.label,
      occupation: at.session.occupation,
      level: at.session.level,
      part: at.session.part,
      startsAtMs: at.session.startsAtMs,
      endsAtMs: at.session.endsAtMs,
      state: stateOf(
        stepsOf(deps.db, at.session.sessionId).map((s) => s.step),
        at.session.startsAtMs,
        nowMs,
      ),
    },
    room: { name: room.name, location: room.location },
    reader: deps.readerAt(roomId),
    counts: sessionId
      ? countsOf(
          book.candidatesOf(sessionId, roomId).map((c) => c.candidateId),
          admissionsIn(deps.db, sessionId),
          attemptsIn(deps.db, sessionId),
          deps.absentIn(sessionId),
        )
      : { expected: 0, admitted: 0, setAside: 0, notYet: 0, absent: 0 },
    lateAtMs: at ? admissionWindow(at.session.startsAtMs, deps.rules()).lateAtMs : null,
    attempt: door.attempt ? attemptView(deps, door.attempt) : door.shown,
    secondPersons: allStaff(deps.db)
      .filter((m) => deps.staffMay(m.staffId))
      .map(({ staffId, name, roles }) => ({ staffId, name, roles })),
  };
}

type CandidateRow = {
  status: CandidateStatus;
  atMs: number | null;
  attempts: number;
};

/** Every candidate of a session with what became of them, by ticket number. */
export function candidateRows(deps: CheckinDeps, sessionId: string) {
  const book = deps.book();
  if (!book) return [];
  const admitted = new Map(admissionsIn(deps.db, sessionId).map((a) => [a.candidateId, a]));
  const attempts = Map.groupBy(attemptsIn(deps.db, sessionId), (a) => a.candidateId);
  const absent = deps.absentIn(sessionId);
  return book.candidatesOf(sessionId).map((c) => {
    const tried = attempts.get(c.candidateId) ?? [];
    const last = tried.at(-1);
    const atMs = admitted.get(c.candidateId)?.atMs ?? last?.closedAtMs ?? null;
    const status: CandidateRow['status'] = admitted.has(c.candidateId)
      ? tried.some((t) => t.outcome === 'admitted-by-hand')
        ? 'admitted-by-hand'
        : 'admitted'
      : absent.has(c.candidateId)
        ? 'absent'
        : last?.outcome === 'set-aside'
          ? 'set-aside'
          : 'not-yet';
    return {
      candidateId: c.candidateId,
      name: c.name,
      ticketNumber: c.ticketNumber,
      roomId: c.roomId,
      seat: book.seat(c),
      status,
      atMs,
      attempts: tried.length,
    };
  });
}
