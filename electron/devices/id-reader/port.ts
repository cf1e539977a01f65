/** What the desk shows for the reader, and what it asks the person at the door to do. */
export type ReaderState =
  /** Between start and the first answer; never shown as a fault. */
  | { kind: 'starting' }
  | { kind: 'lost'; reason: LostReason; sinceMs: number }
  /** Place a card. */
  | { kind: 'waiting' }
  | { kind: 'reading' }
  /** The card was read and still lies there: only the next read waits for it. */
  | { kind: 'take-away' }
  /** Lift the card and place it again. Stays until it was lifted or a read succeeds. */
  | { kind: 'replace'; reason: 'read-failed' | 'select-failed' | 'checksum' }
  /** A suspect or unknown card; `status` is the module's SW3. An operator decides; the driver never does. */
  | { kind: 'rejected'; status: number };

/**
 * `not-found`: nothing at that address or port yet. `busy`: another program holds the port. `no-permission`: the
 * system account may not open it. `unplugged`: it worked and the line broke. `silent`: the line stands, but nothing
 * intelligible comes. `out-of-service`: the module itself reports a failed self test or a missing authorisation.
 * `service-down`: nobody answers at the address of a maker's card service.
 */
export type LostReason =
  | 'not-found'
  | 'busy'
  | 'no-permission'
  | 'unplugged'
  | 'silent'
  | 'out-of-service'
  | 'service-down';

export interface CardRead {
  /**
   * 256 bytes as the card holds them; features/identity reads the fields. A maker's service tells fields only: they are
   * laid out again as on a card, so that evidence has one form and one reader, whichever way the card came.
   */
  readonly text: Uint8Array;
  /** `wlt` is the card's own 1024-byte form, which only the makers' software decodes; `jpeg` comes from such software. */
  readonly photo: { readonly kind: 'wlt' | 'jpeg'; readonly bytes: Uint8Array } | null;
  /** The reader's security module, as printed on its label; null when it did not tell. */
  readonly samId: string | null;
  readonly readAtMs: number;
}

/** A fact for the journal beside the states: something went wrong on the line, healed by a repeat or not. */
export interface ReaderTrouble {
  readonly command: string;
  readonly code: 'checksum' | 'length' | 'status' | 'malformed' | 'silent' | 'line-lost' | 'photo';
  /** SW3, when the module answered. */
  readonly status: number | null;
}

/** A card reader at one desk. Every `on...` returns the function that ends the subscription. */
export interface IdReader {
  readonly id: string;
  state(): ReaderState;
  samId(): string | null;
  /** Called on every change; a repeated equal state is not a change. */
  onState(listener: (state: ReaderState) => void): () => void;
  /** Called once for each placing of a card, before the state turns to `take-away`. */
  onCard(listener: (card: CardRead) => void): () => void;
  onTrouble(listener: (trouble: ReaderTrouble) => void): () => void;
  /** Ends the loop and frees the port; resolves when both are done. */
  close(): Promise<void>;
}
