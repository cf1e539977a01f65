import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { readTicket, ticketPlaceFault } from '../identity/ticket.ts';
import { ticketBelongsTo } from '../identity/ticket-payload.ts';
import type { LookUpAnswer } from './contract.ts';
import type { CheckinDeps, DoorAt } from './deps.ts';
import { sessionOnRecord } from './door-session.ts';
import { checkinEvents } from './events.ts';
import { matchOf } from './look-up.ts';
import { named, refusalOf, type TicketError } from './present.ts';

export type WhoseTicketError = Exclude<TicketError, { code: 'WRONG_STATE' }>;

/**
 * The candidate of this door's session whose ticket this is, signed or a plain number: for the tablet beside the queue, where
 * people sign ahead. Nothing is begun by it, and the ticket is not used up. A signed one must be the centre's, for this site and
 * session, and issued to the candidate's own document; whatever it is refused for is on record.
 */
export function whoseTicket(
  deps: CheckinDeps,
  caller: Caller,
  at: DoorAt,
  text: string,
): Result<LookUpAnswer['matches'][number], WhoseTicketError> {
  const onRecord = sessionOnRecord(deps, at.roomId);
  const refuse = (reason: string, error: WhoseTicketError) => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.ticketRefused, { ...at, reason }, onRecord),
    );
    return err(error);
  };
  const read = readTicket(text, deps.ticketKeys());
  if (!read.ok) return refuse(read.error.code, refusalOf(read.error) as WhoseTicketError);
  const claims = read.value.kind === 'signed' ? read.value.claims : null;
  const number = read.value.kind === 'signed' ? read.value.claims.ticketNumber : read.value.ticketNumber;
  const sessionId = deps.sessionAt(at.roomId)?.session.sessionId ?? '';
  const fault = claims && ticketPlaceFault(claims, { siteId: deps.book()?.plan.site.siteId ?? '', sessionId });
  if (fault === 'wrong-site') return refuse(fault, { code: 'TICKET_OTHER_SITE' });
  if (claims && fault === 'wrong-session') {
    return refuse(fault, { code: 'TICKET_OTHER_SESSION', data: { sessions: named(deps, claims) } });
  }
  const holder = (deps.book()?.placesByTicket(number) ?? []).find((place) => place.sessionId === sessionId);
  if (!holder || (claims && !ticketBelongsTo(claims, holder.documentNumber))) {
    return refuse('unknown', { code: 'TICKET_UNKNOWN' });
  }
  const said = { ...at, matches: 1 };
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), checkinEvents.lookedUp, said, onRecord));
  return ok(matchOf(deps, holder));
}
