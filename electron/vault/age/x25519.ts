import { createPrivateKey, createPublicKey, diffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Aead } from './aead.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { bech32Decode, bech32Encode } from './bech32.ts';
import type { Stanza } from './header.ts';

// Plain arrays: a desk that knows a recipient's form loads this file too, and a browser has no Buffer.
const SCALAR_DER = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x6e,
  0x04,
  0x22,
  0x04,
  0x20,
);
const POINT_DER = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00);
const INFO = 'age-encryption.org/v1/X25519';
const NONCE = new Uint8Array(12);
export const FILE_KEY_BYTES = 16;

const privateKey = (scalar: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([SCALAR_DER, scalar]), format: 'der', type: 'pkcs8' });
const publicKey = (point: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([POINT_DER, point]), format: 'der', type: 'spki' });
const pointOf = (scalar: Uint8Array): Uint8Array =>
  createPublicKey(privateKey(scalar)).export({ format: 'der', type: 'spki' }).subarray(POINT_DER.length);

/** `undefined` when the shared secret is all zero: a point of small order, which would make the wrap key public. */
function sharedSecret(scalar: Uint8Array, point: Uint8Array): Uint8Array | undefined {
  try {
    const shared = diffieHellman({ privateKey: privateKey(scalar), publicKey: publicKey(point) });
    return shared.some((byte) => byte !== 0) ? shared : undefined;
  } catch {
    return undefined; // OpenSSL refuses a zero result by itself
  }
}

const wrapKey = (shared: Uint8Array, share: Uint8Array, recipient: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([share, recipient]), INFO, 32));

/** A new key pair in age's own spelling: `AGE-SECRET-KEY-1...` (keep it secret) and `age1...` (give it out). */
export function generateIdentity(): { identity: string; recipient: string } {
  const scalar = randomBytes(32);
  return {
    identity: bech32Encode('age-secret-key-', scalar).toUpperCase(),
    recipient: bech32Encode('age', pointOf(scalar)),
  };
}

/** The 32-byte secret scalar of an `AGE-SECRET-KEY-1...` text; `undefined` when it is not one. */
export function parseIdentity(text: string): Uint8Array | undefined {
  const bytes = text === text.toUpperCase() ? bech32Decode('age-secret-key-', text.toLowerCase()) : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}

/** The 32-byte public point of an `age1...` text; `undefined` when it is not one. */
export function parseRecipient(text: string): Uint8Array | undefined {
  const bytes = bech32Decode('age', text);
  return bytes?.length === 32 ? bytes : undefined;
}

/** The `age1...` text that belongs to an identity; `undefined` when it is not an identity. */
export function recipientOf(identity: string): string | undefined {
  const scalar = parseIdentity(identity);
  return scalar && bech32Encode('age', pointOf(scalar));
}

/** The stanza that lets the holder of `recipient` find the file key. @throws RangeError on a point of small order */
export function wrapFileKey(aead: Aead, fileKey: Uint8Array, recipient: Uint8Array): Stanza {
  const ephemeral = randomBytes(32);
  const share = pointOf(ephemeral);
  const shared = sharedSecret(ephemeral, recipient);
  if (!shared) throw new RangeError('the recipient is a point of small order');
  return {
    type: 'X25519',
    args: [toBase64(share)],
    body: Buffer.concat(aead.withKey(wrapKey(shared, share, recipient)).seal(NONCE, fileKey)),
  };
}

/**
 * Tries a stanza of type X25519 with one identity. `undefined` as value: made for someone else.
 * An error means the stanza itself is malformed, and with it the whole header.
 */
export function unwrapFileKey(aead: Aead, stanza: Stanza, scalar: Uint8Array): Result<Uint8Array | undefined, string> {
  if (stanza.args.length !== 1) return err('an X25519 recipient takes one argument');
  const share = fromBase64(stanza.args[0]!);
  if (share?.length !== 32) return err('an X25519 share that is not 32 bytes');
  if (stanza.body.length !== FILE_KEY_BYTES + 16) return err('an X25519 body that is not 32 bytes');
  const shared = sharedSecret(scalar, share);
  if (!shared) return err('an X25519 share of small order');
  return ok(aead.withKey(wrapKey(shared, share, pointOf(scalar))).open(NONCE, stanza.body));
}
