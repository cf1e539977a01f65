/** Whom a presented ticket was issued to, as far as the station knows. */
export interface TicketHolder {
  /** As the plan has it. */
  readonly documentNumber: string;
  /** When the holder was let in to this session by an admission that stands; null when not. */
  readonly admittedAtMs: number | null;
}

/**
 * What the admission of a ticket's holder says about the ticket now on the table. `used-by-holder`: the holder is back,
 * or only the ticket lies here yet: open that record. `used-by-other`: someone else brings a ticket that has let its
 * holder in already; a person must look, and a photocopy is the likely reason.
 */
export type TicketUse =
  | { readonly kind: 'unused' }
  | { readonly kind: 'used-by-holder' | 'used-by-other'; readonly admittedAtMs: number };

/**
 * A ticket lets in one person once. A photocopy verifies as well as the original, so what tells them apart is who brings
 * it after its holder came in.
 *
 * @param documentNumber of the document presented with the ticket, read or typed; null when there is none yet
 */
export function ticketUse(holder: TicketHolder, documentNumber: string | null): TicketUse {
  if (holder.admittedAtMs === null) return { kind: 'unused' };
  const { admittedAtMs } = holder;
  const theirs = documentNumber === null || documentNumber.toUpperCase() === holder.documentNumber.toUpperCase();
  return { kind: theirs ? 'used-by-holder' : 'used-by-other', admittedAtMs };
}
