// Frame of the SAM module, both ways (GA/T 467, chapter 7, as published by makers):
//   AA AA AA 96 69 | LEN (2, big-endian) | body | CHK
// LEN counts body and CHK; CHK is the XOR of LEN and body.

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
/** The preamble less its first byte: readers on a slow bridge lose it. */
const PREAMBLE_TAIL = 0xaaaa9669;
/** The largest LEN that makers' own software accepts; an answer of text, photo and fingerprint has 2314. */
export const MAX_LENGTH = 4089;
/** Shortest LEN: command and parameter with CHK; three status bytes with CHK. */
export const MIN_LENGTH = { command: 3, answer: 4 } as const;

export const checksum = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);

/** Wraps a body in preamble, length and checksum. @throws RangeError when the body is longer than a frame carries */
export function encodeFrame(body: Uint8Array): Uint8Array {
  const length = body.length + 1;
  if (length > MAX_LENGTH) throw new RangeError(`a frame body of ${body.length} bytes`);
  const frame = new Uint8Array(length + 7);
  frame.set(PREAMBLE);
  frame[5] = length >> 8;
  frame[6] = length & 0xff;
  frame.set(body, 7);
  frame[frame.length - 1] = checksum(frame.subarray(5, -1));
  return frame;
}

export type FrameEvent =
  | { kind: 'frame'; body: Uint8Array }
  | { kind: 'bad-checksum' }
  | { kind: 'bad-length'; length: number };

/**
 * Finds frames in a byte stream cut anywhere. Skips garbage before a preamble and forgives a lost first AA.
 * A photo may contain the preamble, so nothing is searched inside a frame until its LEN is satisfied; whoever gives up
 * waiting calls `reset`. Holds at most one frame, whatever arrives. Never throws.
 */
export class FrameParser {
  readonly #minLength: number;
  readonly #held = new Uint8Array(2 + MAX_LENGTH);
  #filled = 0;
  #wanted = 0;
  #lastFour = 0;

  constructor(direction: 'command' | 'answer') {
    this.#minLength = MIN_LENGTH[direction];
  }

  reset(): void {
    this.#filled = 0;
    this.#wanted = 0;
    this.#lastFour = 0;
  }

  push(bytes: Uint8Array): FrameEvent[] {
    const events: FrameEvent[] = [];
    for (const byte of bytes) {
      if (this.#wanted === 0) this.#search(byte);
      else this.#collect(byte, events);
    }
    return events;
  }

  #search(byte: number): void {
    this.#lastFour = ((this.#lastFour << 8) | byte) >>> 0;
    if (this.#lastFour === PREAMBLE_TAIL) this.#wanted = 2;
  }

  #collect(byte: number, events: FrameEvent[]): void {
    this.#held[this.#filled] = byte;
    this.#filled += 1;
    if (this.#filled < this.#wanted) return;
    const length = (this.#held[0]! << 8) | this.#held[1]!;
    if (this.#filled === 2) {
      if (length >= this.#minLength && length <= MAX_LENGTH) {
        this.#wanted = 2 + length;
        return;
      }
      events.push({ kind: 'bad-length', length });
    } else {
      // XOR over everything including CHK is zero exactly when CHK is right.
      const whole = this.#held.subarray(0, this.#wanted);
      if (checksum(whole) === 0) events.push({ kind: 'frame', body: whole.slice(2, -1) });
      else events.push({ kind: 'bad-checksum' });
    }
    this.reset();
  }
}
