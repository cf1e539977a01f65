import { isoDate } from '../../lib/calendar-date.ts';
import { check731, mod112CheckCharacter } from '../../lib/check-digits.ts';
import { err, ok, type Result } from '../../lib/result.ts';

export type DocumentNumberKind = 'resident' | 'hmt-residence' | 'foreigner-18' | 'foreigner-15';

/** Worth a look, never a reason to refuse: region tables miss abolished codes, and one maker's sample fails 7-3-1. */
export type NumberWarning = 'unknown-region' | 'check-7-3-1';

export interface DocumentNumber {
  readonly kind: DocumentNumberKind;
  /** As stored: no spaces, half width, upper case. */
  readonly number: string;
  /** ISO date; null where the number holds only two digits of the year. */
  readonly birthDate: string | null;
  /** Null where the number does not tell. */
  readonly sex: 'male' | 'female' | null;
  readonly warnings: readonly NumberWarning[];
}

/** `shape`: neither 18 characters nor 15 of a known form. A 15-digit number of before 1999 is no longer a document. */
export type NumberFault = 'shape' | 'check-digit' | 'birth-date';

/**
 * Recognises and checks the number of a resident card (GB 11643), of a Hong Kong, Macao and Taiwan residence permit
 * (prefix 810000, 820000, 830000) and of a permanent residence card for foreigners (18 characters from 2023, 15 before).
 * Accepts what people type and scanners send: spaces, full width, lower case. Never throws.
 */
export function parseDocumentNumber(text: string): Result<DocumentNumber, NumberFault> {
  if (text.length > 64) return err('shape');
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (/^\d{17}[\dX]$/.test(number)) return parse18(number);
  if (/^[A-Z]{3}\d{12}$/.test(number)) return parse15(number);
  return err('shape');
}

function parse18(number: string): Result<DocumentNumber, NumberFault> {
  if (mod112CheckCharacter(number.slice(0, 17)) !== number[17]) return err('check-digit');
  const foreigner = number.startsWith('9');
  const birthDate = isoDate(number.slice(6, 14));
  if (!birthDate) return err('birth-date');
  const permit = /^8[123]0000/.test(number);
  const kind = foreigner ? 'foreigner-18' : permit ? 'hmt-residence' : 'resident';
  const province = foreigner ? number.slice(1, 3) : number.slice(0, 2);
  return ok({
    kind,
    number,
    birthDate,
    sex: foreigner ? null : Number(number[16]) % 2 === 1 ? 'male' : 'female',
    warnings: PROVINCES.has(province) ? [] : ['unknown-region'],
  });
}

/** Three letters of the country, area (4), YYMMDD, sequence, check. */
function parse15(number: string): Result<DocumentNumber, NumberFault> {
  const birth = number.slice(7, 13);
  if (!isoDate(`19${birth}`) && !isoDate(`20${birth}`)) return err('birth-date');
  const warnings: NumberWarning[] = [];
  if (!PROVINCES.has(number.slice(3, 5))) warnings.push('unknown-region');
  if (check731(number.slice(0, 14)) !== number[14]) warnings.push('check-7-3-1');
  return ok({ kind: 'foreigner-15', number, birthDate: null, sex: null, warnings });
}

/** First two digits of GB/T 2260 codes in use, with 83 as residence permits for Taiwan write it. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/**
 * The number as screens and logs show it: the birth date is never readable. 110101199001011234 becomes
 * 110101********1234; anything that is not 18 long keeps at most three characters in front and two behind.
 */
export function maskDocumentNumber(text: string): string {
  const characters = [...text];
  const [front, behind] = characters.length === 18 ? [6, 4] : characters.length >= 9 ? [3, 2] : [0, 0];
  return characters.map((c, i) => (i < front || i >= characters.length - behind ? c : '*')).join('');
}
