import type { CardRead } from '../devices/id-reader/port.ts';
import type { DecodeFailure } from '../devices/photo-decoder/port.ts';
import { parseCardText } from '../features/identity/card-text.ts';
import { maskDocumentNumber } from '../features/identity/document-number.ts';
import type { ReaderTrial } from '../features/site/readers-contract.ts';
import { err, ok, type Result } from '../lib/result.ts';

const TRIAL_MS = 30_000;

type Outcome = Result<ReaderTrial, { code: 'NO_CARD_LAID' }>;
type Develop = (card: CardRead) => Promise<{ card: CardRead; failure: DecodeFailure | null }>;

/** Cards laid only to try a reader out: one waited for on each reader, for half a minute at most. */
export class CardTrials {
  readonly #waiting = new Map<string, (card: CardRead | null) => void>();

  /** Waits for the next card of a reader; a trial that still waits there ends without one. */
  begin(readerId: string, develop: Develop): Promise<Outcome> {
    this.end(readerId);
    return new Promise<CardRead | null>((resolve) => {
      const settle = (card: CardRead | null) => {
        clearTimeout(limit);
        if (this.#waiting.get(readerId) === settle) this.#waiting.delete(readerId);
        resolve(card);
      };
      const limit = setTimeout(settle, TRIAL_MS, null);
      this.#waiting.set(readerId, settle);
    }).then(async (card) => (card ? ok(await trialOf(card, develop)) : err({ code: 'NO_CARD_LAID' as const })));
  }

  /** Whether somebody is trying this reader out: then the card is theirs, and no door's. */
  take(readerId: string, card: CardRead): boolean {
    const settle = this.#waiting.get(readerId);
    settle?.(card);
    return settle !== undefined;
  }

  /** Ends the trial of one reader, or all. */
  end(readerId?: string): void {
    for (const [id, settle] of [...this.#waiting]) if (readerId === undefined || id === readerId) settle(null);
  }
}

/** Kind and masked number: nothing else of the card leaves this function. */
async function trialOf(read: CardRead, develop: Develop): Promise<ReaderTrial> {
  const { card, failure } = await develop(read);
  const fields = parseCardText(card.text);
  return {
    kind: fields.ok ? fields.value.kind : 'unreadable',
    maskedNumber: fields.ok ? maskDocumentNumber(fields.value.number) : '',
    photo: card.photo?.kind ?? 'none',
    decoder: failure,
    samId: card.samId,
  };
}
