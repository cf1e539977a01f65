import { type Aead, TAG_BYTES } from './aead.ts';

/** Plain bytes in every chunk but the last. */
export const CHUNK_BYTES = 64 * 1024;

export type StreamFault =
  /** `tail` is the authentic plaintext of a last whole chunk, when the cut fell exactly behind one. */
  { code: 'TRUNCATED'; chunk: number; tail?: Uint8Array } | { code: 'DAMAGED'; chunk: number };

/** 11 bytes of big-endian chunk number, then 1 for the last chunk. */
function nonceOf(chunk: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(chunk));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Cuts a byte stream into pieces of `size`, holding the newest piece back until it is known whether it is the last. */
class Cutter {
  readonly #held: Uint8Array;
  #fill = 0;

  constructor(size: number) {
    this.#held = new Uint8Array(size);
  }
  /** Whole pieces that are not the last. Each is valid until the next is asked for. */
  *push(data: Uint8Array): Generator<Uint8Array> {
    const size = this.#held.length;
    let at = 0;
    while (at < data.length) {
      if (this.#fill === size) {
        yield this.#held;
        this.#fill = 0;
      }
      if (this.#fill === 0 && data.length - at > size) {
        yield data.subarray(at, at + size);
        at += size;
        continue;
      }
      const taken = Math.min(size - this.#fill, data.length - at);
      this.#held.set(data.subarray(at, at + taken), this.#fill);
      this.#fill += taken;
      at += taken;
    }
  }
  last(): Uint8Array {
    return this.#held.subarray(0, this.#fill);
  }
}

/** Writes the STREAM payload. */
export class ChunkSealer {
  readonly #aead: Aead;
  readonly #key: Uint8Array;
  readonly #cutter = new Cutter(CHUNK_BYTES);
  #chunk = 0;

  constructor(aead: Aead, key: Uint8Array) {
    this.#aead = aead;
    this.#key = key;
  }
  push(data: Uint8Array, emit: (sealed: Uint8Array) => void): void {
    for (const piece of this.#cutter.push(data)) {
      for (const part of this.#aead.seal(this.#key, nonceOf(this.#chunk, false), piece)) emit(part);
      this.#chunk += 1;
    }
  }
  finish(emit: (sealed: Uint8Array) => void): void {
    for (const part of this.#aead.seal(this.#key, nonceOf(this.#chunk, true), this.#cutter.last())) emit(part);
  }
}

/** Reads the STREAM payload, emitting a chunk only after its tag matched. */
export class ChunkOpener {
  readonly #aead: Aead;
  readonly #key: Uint8Array;
  readonly #cutter = new Cutter(CHUNK_BYTES + TAG_BYTES);
  #chunk = 0;

  constructor(aead: Aead, key: Uint8Array) {
    this.#aead = aead;
    this.#key = key;
  }
  push(data: Uint8Array, emit: (plain: Uint8Array) => void): StreamFault | undefined {
    for (const piece of this.#cutter.push(data)) {
      const plain = this.#aead.open(this.#key, nonceOf(this.#chunk, false), piece);
      if (!plain) return { code: 'DAMAGED', chunk: this.#chunk };
      emit(plain);
      this.#chunk += 1;
    }
    return undefined;
  }
  finish(emit: (plain: Uint8Array) => void): StreamFault | undefined {
    const chunk = this.#chunk;
    const piece = this.#cutter.last();
    const plain = this.#aead.open(this.#key, nonceOf(chunk, true), piece);
    if (plain) {
      // An empty last chunk is lawful only as the whole of an empty file: else one text would have two spellings.
      if (plain.length === 0 && chunk > 0) return { code: 'DAMAGED', chunk };
      emit(plain);
      return undefined;
    }
    if (piece.length < CHUNK_BYTES + TAG_BYTES) return { code: 'TRUNCATED', chunk };
    const tail = this.#aead.open(this.#key, nonceOf(chunk, false), piece);
    return tail ? { code: 'TRUNCATED', chunk, tail } : { code: 'DAMAGED', chunk };
  }
}
