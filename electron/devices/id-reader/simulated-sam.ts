import { BAUD_RATES, COMMANDS, setBaudCommand } from './sam-commands.ts';
import { checksum } from './sam-frame.ts';
import { STATUS } from './sam-status.ts';

/** A card as the simulator lays it on the reader. */
export interface SimulatedCard {
  /** 256 bytes, as `cards.ts` builds them. */
  readonly text: Uint8Array;
  /** 1024 bytes, or null for a card that carries no photo. */
  readonly photo: Uint8Array | null;
  /** 70 bytes of UTF-16LE; most cards have none. */
  readonly newestAddress?: Uint8Array;
}

/** How a module differs from the ordinary one. */
export interface ModuleTraits {
  /** 16 bytes. */
  readonly samId: Uint8Array;
  readonly knowsFingerprint: boolean;
  /** Answers a second read of a card without lifting. Not known of real modules, so tests try both. */
  readonly readsTwice: boolean;
  /** Reports no card once one was read, until it is lifted: what makers say of theirs. False: goes on reporting it. */
  readonly silentAfterRead: boolean;
  /** The self test fails until the module is reset. */
  readonly needsReset: boolean;
}

/** 05.01-20200101-0000000001-1, a specimen number. */
export const SPECIMEN_SAM_ID = Uint8Array.of(5, 0, 1, 0, 0xa5, 0x3a, 0x34, 1, 1, 0, 0, 0, 1, 0, 0, 0);
export const ORDINARY_MODULE: ModuleTraits = {
  samId: SPECIMEN_SAM_ID,
  knowsFingerprint: true,
  readsTwice: false,
  silentAfterRead: true,
  needsReset: false,
};
/** Of a card's management number only the size was found published. */
const MANAGEMENT_NUMBER = new Uint8Array(28).fill(0x11);

/** The security module behind the reader's line: one command body in, one answer body out. */
export class SimulatedSam {
  readonly #traits: ModuleTraits;
  #card: SimulatedCard | null = null;
  #sound: boolean;
  #progress: 'untouched' | 'found' | 'selected' | 'read' = 'untouched';

  constructor(traits: ModuleTraits) {
    this.#traits = traits;
    this.#sound = !traits.needsReset;
  }

  place(card: SimulatedCard): void {
    this.#card = card;
    this.#progress = 'untouched';
  }

  lift(): void {
    this.#card = null;
  }

  answer(body: Uint8Array): Uint8Array {
    switch (nameOf(body)) {
      case 'sam-id':
        return reply(STATUS.ok, this.#traits.samId);
      case 'find-card':
        if (!this.#card || (this.#progress === 'read' && this.#traits.silentAfterRead)) return reply(STATUS.noCard);
        this.#progress = 'found';
        return reply(STATUS.found, new Uint8Array(4));
      case 'select-card':
        if (!this.#card || this.#progress === 'untouched' || this.#progress === 'read') {
          return reply(STATUS.selectFailed);
        }
        this.#progress = 'selected';
        return reply(STATUS.ok, new Uint8Array(8));
      case 'read-text-photo':
        return this.#read(false);
      case 'read-text-photo-fingerprint':
        return this.#traits.knowsFingerprint ? this.#read(true) : reply(STATUS.badCommand);
      case 'read-newest-address': {
        if (!this.#card || this.#progress !== 'read') return reply(STATUS.readFailed);
        const address = this.#card.newestAddress;
        return address ? reply(STATUS.ok, address) : reply(STATUS.empty);
      }
      case 'read-card-management-number':
        if (!this.#card || this.#progress === 'untouched') return reply(STATUS.readFailed);
        return reply(STATUS.ok, MANAGEMENT_NUMBER);
      case 'reset-sam':
        this.#sound = true;
        this.#progress = 'untouched';
        return reply(STATUS.ok);
      case 'sam-status':
        return reply(this.#sound ? STATUS.ok : STATUS.selfTestFailed);
      case 'set-max-rf-frame':
      case 'set-baud':
        return reply(STATUS.ok);
      default:
        return reply(STATUS.badCommand);
    }
  }

  #read(withFingerprint: boolean): Uint8Array {
    const readable = this.#progress === 'selected' || (this.#progress === 'read' && this.#traits.readsTwice);
    if (!this.#card || !readable) return reply(STATUS.readFailed);
    this.#progress = 'read';
    const photo = this.#card.photo ?? new Uint8Array(0);
    const fingerprint = new Uint8Array(withFingerprint ? 1024 : 0);
    const sizes = [this.#card.text.length, photo.length, ...(withFingerprint ? [fingerprint.length] : [])];
    const header = sizes.flatMap((size) => [size >> 8, size & 0xff]);
    return reply(STATUS.ok, Uint8Array.of(...header, ...this.#card.text, ...photo, ...fingerprint));
  }
}

/** SW1 SW2 SW3 and data. */
export const reply = (status: number, data: Uint8Array = new Uint8Array(0)): Uint8Array =>
  Uint8Array.of(0, 0, status, ...data);

/** Name of the command in a body, or null for one outside the table. */
export function nameOf(body: Uint8Array): string | null {
  const command = [...Object.values(COMMANDS), ...BAUD_RATES.map(setBaudCommand)].find(
    (c) => c.body.length === body.length && c.body.every((b, i) => b === body[i]),
  );
  return command?.name ?? null;
}

/** The frame with its last byte wrong. */
export function spoilChecksum(frame: Uint8Array): Uint8Array {
  const spoiled = frame.slice();
  spoiled[spoiled.length - 1] = checksum(frame.subarray(5, -1)) ^ 0x5a;
  return spoiled;
}
