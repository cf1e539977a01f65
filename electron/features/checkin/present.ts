import { actorOf, type Caller, theStation } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { CardRead } from '../../devices/id-reader/port.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { parseCardText } from '../identity/card-text.ts';
import { cardViolations } from '../identity/card-violations.ts';
import { maskDocumentNumber, parseDocumentNumber } from '../identity/document-number.ts';
import {
  readTicket,
  type TicketClaims,
  ticketPlaceFault,
  type TicketError as UnreadTicket,
} from '../identity/ticket.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { attemptOf, inTurn, isSamePerson, makeWay, personAt, recordArrival, stand } from './begin-attempt.ts';
import type { CloseDeps, DoorAt, DoorDeps } from './deps.ts';
import { doorState } from './door.ts';
import { type SessionOver, sessionOnRecord, sessionOver } from './door-session.ts';
import { checkinEvents } from './events.ts';
import { ticketAgrees } from './facts.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { refuseNumber, takeUpDocument } from './take-up-document.ts';

/**
 * A card was read at a door. It begins a new attempt, unless the open one waits for just this person's card (their ticket
 * came first); any other attempt still open is closed on record, in the name of the station.
 */
export function cardPresented(
  deps: CloseDeps,
  at: DoorAt,
  card: CardRead,
): Promise<Result<OpenAttempt, { code: string }>> {
  const door = doorState(deps.doors, at);
  const parsed = parseCardText(card.text);
  const places = () => (parsed.ok ? (deps.book()?.placesByDocument(parsed.value.number.toUpperCase()) ?? []) : []);
  return inTurn(door, async () => {
    await makeWay(deps, theStation, door, (open) => {
      if (open.document.by !== 'none') return false;
      return !parsed.ok || isSamePerson(open, personAt(deps, at.roomId, places()));
    });
    const sessionId = sessionOnRecord(deps, at.roomId);
    const station = { kind: 'station' } as const;
    if (!parsed.ok) {
      const { code } = parsed.error;
      inTransaction(deps.db, (w) =>
        deps.journal.append(w, station, checkinEvents.cardUnreadable, { ...at, code }, sessionId),
      );
      return parsed;
    }
    const fields = parsed.value;
    const { samId } = card;
    const maskedNumber = maskDocumentNumber(fields.number);
    const over = sessionOver(deps, at.roomId);
    if (over) {
      const refused = { ...at, state: over.data.state, maskedNumber };
      inTransaction(deps.db, (w) => deps.journal.append(w, station, checkinEvents.cardRefused, refused, sessionId));
      return err(over);
    }
    const violations = cardViolations(fields, deps.todayIso()).map((v) => v.code);
    const a = door.attempt ?? attemptOf(deps, at, personAt(deps, at.roomId, places()));
    inTransaction(deps.db, (w) => {
      recordArrival(w, door, a);
      const seen = { ...at, attemptId: a.attemptId, maskedNumber, kind: fields.kind, samId, violations };
      deps.journal.append(w, station, checkinEvents.cardRead, seen, sessionId);
    });
    a.document = {
      by: 'reader',
      fields,
      text: card.text,
      photo: card.photo?.bytes ?? null,
      photoForm: card.photo?.kind ?? null,
      samId,
      violations,
    };
    return ok(stand(door, a));
  });
}

export type TicketError =
  | { code: 'NOT_A_TICKET' | 'TICKET_UNKNOWN' | 'TICKET_REVOKED' | 'TICKET_OTHER_SITE' }
  | { code: 'TICKET_NOT_GENUINE'; data: { reason: 'bad-signature' | 'unknown-key' | 'malformed' } }
  | { code: 'TICKET_OTHER_SESSION'; data: { sessions: { label: string; startsAtMs: number }[] } }
  | SessionOver;

export function refusalOf({ code }: UnreadTicket): TicketError {
  if (code === 'not-a-ticket') return { code: 'NOT_A_TICKET' };
  return code === 'revoked-key' ? { code: 'TICKET_REVOKED' } : { code: 'TICKET_NOT_GENUINE', data: { reason: code } };
}

/**
 * A ticket was scanned or its number typed. Without a card yet it begins the attempt; the card is asked for next. Against
 * a document in hand it is compared: then it never says whose attempt this is. A signed ticket of another session opens
 * the way there where the plan knows it, like a typed number, and is refused by name where it would stand for this one.
 */
export function ticketPresented(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  text: string,
): Promise<Result<OpenAttempt, TicketError>> {
  const door = doorState(deps.doors, at);
  const refuse = (reason: string, error: TicketError): Result<OpenAttempt, TicketError> => {
    const sessionId = sessionOnRecord(deps, at.roomId);
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.ticketRefused, { ...at, reason }, sessionId),
    );
    return err(error);
  };
  return inTurn(door, async () => {
    const read = readTicket(text, deps.ticketKeys());
    if (!read.ok) return refuse(read.error.code, refusalOf(read.error));
    const claims = read.value.kind === 'signed' ? read.value.claims : null;
    const number = read.value.kind === 'signed' ? read.value.claims.ticketNumber : read.value.ticketNumber;
    const places = () => deps.book()?.placesByTicket(number) ?? [];
    const sessionId = deps.sessionAt(at.roomId)?.session.sessionId ?? '';
    const fault = claims && ticketPlaceFault(claims, { siteId: deps.book()?.plan.site.siteId ?? '', sessionId });
    if (fault === 'wrong-site') return refuse(fault, { code: 'TICKET_OTHER_SITE' });
    if (claims && fault === 'wrong-session') {
      const inHand = door.attempt !== null && door.attempt.document.by !== 'none';
      const opensTheWay = !inHand && places().length > 0 && places().every((p) => p.sessionId !== sessionId);
      if (!opensTheWay) return refuse(fault, { code: 'TICKET_OTHER_SESSION', data: { sessions: named(deps, claims) } });
    }
    if (places().length === 0) return refuse('unknown', { code: 'TICKET_UNKNOWN' });
    await makeWay(
      deps,
      caller,
      door,
      (open) => open.document.by !== 'none' || isSamePerson(open, personAt(deps, at.roomId, places())),
    );
    const over = sessionOver(deps, at.roomId);
    if (over) return refuse(`session-${over.data.state}`, over);

    const a = door.attempt ?? attemptOf(deps, at, personAt(deps, at.roomId, places()));
    const ticket = { number, claims };
    const agrees = ticketAgrees({ ...a, ticket });
    inTransaction(deps.db, (w) => {
      recordArrival(w, door, a);
      const said = { ...at, attemptId: a.attemptId, signed: claims !== null, agrees };
      deps.journal.append(w, actorOf(caller), checkinEvents.ticketPresented, said, a.session?.sessionId ?? null);
    });
    a.ticket = ticket;
    return ok(stand(door, a));
  });
}

/** Sessions of the ticket, as this site's plan calls them. */
export const named = (deps: DoorDeps, { sessionIds }: TicketClaims): { label: string; startsAtMs: number }[] =>
  sessionIds.flatMap((sessionId) => {
    const session = deps.book()?.session(sessionId);
    return session ? [{ label: session.label, startsAtMs: session.startsAtMs }] : [];
  });

export type TypedError =
  | { code: 'NUMBER_INVALID'; data: { reason: string } }
  | { code: 'PERSON_UNKNOWN' }
  | SessionOver;

/** No readable card: staff type the number. The attempt can only end at two persons. */
export async function numberTyped(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  text: string,
): Promise<Result<OpenAttempt, TypedError>> {
  const parsed = parseDocumentNumber(text);
  const number = parsed.ok ? parsed.value.number : text.trim().toUpperCase();
  const places = () => deps.book()?.placesByDocument(number) ?? [];
  // Passports and permits have no check digit: a number the plan knows is good enough to look at.
  if (places().length > 0) return documentTyped(deps, caller, at, number, places);
  const reason = parsed.ok ? 'unknown' : parsed.error;
  refuseNumber(deps, caller, at, reason);
  return err(parsed.ok ? { code: 'PERSON_UNKNOWN' } : { code: 'NUMBER_INVALID', data: { reason } });
}

/** The person's attempt at the door goes on, or begins, with a number that nobody read from a card. */
export function documentTyped(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  number: string,
  places: () => readonly PlannedCandidate[],
): Promise<Result<OpenAttempt, SessionOver>> {
  return takeUpDocument(deps, caller, at, {
    document: { by: 'typed', number },
    places,
    journal(w, a) {
      const typed = { ...at, attemptId: a.attemptId, maskedNumber: maskDocumentNumber(number) };
      deps.journal.append(w, actorOf(caller), checkinEvents.numberTyped, typed, a.session?.sessionId ?? null);
    },
  });
}
