/**
 * Tells a barcode scanner that types from a person who types. A wedge scanner sends its characters 1 to 50 ms apart and
 * ends with Enter, Tab or a line feed; taken for typing, that Enter would press the blue block and admit someone.
 *
 * Characters are held back until the next key, or until `burstGapMs` have passed, shows that a person pressed them.
 */
export type KeyVerdict =
  /** A whole scan. The key that ended it is part of it and must be swallowed. */
  | { kind: 'scan'; text: string }
  /** A person's key; first the keys that were still held, by their names. */
  | { kind: 'person'; flush: readonly string[] }
  /** The end of a burst too short to be a code, or the second half of a carriage return with line feed. */
  | { kind: 'swallowed' };

/** Keys further apart than this are no burst: the slowest scanners pause 50 ms, and timers are a little late. */
export const burstGapMs = 60;
/** On the whole no scanner is slower. A PIN typed from memory may come near `burstGapMs`, never near this. */
const slowestScannerMs = 52;
/** Nobody presses two keys in less; two keys pressed between this and `burstGapMs` may be a person's. */
const personGapMs = 30;
const shortestScan = 4;
/** What a scanner puts before a code to say what kind it was (ISO/IEC 15424), where it is set to. */
const symbologyIdentifier = /^\][A-Za-z][0-9A-Za-z](?=.{4})/;

export class ScanBurst {
  #text = '';
  #names: string[] = [];
  #fastestMs = Number.POSITIVE_INFINITY;
  #firstAtMs = 0;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #endedAtMs = Number.NEGATIVE_INFINITY;

  /** True when the next character at this time would begin a new burst. */
  isNew(atMs: number): boolean {
    return atMs - this.#lastAtMs >= burstGapMs;
  }

  /**
   * One printable character.
   *
   * @param name of its key, for `flush`
   * @returns names of the keys held until now that a person pressed
   */
  character(character: string, name: string, atMs: number): readonly string[] {
    const flush = this.isNew(atMs) ? this.quiet() : [];
    if (this.#text === '') this.#firstAtMs = atMs;
    else this.#fastestMs = Math.min(this.#fastestMs, atMs - this.#lastAtMs);
    this.#text += character;
    this.#names.push(name);
    this.#lastAtMs = atMs;
    return flush;
  }

  /** A key that may end a scan: Enter, Tab, a line feed. */
  end(atMs: number): KeyVerdict {
    const gapMs = atMs - this.#lastAtMs;
    const text = this.#text;
    const isScan = gapMs < burstGapMs && text.length >= shortestScan && !this.#isLeisurely();
    const flush = this.quiet();
    const isNoise = gapMs < personGapMs || (text === '' && atMs - this.#endedAtMs < burstGapMs);
    if (!isScan && !isNoise) return { kind: 'person', flush };
    this.#endedAtMs = atMs;
    return isScan ? { kind: 'scan', text: text.replace(symbologyIdentifier, '') } : { kind: 'swallowed' };
  }

  /**
   * The gap has passed without another key, or a key came that no scanner sends: names of the keys that a person
   * pressed; none where a burst broke off, which is thrown away.
   */
  quiet(): readonly string[] {
    const few = this.#names.length < shortestScan;
    const pressed = this.#names.length === 1 || (few && this.#fastestMs >= personGapMs) || this.#isLeisurely();
    const flush = pressed ? this.#names : [];
    this.#text = '';
    this.#names = [];
    this.#fastestMs = Number.POSITIVE_INFINITY;
    this.#lastAtMs = Number.NEGATIVE_INFINITY;
    return flush;
  }

  /** Slower on the whole than a scanner, though no gap was long. */
  #isLeisurely(): boolean {
    const gaps = this.#names.length - 1;
    return gaps > 0 && (this.#lastAtMs - this.#firstAtMs) / gaps > slowestScannerMs;
  }
}
