import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import { bytesToDigits, digitsToBytes } from './decimal-bytes.ts';
import { decodePayload, encodePayload, type TicketClaims } from './ticket-payload.ts';

export type { TicketClaims } from './ticket-payload.ts';

/**
 * Why a scanned text admits nobody by itself. `bad-signature`: someone made or changed it. `malformed`: it is signed
 * and broken, or damaged beyond telling. `revoked-key`: the centre made it, and has withdrawn the key since.
 */
export type TicketError = {
  readonly code: 'not-a-ticket' | 'malformed' | 'unknown-key' | 'bad-signature' | 'revoked-key';
};

/** Why a genuine ticket opens nothing at this door. */
export type TicketPlaceFault = 'wrong-site' | 'wrong-session';

/** What a scanner or a keyboard gave. `plain` is a number that proves nothing: it only finds the plan's row. */
export type ScannedTicket =
  | { readonly kind: 'plain'; readonly ticketNumber: string }
  | { readonly kind: 'signed'; readonly claims: TicketClaims };

const MARK = '9901';
const VERSION = 1;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const HEAD_BYTES = 1 + KEY_ID_BYTES;
/** Longer than any ticket with every member at its limit; bounds the work on hostile text. */
const MAX_TEXT = 4_096;
/** As long as the plan lets a ticket number be. */
const PLAIN = /^[A-Z0-9-]{4,40}$/;

/** First 4 bytes of the SHA-256 of the raw 32-byte Ed25519 public key, in hex. */
export function ticketKeyId(publicKey: KeyObject): string {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return createHash('sha256')
    .update(raw)
    .digest('hex')
    .slice(0, KEY_ID_BYTES * 2);
}

/** The centre's keys by their id, from its card in the plan; a key that is both trusted and revoked is revoked. */
export type TicketKeyring = ReadonlyMap<string, { readonly key: KeyObject; readonly revoked: boolean }>;

export function ticketKeyring(trusted: readonly KeyObject[], revoked: readonly KeyObject[] = []): TicketKeyring {
  const withStanding = (isRevoked: boolean) => (key: KeyObject) =>
    [ticketKeyId(key), { key, revoked: isRevoked }] as const;
  return new Map([...trusted.map(withStanding(false)), ...revoked.map(withStanding(true))]);
}

/**
 * The text of a ticket's QR code: `9901` and the digits of `01 | key id | CBOR payload | Ed25519 signature`. The
 * signature covers all before it; the leading 01 keeps it apart from everything else the centre signs.
 *
 * @throws ZodError when a claim is beyond its limit
 */
export function issueTicket(claims: TicketClaims, publicKey: KeyObject, privateKey: KeyObject): string {
  const keyId = Buffer.from(ticketKeyId(publicKey), 'hex');
  const signed = Buffer.concat([Uint8Array.of(VERSION), keyId, encodePayload(claims)]);
  return MARK + bytesToDigits(Buffer.concat([signed, sign(null, signed, privateKey)]));
}

/**
 * Reads what was scanned or typed at a door; whether it is for this door says `ticketPlaceFault`. A photocopy verifies as
 * well as the original: a ticket is one edge of three, and used once. The payload is looked at only after its signature
 * held. Never throws.
 */
export function readTicket(text: string, keyring: TicketKeyring): Result<ScannedTicket, TicketError> {
  if (text.length > MAX_TEXT) return err({ code: 'not-a-ticket' });
  // An input method may have made the digits full width; a scanner ends with Enter.
  const scanned = text.normalize('NFKC').trim().toUpperCase();
  if (PLAIN.test(scanned)) return ok({ kind: 'plain', ticketNumber: scanned });
  if (!scanned.startsWith(MARK) || !/^\d+$/.test(scanned)) return err({ code: 'not-a-ticket' });
  const claims = openSigned(scanned.slice(MARK.length), keyring);
  return claims.ok ? ok({ kind: 'signed', claims: claims.value }) : claims;
}

/** Ids of sessions are a site's own: another site may have given the same. */
export function ticketPlaceFault(
  claims: TicketClaims,
  here: { readonly siteId: string; readonly sessionId: string },
): TicketPlaceFault | null {
  if (claims.siteId !== here.siteId) return 'wrong-site';
  return claims.sessionIds.includes(here.sessionId) ? null : 'wrong-session';
}

function openSigned(digits: string, keyring: TicketKeyring): Result<TicketClaims, TicketError> {
  const bytes = digitsToBytes(digits);
  if (!bytes || bytes.length <= HEAD_BYTES + SIGNATURE_BYTES || bytes[0] !== VERSION) return err({ code: 'malformed' });
  const known = keyring.get(Buffer.from(bytes.subarray(1, HEAD_BYTES)).toString('hex'));
  if (!known) return err({ code: 'unknown-key' });
  const signatureAt = bytes.length - SIGNATURE_BYTES;
  const holds = verify(null, bytes.subarray(0, signatureAt), known.key, bytes.subarray(signatureAt));
  if (!holds) return err({ code: 'bad-signature' });
  if (known.revoked) return err({ code: 'revoked-key' });
  const claims = decodePayload(bytes.subarray(HEAD_BYTES, signatureAt));
  return claims ? ok(claims) : err({ code: 'malformed' });
}
