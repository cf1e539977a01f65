import { admissionWindow, stateOf } from '../session/rules.ts';
import { stepsOf } from '../session/store.ts';
import { allStaff } from '../staff/store.ts';
import type { CandidateStatus, Lane } from './attempt-schema.ts';
import { countsOf, nobody, waits } from './counts.ts';
import type { CheckinDeps, DoorAt } from './deps.ts';
import { attemptView, doorState } from './door.ts';
import { lateLikenessesAt } from './late-likeness.ts';
import { otherDocumentsOf } from './other-document.ts';
import { admissionsIn, attemptsIn } from './store.ts';

/** Everything one door shows. */
export function laneView(deps: CheckinDeps, lane: DoorAt): Lane {
  const { roomId } = lane;
  const book = deps.book()!;
  const room = book.room(roomId)!;
  const at = deps.sessionAt(roomId);
  const door = doorState(deps.doors, lane);
  const sessionId = at?.session.sessionId ?? null;
  const nowMs = deps.clock.wallMs();
  return {
    roomId: room.roomId,
    lane: lane.lane,
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
    reader: deps.readerAt(lane),
    counts: sessionId
      ? countsOf(
          book.candidatesOf(sessionId, roomId).map((c) => c.candidateId),
          admissionsIn(deps.db, sessionId),
          attemptsIn(deps.db, sessionId),
          deps.absentIn(sessionId),
          deps.awayIn(sessionId),
        )
      : nobody,
    lateAtMs: at ? admissionWindow(at.session.startsAtMs, deps.rules(sessionId)).lateAtMs : null,
    attempt: door.attempt ? attemptView(deps, door.attempt) : door.shown,
    waiting: sessionId ? waitingAt(deps, sessionId, roomId) : [],
    lateLikenesses: sessionId ? lateLikenessesAt(deps, sessionId, lane) : [],
    otherDocuments: otherDocumentsOf(deps.rules(sessionId)),
    secondPersons: allStaff(deps.db)
      .filter((m) => deps.staffMay(m.staffId) || deps.leadMay(m.staffId))
      .map(({ staffId, name, roles }) => ({ staffId, name, roles })),
  };
}

/** Candidates of this door whose last attempt set them aside, by when. */
function waitingAt(deps: CheckinDeps, sessionId: string, roomId: string): Lane['waiting'] {
  return candidateRows(deps, sessionId)
    .filter((row) => row.roomId === roomId && (row.status === 'set-aside' || row.status === 'held'))
    .map((row) => ({
      candidateId: row.candidateId,
      name: row.name,
      seat: row.seat,
      sinceMs: row.atMs ?? 0,
      held: row.status === 'held',
    }))
    .sort((a, b) => a.sinceMs - b.sinceMs);
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
  const away = deps.awayIn(sessionId);
  return book.candidatesOf(sessionId).map((c) => {
    const tried = attempts.get(c.candidateId) ?? [];
    const last = tried.at(-1);
    const admission = admitted.get(c.candidateId);
    const atMs = admission?.atMs ?? last?.closedAtMs ?? null;
    const status: CandidateRow['status'] = admission
      ? admission.byHand
        ? 'admitted-by-hand'
        : 'admitted'
      : absent.has(c.candidateId)
        ? 'absent'
        : last !== undefined && waits(last.outcome)
          ? (last.outcome as 'set-aside' | 'held')
          : 'not-yet';
    return {
      candidateId: c.candidateId,
      name: c.name,
      ticketNumber: c.ticketNumber,
      roomId: c.roomId,
      seat: book.seat(c),
      status,
      atMs,
      away: away.get(c.candidateId) ?? null,
      attempts: tried.length,
    };
  });
}
