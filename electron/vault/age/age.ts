import { randomBytes } from 'node:crypto';
import { Transform } from 'node:stream';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Aead, currentAead } from './aead.ts';
import { Decryptor, NONCE_BYTES, payloadKey } from './decryptor.ts';
import { type AgeError, AgeFailure } from './errors.ts';
import { writeHeader } from './header.ts';
import { ChunkSealer } from './stream.ts';
import { FILE_KEY_BYTES, parseRecipient, wrapFileKey } from './x25519.ts';

export { chooseAead } from './aead.ts';
export { type AgeError, AgeFailure } from './errors.ts';
export { generateIdentity, parseIdentity, parseRecipient, recipientOf } from './x25519.ts';

function begin(aead: Aead, recipients: readonly string[]): { head: Uint8Array; sealer: ChunkSealer } {
  if (recipients.length === 0) throw new RangeError('age: nobody to encrypt to');
  const fileKey = randomBytes(FILE_KEY_BYTES);
  const stanzas = recipients.map((text) => {
    const point = parseRecipient(text);
    if (!point) throw new RangeError('age: not an X25519 recipient');
    return wrapFileKey(aead, fileKey, point);
  });
  const nonce = randomBytes(NONCE_BYTES);
  return {
    head: Buffer.concat([writeHeader(stanzas, fileKey), nonce]),
    sealer: new ChunkSealer(aead, payloadKey(fileKey, nonce)),
  };
}

/**
 * A whole age v1 file (C2SP age.md) over `plain`, for all `recipients` (`age1...`).
 *
 * @throws RangeError on an empty list or a text that is no recipient: `parseRecipient` where it enters the station
 */
export function encrypt(plain: Uint8Array, recipients: readonly string[], aead: Aead = currentAead()): Uint8Array {
  const { head, sealer } = begin(aead, recipients);
  const parts = [head];
  sealer.push(plain, (sealed) => parts.push(sealed));
  sealer.finish((sealed) => parts.push(sealed));
  return Buffer.concat(parts);
}

/** As `encrypt`, for files that do not fit in memory: plain bytes in, age bytes out. @throws RangeError as `encrypt` */
export function encryptStream(recipients: readonly string[], aead: Aead = currentAead()): Transform {
  const { head, sealer } = begin(aead, recipients);
  return new Transform({
    construct(done) {
      this.push(head);
      done();
    },
    transform(data: Uint8Array, _encoding, done) {
      sealer.push(data, (sealed) => this.push(sealed));
      done();
    },
    flush(done) {
      sealer.finish((sealed) => this.push(sealed));
      done();
    },
  });
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
 * Age bytes in, authenticated plain bytes out, 64 KiB at a time. Fails with `AgeFailure`; what came out before is
 * authentic, but only a stream that ended without failure is the whole file.
 */
export function decryptStream(identities: readonly string[], aead: Aead = currentAead()): Transform {
  const decryptor = new Decryptor(aead, identities);
  const settle = (error: AgeError | undefined, done: (error?: Error | null) => void) =>
    done(error ? new AgeFailure(error) : null);
  return new Transform({
    transform(data: Uint8Array, _encoding, done) {
      settle(
        decryptor.push(data, (plain) => this.push(plain)),
        done,
      );
    },
    flush(done) {
      settle(
        decryptor.finish((plain) => this.push(plain)),
        done,
      );
    },
  });
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
  if (decryptor.tail) parts.push(decryptor.tail);
  return ok({ plain: Buffer.concat(parts), complete: error === undefined });
}
