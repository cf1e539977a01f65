import type { CardRead, IdReader, ReaderState, ReaderTrouble } from '../../electron/devices/id-reader/port.ts';
import { ok } from '../../electron/lib/result.ts';
import type { OpenReader, ReaderListener } from '../../electron/station/reader-post.ts';

export const FAKE_READER = 'tcp:fake:1';

/** The reader that a test holds in its hand: what it reports, the station hears. One at a time, like the station's. */
export class FakeReaderPost {
  #listener: ReaderListener | null = null;
  #reader: IdReader | null = null;

  readonly open: OpenReader = (address, listener) => {
    if (!address.startsWith('tcp:')) return { ok: false, error: { code: 'bad-address' } };
    const never = () => () => undefined;
    let open = true;
    const reader: IdReader = {
      id: address,
      state: () => ({ kind: 'waiting' }),
      samId: () => null,
      onState: never,
      onCard: never,
      onTrouble: never,
      async close() {
        open = false;
      },
    };
    this.#reader = reader;
    this.#listener = {
      onState: (r, state) => open && listener.onState(r, state),
      onCard: (card) => open && listener.onCard(card),
      onTrouble: (r, trouble) => open && listener.onTrouble(r, trouble),
    };
    return ok(reader);
  };
  present(card: CardRead): void {
    this.#listener?.onCard(card);
  }
  trouble(trouble: ReaderTrouble): void {
    this.#listener?.onTrouble(this.#reader!, trouble);
  }
  report(state: ReaderState): void {
    this.#listener?.onState(this.#reader!, state);
  }
}
