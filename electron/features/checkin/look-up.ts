import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, type Result } from '../../lib/result.ts';
import { maskDocumentNumber } from '../identity/document-number.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { cardReadBefore } from './card-read-before.ts';
import type { LookUpAnswer } from './contract.ts';
import type { CheckinDeps, DoorAt } from './deps.ts';
import { type SessionOver, sessionOnRecord } from './door-session.ts';
import { checkinEvents } from './events.ts';
import { candidateRows } from './lane.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { documentTyped } from './present.ts';
import { takeUpDocument } from './take-up-document.ts';

/** More rows are not read at a door: two more digits are typed instead. */
const MOST_MATCHES = 10;

/**
 * Candidates of the door's session whose document or ticket number ends so, by ticket number; none where the door has no
 * session. That someone looked is on record with how many were found, never with the digits.
 *
 * @param tail  4 to 8 letters and digits, as typed
 */
export function lookUp(deps: CheckinDeps, caller: Caller, at: DoorAt, tail: string): LookUpAnswer {
  const { roomId } = at;
  const sessionId = deps.sessionAt(roomId)?.session.sessionId ?? null;
  const end = tail.toUpperCase();
  const found = (sessionId === null ? [] : deps.book()!.candidatesOf(sessionId)).filter(
    (c) => c.documentNumber.endsWith(end) || c.ticketNumber.toUpperCase().endsWith(end),
  );
  const said = { ...at, matches: found.length };
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller), checkinEvents.lookedUp, said, sessionOnRecord(deps, roomId)),
  );
  const rows = new Map(sessionId === null ? [] : candidateRows(deps, sessionId).map((r) => [r.candidateId, r]));
  return { total: found.length, matches: found.slice(0, MOST_MATCHES).map((c) => matchOf(deps, c, rows)) };
}

/** A candidate as a match; document numbers are masked. */
export function matchOf(
  deps: CheckinDeps,
  c: PlannedCandidate,
  rows = new Map(candidateRows(deps, c.sessionId).map((r) => [r.candidateId, r])),
): LookUpAnswer['matches'][number] {
  return {
    candidateId: c.candidateId,
    name: c.name,
    maskedDocumentNumber: maskDocumentNumber(c.documentNumber),
    ticketNumber: c.ticketNumber,
    roomId: c.roomId,
    roomName: deps.book()!.room(c.roomId)!.name,
    seat: deps.book()!.seat(c),
    status: rows.get(c.candidateId)!.status,
  };
}

/**
 * Staff chose one of the matches, or somebody who waits beside the queue. Whose card was read before they were set aside
 * goes on with what was read. Otherwise it stands like a number typed in full: nothing was read from a card, so the
 * attempt can only end at two persons, who compare the whole number with the document.
 */
export async function matchChosen(
  deps: CheckinDeps,
  caller: Caller,
  at: DoorAt,
  candidateId: string,
): Promise<Result<OpenAttempt, { code: 'PERSON_UNKNOWN' } | SessionOver>> {
  const chosen = () => {
    const candidate = deps.book()?.candidate(candidateId);
    return candidate ? [candidate] : [];
  };
  const [candidate] = chosen();
  // Only those of this door's session could have been found: another session's person comes by the whole number.
  if (!candidate || candidate.sessionId !== deps.sessionAt(at.roomId)?.session.sessionId) {
    return err({ code: 'PERSON_UNKNOWN' });
  }
  const kept = await cardReadBefore(deps, candidate);
  if (!kept) return documentTyped(deps, caller, at, candidate.documentNumber, chosen);
  return takeUpDocument(deps, caller, at, {
    document: kept.document,
    places: chosen,
    journal(w, a) {
      const goesOn = {
        ...at,
        attemptId: a.attemptId,
        fromAttemptId: kept.attemptId,
        maskedNumber: maskDocumentNumber(kept.document.fields.number),
        violations: kept.document.violations,
      };
      deps.journal.append(w, actorOf(caller), checkinEvents.cardKept, goesOn, a.session?.sessionId ?? null);
    },
  });
}
