import { inTransaction } from '../db/database.ts';
import type { CardRead, IdReader, ReaderState } from '../devices/id-reader/port.ts';
import type { DoorReader, ReaderView } from '../features/checkin/contract.ts';
import type { DoorAt } from '../features/checkin/deps.ts';
import { attemptView, journalDoubt } from '../features/checkin/door.ts';
import { checkinEvents } from '../features/checkin/events.ts';
import { cardPresented } from '../features/checkin/present.ts';
import { complain, endure } from './endure.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';
import { openReader, readerView } from './reader-post.ts';

/** Ties the card reader to one door, the one opened last: its states to the strip, its cards to attempts. */
export class ReaderDesk {
  readonly #f: Foundation;
  readonly #features: () => Features;
  #reader: IdReader | null = null;
  #state: ReaderState | null = null;
  #sinceMs = 0;
  #at: DoorAt | null = null;

  constructor(f: Foundation, features: () => Features) {
    this.#f = f;
    this.#features = features;
  }
  state(): { kind: string; sinceMs: number } {
    return { kind: this.#state?.kind ?? 'none', sinceMs: this.#sinceMs };
  }
  /** As the door's strip shows it, whichever door that is. */
  view(): ReaderView {
    return readerView(this.#state);
  }
  /** The reader as this lane sees it. */
  at(at: DoorAt): DoorReader {
    const room = this.#at === null ? undefined : this.#f.shelf.book()?.room(this.#at.roomId);
    if (this.#state === null || this.#at === null || room === undefined || isSameDoor(this.#at, at)) return this.view();
    return { kind: 'elsewhere', roomName: room.name, lane: this.#at.lane };
  }
  /** @param again  a window that is open already asks: the reader comes only where no other door of the plan has it */
  bind(at: DoorAt, again: boolean): void {
    const taken = this.#at !== null && this.#f.shelf.book()?.room(this.#at.roomId) !== undefined;
    if ((this.#at !== null && isSameDoor(this.#at, at)) || (again && taken)) return;
    this.#at = at;
    this.#f.changed('checkin')();
  }
  /** Opens the reader at an address, closing the one before; an empty address means none. False: the address means nothing. */
  use(address: string): boolean {
    if (address !== '') {
      const opened = (this.#f.options.openReader ?? openReader)(address, {
        onState: (reader, state) => this.#onState(reader, state),
        onCard: (card) => {
          // What goes wrong with one card must not end the station: the next card is read all the same.
          this.#onCard(card).catch(complain('a card could not be taken up'));
        },
        onTrouble: (reader, { command, code, status }) => {
          const data = { readerId: reader.id, command, code, status };
          this.#record((w) => this.#f.journal.append(w, { kind: 'station' }, checkinEvents.readerTrouble, data));
        },
      });
      if (!opened.ok) return false;
      this.#leave();
      this.#reader = opened.value;
      this.#state = opened.value.state();
    } else {
      this.#leave();
      this.#state = null;
    }
    return true;
  }
  async close(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    await reader?.close();
  }

  #leave(): void {
    this.close().catch(complain('the reader before could not be closed'));
  }
  /** The reader does not wait for the disk: a fact that cannot be written is said on the console, and the door goes on. */
  #record(work: Parameters<typeof inTransaction>[1]): void {
    endure('a fact about the reader was not put on record', () => inTransaction(this.#f.db, work));
  }
  #onState(reader: IdReader, state: ReaderState): void {
    const before = this.#state;
    this.#state = state;
    this.#sinceMs = this.#f.clock.wallMs();
    this.#f.hub.publish({
      kind: 'reader',
      roomId: this.#at?.roomId ?? null,
      lane: this.#at?.lane ?? null,
      reader: readerView(state),
    });
    // Losing and regaining the reader are facts of the day; waiting and reading are not.
    if (state.kind === 'lost' || before?.kind === 'lost' || state.kind === 'rejected') {
      const reason = state.kind === 'lost' ? state.reason : state.kind === 'rejected' ? String(state.status) : '';
      const data = { readerId: reader.id, state: state.kind, reason };
      this.#record((w) => this.#f.journal.append(w, { kind: 'station' }, checkinEvents.readerState, data));
    }
  }
  async #onCard(card: CardRead): Promise<void> {
    const at = this.#at;
    if (at === null || !this.#f.shelf.book()) return;
    const { checkin } = this.#features();
    // The next card ends an attempt that nobody closed: 01i, "the next card does it too".
    const presented = await cardPresented(checkin, at, card);
    if (presented.ok)
      journalDoubt(checkin, presented.value, attemptView(checkin, presented.value), { kind: 'station' });
    this.#f.changed('checkin')();
  }
}

const isSameDoor = (a: DoorAt, b: DoorAt): boolean => a.roomId === b.roomId && a.lane === b.lane;
