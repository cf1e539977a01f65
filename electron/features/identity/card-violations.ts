import type { CardFields } from './card-text.ts';
import { type DocumentNumberKind, parseDocumentNumber } from './document-number.ts';

export type CardViolationCode =
  | 'expired'
  | 'not-yet-valid'
  | 'validity-reversed'
  | 'born-in-future'
  | 'number-bad'
  | 'number-of-other-document'
  | 'birth-date-differs'
  | 'sex-differs';

/** Facts hold dates and codes for the person at the door, never a name or a number. */
export interface CardViolation {
  readonly code: CardViolationCode;
  readonly facts: Readonly<Record<string, string>>;
}

const NUMBER_KINDS: Readonly<Record<CardFields['kind'], readonly DocumentNumberKind[]>> = {
  resident: ['resident'],
  hmt: ['hmt-residence'],
  'foreigner-2017': ['foreigner-15'],
  'foreigner-2023': ['foreigner-18'],
};

/**
 * Why this card may not be relied on as it is, all reasons; empty means sound. Each calls a person; the rule pack says
 * what that person may do. An unknown region code is no violation.
 *
 * @param todayIso the day at the site; a card is valid on both its first and its last day
 */
export function cardViolations(card: CardFields, todayIso: string): CardViolation[] {
  const found: CardViolation[] = [];
  const add = (code: CardViolationCode, facts: Record<string, string> = {}) => found.push({ code, facts });
  const { validFrom, validUntil } = card;
  if (validUntil !== 'long-term' && validUntil < todayIso) add('expired', { validUntil });
  if (validFrom > todayIso) add('not-yet-valid', { validFrom });
  if (validUntil !== 'long-term' && validUntil < validFrom) add('validity-reversed', { validFrom, validUntil });
  if (card.birthDate > todayIso) add('born-in-future');

  const number = parseDocumentNumber(card.number);
  if (!number.ok) {
    add('number-bad', { fault: number.error });
    return found;
  }
  const { kind, birthDate, sex } = number.value;
  if (!NUMBER_KINDS[card.kind].includes(kind)) add('number-of-other-document', { kind });
  const birth = birthDate === null ? card.number.slice(7, 13) : birthDate;
  const shown = birthDate === null ? card.birthDate.replaceAll('-', '').slice(2) : card.birthDate;
  if (birth !== shown) add('birth-date-differs');
  const stated = card.sex === 'male' || card.sex === 'female';
  if (sex && stated && sex !== card.sex) add('sex-differs');
  return found;
}

/** Names a card bears, the one for comparing with the plan first. */
export function cardNames(card: CardFields): string[] {
  if (card.kind === 'resident' || card.kind === 'hmt') return [card.name];
  return [card.chineseName, card.englishName].filter((name) => name !== '');
}
