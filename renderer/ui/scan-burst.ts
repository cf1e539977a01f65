/**
 * Tells a barcode scanner that types from a person who types. A wedge scanner sends its characters a few milliseconds
 * apart and ends with Enter; taken for typing, that Enter would press the blue block and admit someone.
 *
 * Single characters are held back until the next key, or until 30 ms have passed, shows that a person pressed them.
 */
export type KeyVerdict =
  /** Nothing yet: part of what may become a scan. `flush` earlier held characters first, if any. */
  | { kind: 'held'; flush: string }
  /** A whole scan, ended by its Enter, which is part of it and must be swallowed. */
  | { kind: 'scan'; text: string }
  /** A person's Enter. `flush` characters that were still held. */
  | { kind: 'enter'; flush: string }
  /** Enter inside a burst too short to be a code: noise, swallowed. */
  | { kind: 'swallowed' };

/** A person's fastest keys are 60 to 100 ms apart, a scanner's 1 to 20 ms. */
export const burstGapMs = 30;
const shortestScan = 4;

export class ScanBurst {
  #text = '';
  #lastAtMs = Number.NEGATIVE_INFINITY;

  /** One printable character at a time in ms. */
  character(character: string, atMs: number): KeyVerdict {
    const inBurst = atMs - this.#lastAtMs < burstGapMs;
    const flush = inBurst ? '' : this.#takeSingle();
    this.#text += character;
    this.#lastAtMs = atMs;
    return { kind: 'held', flush };
  }

  /** The Enter key. */
  enter(atMs: number): KeyVerdict {
    const inBurst = atMs - this.#lastAtMs < burstGapMs;
    const text = this.#text;
    this.#text = '';
    this.#lastAtMs = Number.NEGATIVE_INFINITY;
    if (inBurst) return text.length >= shortestScan ? { kind: 'scan', text } : { kind: 'swallowed' };
    return { kind: 'enter', flush: text.length === 1 ? text : '' };
  }

  /** The gap has passed without another key: what a person pressed, or '' where a broken burst is thrown away. */
  quiet(): string {
    this.#lastAtMs = Number.NEGATIVE_INFINITY;
    return this.#takeSingle();
  }

  #takeSingle(): string {
    const text = this.#text;
    this.#text = '';
    return text.length === 1 ? text : '';
  }
}
