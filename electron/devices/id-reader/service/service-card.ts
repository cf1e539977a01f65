import { err, ok, type Result } from '../../../lib/result.ts';
import { cardText } from '../cards.ts';
import { nationCode } from './nations.ts';

export type CardKind = 'resident' | 'hmt' | 'foreigner-2017' | 'foreigner-2023';

/** What a maker's service says of a card, in its own words; empty where it has no such field. */
export interface ServiceCard {
  /** Null where the service does not tell; the number then does. */
  readonly kind: CardKind | null;
  readonly name: string;
  readonly englishName: string;
  /** 男, 女, or the card's own digit. */
  readonly sex: string;
  /** A name of GB/T 3304 or its code; for a foreigner's card the three letters of the nationality. */
  readonly nation: string;
  readonly birth: string;
  readonly address: string;
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly passNumber: string;
  readonly issueCount: string;
  /** Base64 of a JPEG or a bitmap, or empty. */
  readonly photo: string;
}

const SEXES: Readonly<Record<string, '0' | '1' | '2' | '9'>> = {
  男: '1',
  女: '2',
  '0': '0',
  '1': '1',
  '2': '2',
  '9': '9',
  未知: '0',
  未说明: '9',
};

/**
 * The 256 bytes of text that a card with these fields holds. What cannot stand on a card (a date that is none, a field
 * too long for its place) is refused, naming the field, never quoting it. Whether the card may be relied on is decided
 * from the text, as for every other reader.
 */
export function serviceCardText(card: ServiceCard): Result<Uint8Array, { readonly field: string }> {
  const number = card.number.trim().toUpperCase();
  const kind = card.kind ?? kindOfNumber(number);
  const sex = SEXES[card.sex.trim()];
  const birth = compactDate(card.birth);
  const validFrom = compactDate(card.validFrom);
  const validUntil = card.validUntil.trim() === '长期' ? '长期' : compactDate(card.validUntil);
  if (sex === undefined) return err({ field: 'sex' });
  if (birth === null) return err({ field: 'birth' });
  if (validFrom === null) return err({ field: 'validFrom' });
  if (validUntil === null) return err({ field: 'validUntil' });
  const common = { sex, birth, number, validFrom, validUntil };
  const [name, englishName, address, issuer] = [card.name, card.englishName, card.address, card.issuer].map((field) =>
    field.trim(),
  ) as [string, string, string, string];
  const nationality = card.nation.trim().toUpperCase();
  // Some services have one place for either name.
  const names = { englishName: englishName || name, chineseName: /\p{Script=Han}/u.test(name) ? name : '' };
  try {
    switch (kind) {
      case 'resident': {
        const nation = nationCode(card.nation.trim());
        if (nation === null) return err({ field: 'nation' });
        return ok(cardText({ kind, ...common, name, nation, address, issuer }));
      }
      case 'hmt': {
        const { passNumber, issueCount } = card;
        return ok(cardText({ kind, ...common, name, address, issuer, passNumber, issueCount }));
      }
      case 'foreigner-2017':
        return ok(cardText({ kind, ...common, ...names, nationality, cardVersion: '', authorityCode: '' }));
      case 'foreigner-2023':
        return ok(cardText({ kind, ...common, ...names, nationality, renewalCount: '', earlierNumberLink: '' }));
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return err({ field: 'too-long' });
  }
}

function kindOfNumber(number: string): CardKind {
  if (/^[A-Z]{3}/.test(number)) return 'foreigner-2017';
  if (/^8[123]0000/.test(number)) return 'hmt';
  return number.startsWith('9') ? 'foreigner-2023' : 'resident';
}

/** YYYYMMDD from any of the ways services write a day. */
function compactDate(written: string): string | null {
  const parts = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/.exec(written.trim());
  return parts ? parts[1]! + parts[2]!.padStart(2, '0') + parts[3]!.padStart(2, '0') : null;
}
