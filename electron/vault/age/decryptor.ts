import { hkdfSync } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Aead } from './aead.ts';
import type { AgeError } from './errors.ts';
import { type Header, macMatches, parseHeader } from './header.ts';
import { ChunkOpener } from './stream.ts';
import { parseIdentity, unwrapFileKey } from './x25519.ts';

export const NONCE_BYTES = 16;

export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));

function fileKeyOf(aead: Aead, header: Header, scalars: readonly Uint8Array[]): Result<Uint8Array, AgeError> {
  if (header.stanzas.length > 1 && header.stanzas.some((s) => s.type === 'scrypt')) {
    return err({ code: 'BAD_HEADER', reason: 'a passphrase beside other recipients' });
  }
  let found: Uint8Array | undefined;
  for (const stanza of header.stanzas.filter((s) => s.type === 'X25519')) {
    for (const scalar of scalars) {
      const unwrapped = unwrapFileKey(aead, stanza, scalar);
      if (!unwrapped.ok) return err({ code: 'BAD_HEADER', reason: unwrapped.error });
      found ??= unwrapped.value;
    }
  }
  if (!found) return err({ code: 'NO_MATCH' });
  if (!macMatches(header, found)) return err({ code: 'BAD_HEADER', reason: 'the header MAC does not match' });
  return ok(found);
}

/** Reads one age file piece by piece: header, payload nonce, chunks. After an error it is spent. */
export class Decryptor {
  readonly #aead: Aead;
  readonly #scalars: Uint8Array[];
  readonly #identitiesAreGood: boolean;
  #start: Uint8Array = new Uint8Array(0);
  #fileKey: Uint8Array | undefined;
  #opener: ChunkOpener | undefined;

  constructor(aead: Aead, identities: readonly string[]) {
    const scalars = identities.map(parseIdentity);
    this.#aead = aead;
    this.#identitiesAreGood = scalars.length > 0 && !scalars.includes(undefined);
    this.#scalars = scalars.filter((s) => s !== undefined);
  }

  get headerOpened(): boolean {
    return this.#fileKey !== undefined;
  }

  push(data: Uint8Array, emit: (plain: Uint8Array) => void): AgeError | undefined {
    if (this.#opener) return this.#opener.push(data, emit);
    if (!this.#identitiesAreGood) return { code: 'BAD_IDENTITY' };
    let start = this.#start.length > 0 ? Buffer.concat([this.#start, data]) : data;
    if (!this.#fileKey) {
      const reading = parseHeader(start);
      if (reading.kind === 'not-age') return { code: reading.armored ? 'ARMORED' : 'NOT_AGE' };
      if (reading.kind === 'bad') return { code: 'BAD_HEADER', reason: reading.reason };
      if (reading.kind === 'whole') {
        const fileKey = fileKeyOf(this.#aead, reading.header, this.#scalars);
        if (!fileKey.ok) return fileKey.error;
        this.#fileKey = fileKey.value;
        start = start.subarray(reading.header.lengthBytes);
      }
    }
    if (!this.#fileKey || start.length < NONCE_BYTES) {
      this.#start = Uint8Array.from(start); // the caller may reuse its buffer
      return undefined;
    }
    this.#opener = new ChunkOpener(this.#aead, payloadKey(this.#fileKey, start.subarray(0, NONCE_BYTES)));
    return this.#opener.push(start.subarray(NONCE_BYTES), emit);
  }

  finish(emit: (plain: Uint8Array) => void): AgeError | undefined {
    if (!this.#identitiesAreGood) return { code: 'BAD_IDENTITY' };
    if (this.#opener) return this.#opener.finish(emit);
    return { code: 'BAD_HEADER', reason: this.#fileKey ? 'the payload nonce is cut off' : 'the header is cut off' };
  }
}
