import { err, ok, type Result } from '../../lib/result.ts';
import { type Aead, currentAead } from './aead.ts';
import { Decryptor } from './decryptor.ts';
import { Encryptor } from './encryptor.ts';
import type { AgeError } from './errors.ts';

export { chooseAead } from './aead.ts';
export type { AgeError } from './errors.ts';
export { generateIdentity, parseIdentity, parseRecipient, recipientOf } from './x25519.ts';

/**
 * A whole age v1 file (C2SP age.md) over `plain`, for all `recipients` (`age1...`).
 *
 * @throws RangeError on an empty list or a text that is no recipient: `parseRecipient` where it enters the station
 */
export function encrypt(plain: Uint8Array, recipients: readonly string[], aead: Aead = currentAead()): Uint8Array {
  const parts: Uint8Array[] = [];
  const emit = (sealed: Uint8Array) => void parts.push(sealed);
  const encryptor = new Encryptor(aead, recipients);
  encryptor.push(plain, emit);
  encryptor.finish(emit);
  return Buffer.concat(parts);
}

/** The plaintext, all of it or an error. @param identities `AGE-SECRET-KEY-1...` texts, any of which may open it */
export function decrypt(
  bytes: Uint8Array,
  identities: readonly string[],
  aead: Aead = currentAead(),
): Result<Uint8Array, AgeError> {
  const parts: Uint8Array[] = [];
  const emit = (plain: Uint8Array) => parts.push(plain);
  const decryptor = new Decryptor(aead, identities);
  const error = decryptor.push(bytes, emit) ?? decryptor.finish(emit);
  return error ? err(error) : ok(Buffer.concat(parts));
}

/**
 * What can be saved of a file that a crash cut off: its whole authentic chunks from the start up to the first that is
 * missing or damaged. `complete` is true only for an undamaged file. An error when the header does not open.
 */
export function recover(
  bytes: Uint8Array,
  identities: readonly string[],
  aead: Aead = currentAead(),
): Result<{ plain: Uint8Array; complete: boolean }, AgeError> {
  const parts: Uint8Array[] = [];
  const emit = (plain: Uint8Array) => parts.push(plain);
  const decryptor = new Decryptor(aead, identities);
  const error = decryptor.push(bytes, emit) ?? decryptor.finish(emit);
  if (error && !decryptor.headerOpened) return err(error);
  return ok({ plain: Buffer.concat(parts), complete: error === undefined });
}
