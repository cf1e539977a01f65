import type { CardRead, IdReader, ReaderState, ReaderTrouble } from '../../electron/devices/id-reader/port.ts';
import { ok } from '../../electron/lib/result.ts';
import type { OpenReader, ReaderListener } from '../../electron/station/reader-post.ts';

export const FAKE_READER = 'tcp:fake:1';

/** A reader that a test holds in its hand: what it reports, the station hears, for as long as it is open. */
class FakeReader implements IdReader {
  readonly id: string;
  readonly #listener: ReaderListener;
  #samId: string | null = null;
  #state: ReaderState = { kind: 'waiting' };
  isOpen = true;

  constructor(id: string, listener: ReaderListener) {
    this.id = id;
    this.#listener = listener;
  }
  state = () => this.#state;
  samId = () => this.#samId;
  onState = () => () => undefined;
  onCard = () => () => undefined;
  onTrouble = () => () => undefined;
  async close(): Promise<void> {
    this.isOpen = false;
  }

  present(card: CardRead): void {
    if (this.isOpen) this.#listener.onCard(card);
  }
  trouble(trouble: ReaderTrouble): void {
    if (this.isOpen) this.#listener.onTrouble(this, trouble);
  }
  report(state: ReaderState, samId = this.#samId): void {
    this.#state = state;
    this.#samId = samId;
    if (this.isOpen) this.#listener.onState(this, state);
  }
}

/** The readers of a test station, by address. Without an address: the one of the station's usual beginning. */
export class FakeReaderPost {
  readonly #readers = new Map<string, FakeReader>();

  readonly open: OpenReader = ({ readerId, address, beyondThisMachine }, listener) => {
    if (address.startsWith('huashi:') && !beyondThisMachine) {
      return { ok: false, error: { code: 'beyond-this-machine' } };
    }
    if (!/^(tcp|huashi):/.test(address)) return { ok: false, error: { code: 'bad-address' } };
    const reader = new FakeReader(readerId, listener);
    this.#readers.set(address, reader);
    return ok(reader);
  };
  at(address: string): FakeReader {
    const reader = this.#readers.get(address);
    if (!reader) throw new Error(`no reader was opened at ${address}`);
    return reader;
  }
  present(card: CardRead): void {
    this.#readers.get(FAKE_READER)?.present(card);
  }
  trouble(trouble: ReaderTrouble): void {
    this.#readers.get(FAKE_READER)?.trouble(trouble);
  }
  report(state: ReaderState): void {
    this.#readers.get(FAKE_READER)?.report(state);
  }
}
