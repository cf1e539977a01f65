import { inTransaction } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import type { TicketHolder } from '../identity/ticket-use.ts';
import type { Attempt } from './contract.ts';
import type { DoorAt, DoorDeps, DoorState, Doors } from './deps.ts';
import { checkinEvents } from './events.ts';
import { type DoorBackground, viewOf } from './facts.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { earlierArrivalMs, findAdmission } from './store.ts';

const doorKey = ({ roomId, lane }: DoorAt): string => `${roomId}/${lane}`;

/** What stands at one lane, however it is named for the first time. */
export function doorState(doors: Doors, at: DoorAt): DoorState {
  const known = doors.get(doorKey(at));
  if (known) return known;
  const fresh: DoorState = {
    roomId: at.roomId,
    lane: at.lane,
    attempt: null,
    shown: null,
    cardPicture: null,
    cardPicturesForgotten: 0,
    turn: Promise.resolve(),
  };
  doors.set(doorKey(at), fresh);
  return fresh;
}

export function backgroundOf(deps: DoorDeps, a: OpenAttempt): DoorBackground {
  const at = deps.sessionAt(a.roomId);
  const engine = deps.engine();
  return {
    nowMs: deps.clock.wallMs(),
    // The session it was begun for, as long as the door works for that one: no other session's hours let anyone in.
    sessionOpen: at?.open === true && at.session.sessionId === a.session?.sessionId,
    rules: deps.rules(a.session?.sessionId),
    pack: deps.pack(a.session?.sessionId),
    thresholds: engine?.thresholds ?? null,
    engineFault: engine ? null : 'face-engine-unavailable',
    away: a.candidate && deps.awayOf(a.candidate.candidateId),
    consent: a.candidate && deps.consentOf(a.candidate.candidateId),
    engine: engine?.name ?? null,
    admission: a.candidate && findAdmission(deps.db, a.candidate.candidateId),
    ticketHolder: ticketHolder(deps, a),
    earlierArrivalMs: a.candidate && earlierArrivalMs(deps.db, a.candidate.candidateId),
  };
}

function ticketHolder(deps: DoorDeps, a: OpenAttempt): TicketHolder | null {
  const places = a.ticket ? (deps.book()?.placesByTicket(a.ticket.number) ?? []) : [];
  const holder = places.find((place) => place.sessionId === a.session?.sessionId);
  if (!holder) return null;
  const admittedAtMs = findAdmission(deps.db, holder.candidateId)?.atMs ?? null;
  return { documentNumber: holder.documentNumber, admittedAtMs };
}

export const attemptView = (deps: DoorDeps, a: OpenAttempt): Attempt => viewOf(a, backgroundOf(deps, a));

/** Puts a doubt on record the first time the attempt shows one. */
export function journalDoubt(deps: DoorDeps, a: OpenAttempt, view: Attempt, actor: Actor): void {
  if (a.called || view.decision.kind !== 'call-person') return;
  a.called = true;
  const { reasons } = view.decision;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actor,
      checkinEvents.personCalled,
      { attemptId: a.attemptId, candidateId: view.candidateId, reasons, edges: view.edges },
      a.session?.sessionId ?? null,
    ),
  );
}
