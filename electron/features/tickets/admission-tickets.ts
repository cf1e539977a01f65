import type { TicketClaims } from '../identity/ticket.ts';
import { ticketHolderHash } from '../identity/ticket-payload.ts';
import type { Plan, PlannedCandidate, PlannedSession } from '../plan/plan-schema.ts';
import { LEVEL_WORDS } from '../plan/sheets/sessions.ts';

/** One sitting of the ticket's holder: where and when. */
export interface TicketPart extends Pick<PlannedSession, 'sessionId' | 'label' | 'part' | 'startsAtMs' | 'endsAtMs'> {
  readonly roomName: string;
  readonly location: string;
  /** Null where the workstation is drawn at admission. */
  readonly seat: string | null;
}

/** An admission ticket (准考证) as it is printed: one person, under one ticket number. */
export interface AdmissionTicket
  extends Pick<PlannedCandidate, 'ticketNumber' | 'name' | 'documentType' | 'documentNumber' | 'photo'>,
    Pick<PlannedSession, 'occupation' | 'level'> {
  /** In the order of time; at least one. */
  readonly parts: readonly TicketPart[];
}

/**
 * The tickets of a plan, by ticket number. Who sits theory and skills under one number has one ticket with two parts;
 * occupation, level and photo are those of the first part.
 */
export function admissionTickets(plan: Plan): AdmissionTicket[] {
  const sessions = new Map(plan.sessions.map((s) => [s.sessionId, s]));
  const rooms = new Map(plan.rooms.map((r) => [r.roomId, r]));
  const seats = new Map(plan.workstations.map((w) => [w.workstationId, w.label]));
  const held = Map.groupBy(plan.candidates, (c) => `${c.ticketNumber.toUpperCase()} ${c.documentNumber}`);
  const tickets = [...held.values()].map((rows): AdmissionTicket => {
    const sittings = rows
      .map((row) => ({ row, session: sessions.get(row.sessionId)! }))
      .sort((a, b) => a.session.startsAtMs - b.session.startsAtMs);
    const [{ row, session }] = sittings as [(typeof sittings)[number]];
    const { ticketNumber, name, documentType, documentNumber, photo } = row;
    const { occupation, level } = session;
    const parts = sittings.map(({ row: { roomId, workstationId }, session: s }): TicketPart => {
      const { name: roomName, location } = rooms.get(roomId)!;
      const { sessionId, label, part, startsAtMs, endsAtMs } = s;
      const seat = workstationId === null ? null : seats.get(workstationId)!;
      return { sessionId, label, part, startsAtMs, endsAtMs, roomName, location, seat };
    });
    return { ticketNumber, name, documentType, documentNumber, photo, occupation, level, parts };
  });
  return tickets.sort((a, b) => (a.ticketNumber < b.ticketNumber ? -1 : 1));
}

/** What the centre signs for this ticket. */
export function claimsOf(ticket: AdmissionTicket, plan: Plan): TicketClaims {
  const { ticketNumber, name, documentNumber, occupation, level, parts, photo } = ticket;
  return {
    ticketNumber,
    name,
    holderHash: ticketHolderHash(ticketNumber, documentNumber),
    occupation,
    level: LEVEL_WORDS[level][0],
    siteId: plan.site.siteId,
    sessionIds: parts.map(({ sessionId }) => sessionId),
    photoHash: new Uint8Array(Buffer.from(photo.sha256, 'hex').subarray(0, 16)),
  };
}
