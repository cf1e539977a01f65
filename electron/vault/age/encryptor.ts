import { randomBytes } from 'node:crypto';
import type { Aead } from './aead.ts';
import { NONCE_BYTES, payloadKey } from './decryptor.ts';
import { writeHeader } from './header.ts';
import { ChunkSealer } from './stream.ts';
import { FILE_KEY_BYTES, parseRecipient, wrapFileKey } from './x25519.ts';

/** Writes one age file piece by piece: header and nonce with the first piece, a chunk as soon as it is whole. */
export class Encryptor {
  readonly #sealer: ChunkSealer;
  #head: Uint8Array | undefined;

  /** @throws RangeError on an empty list or a text that is no recipient: `parseRecipient` where it enters the station */
  constructor(aead: Aead, recipients: readonly string[]) {
    if (recipients.length === 0) throw new RangeError('age: nobody to encrypt to');
    const fileKey = randomBytes(FILE_KEY_BYTES);
    const stanzas = recipients.map((text) => {
      const point = parseRecipient(text);
      if (!point) throw new RangeError('age: not an X25519 recipient');
      return wrapFileKey(aead, fileKey, point);
    });
    const nonce = randomBytes(NONCE_BYTES);
    this.#head = Buffer.concat([writeHeader(stanzas, fileKey), nonce]);
    this.#sealer = new ChunkSealer(aead, payloadKey(fileKey, nonce));
  }

  push(data: Uint8Array, emit: (sealed: Uint8Array) => void): undefined {
    this.#emitHead(emit);
    this.#sealer.push(data, emit);
  }

  finish(emit: (sealed: Uint8Array) => void): undefined {
    this.#emitHead(emit);
    this.#sealer.finish(emit);
  }

  #emitHead(emit: (sealed: Uint8Array) => void): void {
    if (this.#head) emit(this.#head);
    this.#head = undefined;
  }
}
