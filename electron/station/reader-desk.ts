import { inTransaction } from '../db/database.ts';
import type { CardRead, IdReader, ReaderState } from '../devices/id-reader/port.ts';
import type { DoorReader } from '../features/checkin/contract.ts';
import type { DoorAt } from '../features/checkin/deps.ts';
import { attemptView, journalDoubt } from '../features/checkin/door.ts';
import { checkinEvents } from '../features/checkin/events.ts';
import { cardPresented } from '../features/checkin/present.ts';
import { siteEvents } from '../features/site/events.ts';
import type { ReaderRack } from '../features/site/readers.ts';
import type { ReaderNow, ReaderSetting, ReaderTrial } from '../features/site/readers-contract.ts';
import type { RoomId } from '../lib/ids.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { DoorReaders } from './door-readers.ts';
import { complain, endure } from './endure.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';
import type { PhotoDesk } from './photo-desk.ts';
import { type AddressRefusal, openReader, readerView } from './reader-post.ts';
import { CardTrials } from './reader-trial.ts';

/** One reader that is open. */
interface Post {
  setting: ReaderSetting;
  readonly reader: IdReader;
  state: ReaderState;
  sinceMs: number;
  samId: string | null;
  /** Ends when the card before has been taken up: a photo may take a moment, and the next card must not overtake it. */
  turn: Promise<unknown>;
}

/** Ties every reader to one lane: its states to the strip, its cards to attempts. */
export class ReaderDesk implements ReaderRack {
  readonly #f: Foundation;
  readonly #features: () => Features;
  readonly #photos: PhotoDesk;
  /** By reader id, in the order of the settings. */
  readonly #posts = new Map<string, Post>();
  readonly #doors = new DoorReaders();
  readonly #trials = new CardTrials();

  constructor(f: Foundation, features: () => Features, photos: PhotoDesk) {
    this.#f = f;
    this.#features = features;
    this.#photos = photos;
  }

  list(): ReaderNow[] {
    this.#releaseLost();
    return [...this.#posts.values()].map(({ setting, state, sinceMs, samId }) => {
      const at = this.#doors.doorOf(setting.readerId);
      const room = at && this.#f.shelf.book()?.room(at.roomId);
      const door = at && room ? { roomId: at.roomId as RoomId, roomName: room.name, lane: at.lane } : null;
      return { ...setting, state: readerView(state), sinceMs, samId, door };
    });
  }

  /** The reader as this lane sees it. */
  at(at: DoorAt): DoorReader {
    this.#releaseLost();
    const own = this.#doors.readerOf(at);
    if (own !== null) return readerView(this.#posts.get(own)!.state);
    const [only] = this.#posts.values();
    const elsewhere = this.#doors.longestBound();
    if (only && elsewhere) {
      const roomName = this.#f.shelf.book()!.room(elsewhere.roomId)!.name;
      return { kind: 'elsewhere', roomName, lane: elsewhere.lane };
    }
    return readerView(only?.state ?? null);
  }

  /** @param again  a window that is open already asks: it takes no reader from another lane */
  bind(at: DoorAt, again: boolean): void {
    this.#releaseLost();
    const posts = [...this.#posts.values()].sort((a, b) => Number(isLost(a)) - Number(isLost(b)));
    const readers = posts.map((post) => post.setting.readerId);
    if (this.#doors.bind(at, readers, again)) this.#f.changed('checkin')();
  }

  place(readerId: string, at: DoorAt): void {
    this.#doors.place(readerId, at);
    this.#f.changed('checkin')();
    this.#f.changed('site')();
  }

  use(setting: ReaderSetting): Result<void, AddressRefusal> {
    const { readerId } = setting;
    const before = this.#posts.get(readerId);
    const { address, beyondThisMachine } = setting;
    if (before?.setting.address === address && before.setting.beyondThisMachine === beyondThisMachine) {
      before.setting = setting;
      this.#f.changed('site')();
      return ok(undefined);
    }
    const opened = (this.#f.options.openReader ?? openReader)(setting, {
      onState: (reader, state) => this.#onState(readerId, reader, state),
      onCard: (card) => this.#onCard(readerId, card),
      onTrouble: (_reader, { command, code, status }) => {
        const data = { readerId, command, code, status };
        this.#record((w) => this.#f.journal.append(w, { kind: 'station' }, checkinEvents.readerTrouble, data));
      },
    });
    if (!opened.ok) return opened;
    if (before) this.#close(before);
    this.#posts.set(readerId, {
      setting,
      reader: opened.value,
      state: opened.value.state(),
      sinceMs: this.#f.clock.wallMs(),
      samId: null,
      turn: Promise.resolve(),
    });
    this.#f.changed('site')();
    return ok(undefined);
  }

  remove(readerId: string): void {
    const post = this.#posts.get(readerId);
    if (!post) return;
    this.#posts.delete(readerId);
    this.#close(post);
    this.#releaseLost();
    this.#f.changed('checkin')();
    this.#f.changed('site')();
  }

  tryOut(readerId: string): Promise<Result<ReaderTrial, { code: 'NO_CARD_LAID' }>> {
    if (!this.#posts.has(readerId)) return Promise.resolve(err({ code: 'NO_CARD_LAID' }));
    return this.#trials.begin(readerId, (card) => this.#photos.developed(card, true));
  }

  async close(): Promise<void> {
    const posts = [...this.#posts.values()];
    this.#posts.clear();
    this.#trials.end();
    await Promise.all(posts.map((post) => post.reader.close()));
  }

  #close(post: Post): void {
    this.#trials.end(post.setting.readerId);
    post.reader.close().catch(complain('the reader before could not be closed'));
  }

  /** Readers that are gone, and doors that the plan no longer has, are nobody's. */
  #releaseLost(): void {
    const book = this.#f.shelf.book();
    this.#doors.release((readerId, at) => this.#posts.has(readerId) && book?.room(at.roomId) !== undefined);
  }

  /** The reader does not wait for the disk: a fact that cannot be written is said on the console, and the door goes on. */
  #record(work: Parameters<typeof inTransaction>[1]): void {
    endure('a fact about the reader was not put on record', () => inTransaction(this.#f.db, work));
  }

  #onState(readerId: string, reader: IdReader, state: ReaderState): void {
    const post = this.#posts.get(readerId);
    if (post?.reader !== reader) return;
    const before = post.state;
    post.state = state;
    post.sinceMs = this.#f.clock.wallMs();
    const at = this.#doors.doorOf(readerId);
    this.#f.hub.publish({
      kind: 'reader',
      roomId: at?.roomId ?? null,
      lane: at?.lane ?? null,
      reader: readerView(state),
    });
    this.#noteModule(post);
    // Losing and regaining the reader are facts of the day; waiting and reading are not.
    if (state.kind === 'lost' || before.kind === 'lost' || state.kind === 'rejected') {
      const reason = state.kind === 'lost' ? state.reason : state.kind === 'rejected' ? String(state.status) : '';
      const data = { readerId, state: state.kind, reason };
      this.#record((w) => this.#f.journal.append(w, { kind: 'station' }, checkinEvents.readerState, data));
      this.#f.changed('alarm')();
    }
  }

  #noteModule(post: Post): void {
    const samId = post.reader.samId();
    if (samId === null || samId === post.samId) return;
    const data = { readerId: post.setting.readerId, samId, before: post.samId };
    post.samId = samId;
    this.#record((w) => this.#f.journal.append(w, { kind: 'station' }, siteEvents.readerModule, data));
  }

  #onCard(readerId: string, card: CardRead): void {
    const post = this.#posts.get(readerId);
    if (!post || this.#trials.take(readerId, card)) return;
    // What goes wrong with one card must not end the station: the next card is read all the same.
    post.turn = post.turn.then(() => this.#present(readerId, card)).catch(complain('a card could not be taken up'));
  }

  async #present(readerId: string, read: CardRead): Promise<void> {
    const { card } = await this.#photos.developed(read);
    this.#releaseLost();
    const at = this.#doors.doorOf(readerId);
    if (at === null) return;
    const { checkin } = this.#features();
    // The next card ends an attempt that nobody closed: 01i, "the next card does it too".
    const presented = await cardPresented(checkin, at, card);
    if (presented.ok)
      journalDoubt(checkin, presented.value, attemptView(checkin, presented.value), { kind: 'station' });
    this.#f.changed('checkin')();
  }
}

const isLost = (post: Post): boolean => post.state.kind === 'lost';
