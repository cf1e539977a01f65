import { err, ok, type Result } from '../../lib/result.ts';
import { encodeFrame } from './sam-frame.ts';

export interface Command {
  readonly name: string;
  /** CMD, PARA and data. */
  readonly body: readonly number[];
}

/** Commands of the SAM module. Source: reference table of GA/T 467 commands; frames are pinned in the test. */
export const COMMANDS = {
  resetSam: { name: 'reset-sam', body: [0x10, 0xff] },
  samStatus: { name: 'sam-status', body: [0x11, 0xff] },
  samId: { name: 'sam-id', body: [0x12, 0xff] },
  findCard: { name: 'find-card', body: [0x20, 0x01] },
  selectCard: { name: 'select-card', body: [0x20, 0x02] },
  readTextPhoto: { name: 'read-text-photo', body: [0x30, 0x01] },
  readTextPhotoFingerprint: { name: 'read-text-photo-fingerprint', body: [0x30, 0x10] },
  /** Answers 90 or 91 only while a card that was read still lies there, so it doubles as a presence check. */
  readNewestAddress: { name: 'read-newest-address', body: [0x30, 0x03] },
  /** The chip's own numbers. The station never asks: it has no use for them, and they name a person's card for ever. */
  readCardManagementNumber: { name: 'read-card-management-number', body: [0x30, 0x05] },
  setMaxRfFrame: { name: 'set-max-rf-frame', body: [0x61, 0xff, 0x50] },
} as const satisfies Record<string, Command>;

/** Bits per second in the order of the parameter of command 60. The module needs 5 ms after its answer. */
export const BAUD_RATES = [115_200, 57_600, 38_400, 19_200, 9_600] as const;
export type BaudRate = (typeof BAUD_RATES)[number];
export const setBaudCommand = (baud: BaudRate): Command => ({
  name: 'set-baud',
  body: [0x60, BAUD_RATES.indexOf(baud)],
});

export const encodeCommand = (command: Command): Uint8Array => encodeFrame(Uint8Array.from(command.body));

export interface Answer {
  /** SW1 SW2: what the card itself said, forwarded. Never decided on. */
  readonly cardStatus: number;
  /** SW3: what the module says. */
  readonly status: number;
  readonly data: Uint8Array;
}

/** @param body a frame's body of at least three bytes, as the answer parser guarantees */
export const splitAnswer = (body: Uint8Array): Answer => ({
  cardStatus: (body[0]! << 8) | body[1]!,
  status: body[2]!,
  data: body.subarray(3),
});

export interface CardData {
  readonly text: Uint8Array;
  readonly photo: Uint8Array | null;
}

/**
 * Text and photo of a read answer: two (with fingerprint three) big-endian lengths, then the parts. The fingerprint is
 * dropped here: the station has no use for it. A card without a photo gives null.
 */
export function splitCardData(data: Uint8Array, withFingerprint: boolean): Result<CardData, 'malformed'> {
  const header = withFingerprint ? 6 : 4;
  if (data.length < header) return err('malformed');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const textSize = view.getUint16(0);
  const photoSize = view.getUint16(2);
  const fingerprintSize = withFingerprint ? view.getUint16(4) : 0;
  const sizesKnown = textSize === 256 && [0, 1024].includes(photoSize) && [0, 512, 1024].includes(fingerprintSize);
  if (!sizesKnown || data.length !== header + textSize + photoSize + fingerprintSize) return err('malformed');
  const photoAt = header + textSize;
  return ok({
    text: data.slice(header, photoAt),
    photo: photoSize === 0 ? null : data.slice(photoAt, photoAt + photoSize),
  });
}

/** The module's number as printed on the reader's label, from 16 little-endian bytes; null for any other length. */
export function samIdText(bytes: Uint8Array): string | null {
  if (bytes.length !== 16) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const two = (at: number) => String(view.getUint16(at, true)).padStart(2, '0');
  const word = (at: number) => view.getUint32(at, true);
  return `${two(0)}.${two(2)}-${word(4)}-${String(word(8)).padStart(10, '0')}-${word(12)}`;
}
