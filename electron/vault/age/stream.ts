import { type Aead, type KeyedAead, TAG_BYTES } from './aead.ts';

/** Plain bytes in every chunk but the last. */
export const CHUNK_BYTES = 64 * 1024;

export type StreamFault = { code: 'TRUNCATED' | 'DAMAGED'; chunk: number };

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
  readonly #aead: KeyedAead;
  readonly #cutter = new Cutter(CHUNK_BYTES);
  #chunk = 0;

  constructor(aead: Aead, key: Uint8Array) {
    this.#aead = aead.withKey(key);
  }
  push(data: Uint8Array, emit: (sealed: Uint8Array) => void): void {
    for (const piece of this.#cutter.push(data)) {
      for (const part of this.#aead.seal(nonceOf(this.#chunk, false), piece)) emit(part);
      this.#chunk += 1;
    }
  }
  finish(emit: (sealed: Uint8Array) => void): void {
    for (const part of this.#aead.seal(nonceOf(this.#chunk, true), this.#cutter.last())) emit(part);
  }
}

/** Reads the STREAM payload, emitting every chunk whose tag matched and none behind the first fault. */
export class ChunkOpener {
  readonly #aead: KeyedAead;
  readonly #cutter = new Cutter(CHUNK_BYTES + TAG_BYTES);
  #chunk = 0;

  constructor(aead: Aead, key: Uint8Array) {
    this.#aead = aead.withKey(key);
  }
  push(data: Uint8Array, emit: (plain: Uint8Array) => void): StreamFault | undefined {
    for (const piece of this.#cutter.push(data)) {
      const plain = this.#aead.open(nonceOf(this.#chunk, false), piece);
      if (!plain) return this.#notWithin(piece, emit);
      emit(plain);
      this.#chunk += 1;
    }
    return undefined;
  }
  finish(emit: (plain: Uint8Array) => void): StreamFault | undefined {
    const chunk = this.#chunk;
    const piece = this.#cutter.last();
    const plain = this.#aead.open(nonceOf(chunk, true), piece);
    if (plain) {
      // An empty last chunk is lawful only as the whole of an empty file: else one text would have two spellings.
      if (plain.length === 0 && chunk > 0) return { code: 'DAMAGED', chunk };
      emit(plain);
      return undefined;
    }
    if (piece.length < CHUNK_BYTES + TAG_BYTES) return { code: 'TRUNCATED', chunk };
    // Cut exactly behind a chunk: that one is whole.
    const whole = this.#aead.open(nonceOf(chunk, false), piece);
    if (whole) emit(whole);
    return { code: whole ? 'TRUNCATED' : 'DAMAGED', chunk };
  }
  /** A chunk that does not open as one of the middle is damaged, or it was the last and something follows it. */
  #notWithin(piece: Uint8Array, emit: (plain: Uint8Array) => void): StreamFault {
    const last = this.#aead.open(nonceOf(this.#chunk, true), piece);
    if (last) emit(last);
    return { code: 'DAMAGED', chunk: this.#chunk };
  }
}
