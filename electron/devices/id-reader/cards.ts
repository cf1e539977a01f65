// The 256 bytes of text on a card, written field by field. features/identity reads them by its own table: the two are
// kept apart on purpose, so that one slip in an offset does not cancel itself out in rehearsals and tests.

import { unreachable } from '../../lib/result.ts';

const TEXT_BYTES = 256;

interface CommonFields {
  /** 1 male, 2 female, 0 unknown, 9 not stated. */
  readonly sex: '0' | '1' | '2' | '9';
  /** YYYYMMDD, as are the two ends of the validity. */
  readonly birth: string;
  readonly number: string;
  readonly validFrom: string;
  /** YYYYMMDD or 长期. */
  readonly validUntil: string;
}

export interface ResidentCardFields extends CommonFields {
  readonly name: string;
  /** Two digits of GB/T 3304. */
  readonly nation: string;
  readonly address: string;
  readonly issuer: string;
}

/** HK, Macao and Taiwan residence permit, flag J. */
export interface HmtCardFields extends CommonFields {
  readonly name: string;
  readonly address: string;
  readonly issuer: string;
  readonly passNumber: string;
  /** Two digits. */
  readonly issueCount: string;
}

/** Permanent residence card for foreigners, edition 2017, flag I. */
export interface Foreigner2017CardFields extends CommonFields {
  readonly englishName: string;
  readonly chineseName: string;
  /** Three letters. */
  readonly nationality: string;
  readonly cardVersion: string;
  readonly authorityCode: string;
}

/** Permanent residence card for foreigners, edition 2023, flag Y. */
export interface Foreigner2023CardFields extends CommonFields {
  readonly chineseName: string;
  /** At most 46 characters: 35 in one place, the rest in another. */
  readonly englishName: string;
  readonly renewalCount: string;
  readonly nationality: string;
  /** Three characters that link to an earlier 15-character number, or blank. */
  readonly earlierNumberLink: string;
}

export type CardFields =
  | ({ readonly kind: 'resident' } & ResidentCardFields)
  | ({ readonly kind: 'hmt' } & HmtCardFields)
  | ({ readonly kind: 'foreigner-2017' } & Foreigner2017CardFields)
  | ({ readonly kind: 'foreigner-2023' } & Foreigner2023CardFields);

/** @throws RangeError when a field is longer than its place on the card */
export function cardText(card: CardFields): Uint8Array {
  switch (card.kind) {
    case 'resident':
      return residentCardText(card);
    case 'hmt':
      return hmtCardText(card);
    case 'foreigner-2017':
      return foreigner2017CardText(card);
    case 'foreigner-2023':
      return foreigner2023CardText(card);
    default:
      return unreachable(card);
  }
}

type Placed = readonly [offset: number, bytes: number, text: string];

/** @throws RangeError when a field is longer than its place on the card */
export const residentCardText = (card: ResidentCardFields): Uint8Array =>
  write([
    [0, 30, card.name],
    [30, 2, card.sex],
    [32, 4, card.nation],
    [36, 16, card.birth],
    [52, 70, card.address],
    [122, 36, card.number],
    [158, 30, card.issuer],
    [188, 16, card.validFrom],
    [204, 16, card.validUntil],
  ]);

/** @throws RangeError when a field is longer than its place on the card */
export const hmtCardText = (card: HmtCardFields): Uint8Array =>
  write([
    [0, 30, card.name],
    [30, 2, card.sex],
    [36, 16, card.birth],
    [52, 70, card.address],
    [122, 36, card.number],
    [158, 30, card.issuer],
    [188, 16, card.validFrom],
    [204, 16, card.validUntil],
    [220, 18, card.passNumber],
    [238, 4, card.issueCount],
    [248, 2, 'J'],
  ]);

/** @throws RangeError when a field is longer than its place on the card */
export const foreigner2017CardText = (card: Foreigner2017CardFields): Uint8Array =>
  write([
    [0, 120, card.englishName],
    [120, 2, card.sex],
    [122, 30, card.number],
    [152, 6, card.nationality],
    [158, 30, card.chineseName],
    [188, 16, card.validFrom],
    [204, 16, card.validUntil],
    [220, 16, card.birth],
    [236, 4, card.cardVersion],
    [240, 8, card.authorityCode],
    [248, 2, 'I'],
  ]);

/** @throws RangeError when a field is longer than its place on the card */
export const foreigner2023CardText = (card: Foreigner2023CardFields): Uint8Array =>
  write([
    [0, 30, card.chineseName],
    [30, 2, card.sex],
    [32, 4, card.renewalCount],
    [36, 16, card.birth],
    [52, 70, card.englishName.slice(0, 35)],
    [122, 36, card.number],
    [188, 16, card.validFrom],
    [204, 16, card.validUntil],
    [220, 22, card.englishName.slice(35)],
    [242, 6, card.nationality],
    [248, 2, 'Y'],
    [250, 6, card.earlierNumberLink],
  ]);

/** Stands where a card's photo stands. No picture can be decoded from it; the same seed gives the same bytes. */
export function specimenWltPhoto(seed: number): Uint8Array {
  const bytes = new Uint8Array(1024);
  let word = (seed >>> 0) + 1;
  for (let i = 0; i < bytes.length; i += 1) {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = word >>> 24;
  }
  return bytes;
}

function write(fields: readonly Placed[]): Uint8Array {
  const bytes = Buffer.from(' '.repeat(TEXT_BYTES / 2), 'utf16le');
  for (const [offset, room, text] of fields) {
    const encoded = Buffer.from(text, 'utf16le');
    if (encoded.length > room) throw new RangeError(`${encoded.length} bytes do not fit ${room} at offset ${offset}`);
    encoded.copy(bytes, offset);
  }
  return new Uint8Array(bytes);
}
