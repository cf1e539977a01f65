/** A code that was read in a picture. `format` as zxing names it. */
export interface SeenCode {
  readonly format: string;
  readonly text: string;
}

/** What of it may be a ticket: the centre's signed code, or a number that proves nothing. */
export interface TicketSeen {
  readonly kind: 'signed' | 'plain';
  readonly text: string;
}

/** Codes that sites print on tickets; whatever else a person may hold up is passed over unread. */
export const TICKET_FORMATS = ['QRCode', 'Code128', 'Code39', 'EAN13', 'EAN8', 'ITF'] as const;

const SIGNED = /^9901\d{100,4000}$/;
const NUMBER = /^[A-Za-z0-9-]{4,40}$/;
/** ITF has neither end marks worth the name nor a check digit: part of a longer code reads as a whole short one. */
const SHORTEST_ITF = 8;
/** Not seen for so long, a ticket has been taken away and may be shown again. */
const GONE_AFTER_MS = 2_000;

/**
 * The ticket in one picture. A signed code goes before the bars printed beside it; of two different ones none is taken,
 * because nobody could say which was meant.
 */
export function ticketInView(codes: readonly SeenCode[]): TicketSeen | null {
  const signed = only(codes.filter(({ format, text }) => format === 'QRCode' && SIGNED.test(text)));
  if (signed !== null) return signed === 'several' ? null : { kind: 'signed', text: signed };
  const plain = only(codes.filter(isNumber));
  return plain === null || plain === 'several' ? null : { kind: 'plain', text: plain };
}

const isNumber = ({ format, text }: SeenCode): boolean =>
  NUMBER.test(text) && (format !== 'ITF' || text.length >= SHORTEST_ITF);

function only(codes: readonly SeenCode[]): string | 'several' | null {
  const texts = new Set(codes.map(({ text }) => text));
  const [text] = texts;
  return text === undefined ? null : texts.size > 1 ? 'several' : text;
}

/**
 * Follows picture after picture what is held before the camera, and says once when a ticket is to be presented. A number
 * must be read twice running, since bars have weak checks or none; a signed code checks itself. After a signed code the
 * number printed beside it is no second ticket.
 */
export class TicketWatch {
  #last: TicketSeen | null = null;
  #lastSeenAtMs = Number.NEGATIVE_INFINITY;
  #presented: string | null = null;
  #signedSeen = false;

  /** The text to present now, or null. */
  look(codes: readonly SeenCode[], atMs: number): string | null {
    const seen = ticketInView(codes);
    if (seen === null) {
      if (atMs - this.#lastSeenAtMs >= GONE_AFTER_MS) this.#presented = null;
      this.#last = null;
      return null;
    }
    const twice = this.#last?.text === seen.text;
    this.#last = seen;
    this.#lastSeenAtMs = atMs;
    if (seen.kind === 'signed') this.#signedSeen = true;
    const ready = seen.kind === 'signed' || (twice && !this.#signedSeen);
    if (!ready || seen.text === this.#presented) return null;
    this.#presented = seen.text;
    return seen.text;
  }
}
