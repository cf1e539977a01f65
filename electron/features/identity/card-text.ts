import { isoDate } from '../../lib/calendar-date.ts';
import { err, ok, type Result } from '../../lib/result.ts';

/** As the card says it: 0 unknown, 9 not stated. */
export type CardSex = 'male' | 'female' | 'unknown' | 'unstated';

interface CommonCardFields {
  readonly sex: CardSex;
  /** ISO dates. */
  readonly birthDate: string;
  readonly validFrom: string;
  /** The last day of validity, that day included. */
  readonly validUntil: string | 'long-term';
  /** As written on the card; `parseDocumentNumber` checks it. */
  readonly number: string;
}

export interface ResidentCard extends CommonCardFields {
  readonly kind: 'resident';
  readonly name: string;
  /** Two digits of GB/T 3304; 97 other, 98 naturalised. */
  readonly nation: string;
  readonly address: string;
  readonly issuer: string;
}

/** Residence permit of Hong Kong, Macao and Taiwan residents. */
export interface HmtCard extends CommonCardFields {
  readonly kind: 'hmt';
  readonly name: string;
  readonly address: string;
  readonly issuer: string;
  readonly passNumber: string;
  readonly issueCount: string;
}

export interface Foreigner2017Card extends CommonCardFields {
  readonly kind: 'foreigner-2017';
  readonly englishName: string;
  readonly chineseName: string;
  /** Three letters. */
  readonly nationality: string;
  readonly cardVersion: string;
  readonly authorityCode: string;
}

export interface Foreigner2023Card extends CommonCardFields {
  readonly kind: 'foreigner-2023';
  readonly englishName: string;
  readonly chineseName: string;
  readonly nationality: string;
  readonly renewalCount: string;
  /** Links to the 15-character number of an earlier card; empty when there was none. */
  readonly earlierNumberLink: string;
}

export type CardFields = ResidentCard | HmtCard | Foreigner2017Card | Foreigner2023Card;

/** `surrogate`: half of a character, so the text was cut or garbled. Fields are named, never quoted. */
export type CardTextError =
  | { readonly code: 'length' }
  | { readonly code: 'unknown-type' }
  | { readonly code: 'surrogate' | 'bad-field'; readonly field: string };

type Place = readonly [offset: number, bytes: number];

const TEXT_BYTES = 256;
const TYPE_FLAG: Place = [248, 2];
/** Places of the resident card that the J and Y layouts share. */
const SHARED = {
  name: [0, 30],
  sex: [30, 2],
  birth: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuer: [158, 30],
  validFrom: [188, 16],
  validUntil: [204, 16],
} as const satisfies Record<string, Place>;

/**
 * Reads the 256 bytes of text of a card: UTF-16LE, padded with spaces or zeros, one of four layouts by the character at
 * byte 248 (blank resident, J permit of HMT residents, I and Y foreigners of 2017 and 2023). Checks form only; whether
 * the card may be relied on says `cardViolations`. Never throws.
 */
export function parseCardText(text: Uint8Array): Result<CardFields, CardTextError> {
  if (text.length !== TEXT_BYTES) return err({ code: 'length' });
  const fields = new CardFieldReader(text);
  const card = cardOf(fields);
  if (!card) return err({ code: 'unknown-type' });
  return fields.fault ? err(fields.fault) : ok(card);
}

function cardOf(fields: CardFieldReader): CardFields | null {
  switch (fields.raw(TYPE_FLAG)) {
    case ' ':
    case '\0':
      return {
        kind: 'resident',
        ...commonFields(fields, SHARED),
        name: fields.filled('name', SHARED.name),
        nation: fields.matching('nation', [32, 4], /^\d\d$/),
        address: fields.text('address', SHARED.address),
        issuer: fields.text('issuer', SHARED.issuer),
      };
    case 'J':
      return {
        kind: 'hmt',
        ...commonFields(fields, SHARED),
        name: fields.filled('name', SHARED.name),
        address: fields.text('address', SHARED.address),
        issuer: fields.text('issuer', SHARED.issuer),
        passNumber: fields.text('passNumber', [220, 18]),
        issueCount: fields.text('issueCount', [238, 4]),
      };
    case 'I':
      return {
        kind: 'foreigner-2017',
        ...commonFields(fields, { ...SHARED, sex: [120, 2], number: [122, 30], birth: [220, 16] }),
        englishName: fields.filled('englishName', [0, 120]),
        chineseName: fields.text('chineseName', [158, 30]),
        nationality: fields.matching('nationality', [152, 6], /^[A-Z]{3}$/),
        cardVersion: fields.text('cardVersion', [236, 4]),
        authorityCode: fields.text('authorityCode', [240, 8]),
      };
    case 'Y':
      return {
        kind: 'foreigner-2023',
        ...commonFields(fields, SHARED),
        englishName: fields.filled('englishName', [52, 70], [220, 22]),
        chineseName: fields.text('chineseName', SHARED.name),
        nationality: fields.matching('nationality', [242, 6], /^[A-Z]{3}$/),
        renewalCount: fields.text('renewalCount', [32, 4]),
        earlierNumberLink: fields.text('earlierNumberLink', [250, 6]),
      };
    default:
      return null;
  }
}

type CommonPlaces = Record<'sex' | 'birth' | 'number' | 'validFrom' | 'validUntil', Place>;

const commonFields = (fields: CardFieldReader, at: CommonPlaces): CommonCardFields => ({
  sex: fields.sex(at.sex),
  birthDate: fields.date('birthDate', at.birth),
  number: fields.filled('number', at.number),
  validFrom: fields.date('validFrom', at.validFrom),
  validUntil:
    fields.text('validUntil', at.validUntil) === '长期' ? 'long-term' : fields.date('validUntil', at.validUntil),
});

const SEXES: Readonly<Record<string, CardSex>> = { '0': 'unknown', '1': 'male', '2': 'female', '9': 'unstated' };

/** Takes fields out of the text and keeps the first fault. */
class CardFieldReader {
  readonly #bytes: Uint8Array;
  fault: CardTextError | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  raw([offset, bytes]: Place): string {
    return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(this.#bytes.subarray(offset, offset + bytes));
  }

  /** The field without its padding. Control and format characters inside are a fault; unassigned and private ones are not, since rare characters live there. */
  text(field: string, ...places: Place[]): string {
    // Joined as bytes, because a character may be cut by the end of the first place.
    const bytes = places.flatMap(([offset, size]) => [...this.#bytes.subarray(offset, offset + size)]);
    const whole = Buffer.from(bytes)
      .toString('utf16le')
      .replace(/^[ \0]+|[ \0]+$/g, '');
    if (!whole.isWellFormed()) this.#refuse({ code: 'surrogate', field });
    else if (/[\p{Cc}\p{Cf}]/u.test(whole)) this.#refuse({ code: 'bad-field', field });
    return whole;
  }

  filled(field: string, ...places: Place[]): string {
    const text = this.text(field, ...places);
    if (text === '') this.#refuse({ code: 'bad-field', field });
    return text;
  }

  matching(field: string, place: Place, pattern: RegExp): string {
    const text = this.text(field, place);
    if (!pattern.test(text)) this.#refuse({ code: 'bad-field', field });
    return text;
  }

  date(field: string, place: Place): string {
    const iso = isoDate(this.text(field, place));
    if (!iso) this.#refuse({ code: 'bad-field', field });
    return iso ?? '';
  }

  sex(place: Place): CardSex {
    const sex = SEXES[this.text('sex', place)];
    if (!sex) this.#refuse({ code: 'bad-field', field: 'sex' });
    return sex ?? 'unknown';
  }

  #refuse(fault: CardTextError): void {
    this.fault ??= fault;
  }
}
