import { inTransaction } from '../db/database.ts';
import type { CardRead } from '../devices/id-reader/port.ts';
import { parseDecoderCommand } from '../devices/photo-decoder/command-line.ts';
import { externalDecoder } from '../devices/photo-decoder/external-decoder.ts';
import type { DecodeFailure, PhotoDecoder } from '../devices/photo-decoder/port.ts';
import { siteEvents } from '../features/site/events.ts';
import type { PhotoDecoderState } from '../features/site/readers-contract.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { endure } from './endure.ts';
import type { Foundation } from './foundation.ts';

/** A decoder that failed so often in a row is left out: nobody at the door waits for it any more. */
const FAILURES_UNTIL_REST = 3;

/** Turns the photo of a card into a picture where the site has a program for it. */
export class PhotoDesk {
  readonly #f: Foundation;
  #decoder: PhotoDecoder | null = null;
  #state: PhotoDecoderState = { kind: 'none' };
  #failures = 0;

  constructor(f: Foundation) {
    this.#f = f;
  }

  state(): PhotoDecoderState {
    return this.#state;
  }

  /** Takes a command line up; an empty one means none. What is wrong with it changes nothing. */
  use(commandLine: string): Result<void, 'unclosed-quote' | 'not-absolute'> {
    const command = parseDecoderCommand(commandLine);
    if (!command.ok && command.error !== 'empty') return err(command.error);
    this.#decoder = command.ok ? externalDecoder(command.value) : null;
    this.#state = command.ok ? { kind: 'untried' } : { kind: 'none' };
    this.#failures = 0;
    return ok(undefined);
  }

  /**
   * The card with its photo as JPEG where that can be had, else as it is, with why.
   *
   * @param anyway  also by a decoder that rests: somebody is trying it out
   */
  async developed(card: CardRead, anyway = false): Promise<{ card: CardRead; failure: DecodeFailure | null }> {
    const decoder = this.#decoder;
    const resting = this.#state.kind === 'failed' && this.#state.resting;
    if (card.photo?.kind !== 'wlt' || !decoder || (resting && !anyway)) return { card, failure: null };
    const decoded = await decoder.decode(card.photo.bytes);
    // The setting may have changed while the program ran.
    if (decoder === this.#decoder) this.#note(decoded);
    if (!decoded.ok) return { card, failure: decoded.error };
    return { card: { ...card, photo: { kind: 'jpeg', bytes: decoded.value } }, failure: null };
  }

  #note(decoded: Result<Uint8Array, DecodeFailure>): void {
    const atMs = this.#f.clock.wallMs();
    if (decoded.ok) {
      this.#failures = 0;
      this.#state = { kind: 'works', atMs };
      return;
    }
    this.#failures += 1;
    const resting = this.#failures >= FAILURES_UNTIL_REST;
    const { code, detail } = decoded.error;
    this.#state = { kind: 'failed', code, detail, atMs, resting };
    endure('a photograph that stayed undecoded was not put on record', () =>
      inTransaction(this.#f.db, (w) =>
        this.#f.journal.append(w, { kind: 'station' }, siteEvents.photoUndecoded, { code, detail, resting }),
      ),
    );
  }
}
