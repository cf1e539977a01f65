import { createHash } from 'node:crypto';
import { decode, encode } from 'cborg';
import { z } from 'zod';

/** What a signed admission ticket (准考证) states about its holder. */
export interface TicketClaims {
  readonly ticketNumber: string;
  readonly name: string;
  /** 10 bytes of `ticketHolderHash`: binds the ticket to a document number that it does not show. */
  readonly holderHash: Uint8Array;
  readonly occupation: string;
  readonly level: string;
  readonly siteId: string;
  readonly sessionIds: readonly string[];
  /** First 16 bytes of the SHA-256 of the photo file of the plan; null when the plan had none. */
  readonly photoHash: Uint8Array | null;
}

const bytesOf = (size: number) => z.instanceof(Uint8Array).refine((bytes) => bytes.length === size);
const short = z.string().min(1).max(64);
const Payload = z.tuple([
  z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  short,
  bytesOf(10),
  short,
  z.string().max(16),
  short,
  z.array(short).min(1).max(16),
  bytesOf(16).nullable(),
]);

/** A CBOR array in the order of `TicketClaims`: names of members would cost a QR version. */
export const encodePayload = (c: TicketClaims): Uint8Array =>
  encode(
    Payload.parse([
      c.ticketNumber,
      c.name,
      c.holderHash,
      c.occupation,
      c.level,
      c.siteId,
      [...c.sessionIds],
      c.photoHash,
    ]),
  );

/** Null for anything but strict CBOR of exactly these members. */
export function decodePayload(bytes: Uint8Array): TicketClaims | null {
  let value: unknown;
  try {
    value = decode(bytes, { strict: true, allowIndefinite: false, allowUndefined: false, allowBigInt: false });
  } catch {
    return null;
  }
  const parsed = Payload.safeParse(value);
  if (!parsed.success) return null;
  const [ticketNumber, name, holderHash, occupation, level, siteId, sessionIds, photoHash] = parsed.data;
  return { ticketNumber, name, holderHash, occupation, level, siteId, sessionIds, photoHash };
}

/**
 * First 10 bytes of SHA-256 over `ticketNumber|documentNumber` in UTF-8, the document number as `parseDocumentNumber`
 * stores it. It keeps the number off the paper, but whoever holds the ticket could find it by trying all numbers.
 */
export const ticketHolderHash = (ticketNumber: string, documentNumber: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`${ticketNumber}|${documentNumber}`).digest().subarray(0, 10));

/** Whether the ticket was issued to the bearer of this document. */
export const ticketBelongsTo = (claims: TicketClaims, documentNumber: string): boolean =>
  Buffer.compare(claims.holderHash, ticketHolderHash(claims.ticketNumber, documentNumber)) === 0;
