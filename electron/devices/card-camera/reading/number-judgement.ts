import { isoDate } from '../../../lib/calendar-date.ts';
import { mod112CheckCharacter } from '../../../lib/check-digits.ts';

/** A document number as one look at it read it; `confidence` is its least sure character's probability. */
export type NumberReading = { text: string; confidence: number };

/** Eighteen characters whose check character holds and whose birth date is a day of the calendar. */
export const isConsistent = (number: string): boolean =>
  /^[1-9]\d{16}[\dX]$/.test(number) &&
  mod112CheckCharacter(number.slice(0, 17)) === number[17] &&
  isoDate(number.slice(6, 14)) !== null;

/** How sure the surest look must be of every character for two looks to be enough, and for any number of them. */
const SURE = 0.8;
const LEAST_SURE = 0.5;

/**
 * The number to believe, or null. The check character alone lets one wrong reading in eleven through, so a second look,
 * taken otherwise, must have read the same, and a third where none is sure; and no look may have read another number that
 * is consistent too.
 */
export function believedNumber(readings: readonly NumberReading[]): NumberReading | null {
  const consistent = readings.filter((reading) => isConsistent(reading.text));
  const [first] = consistent;
  if (!first || consistent.some((reading) => reading.text !== first.text)) return null;
  const confidence = Math.max(...consistent.map((reading) => reading.confidence));
  if (confidence < LEAST_SURE || consistent.length < (confidence < SURE ? 3 : 2)) return null;
  return { text: first.text, confidence };
}

/** The reading to show when none is believed: the surest of those that have the right length, else the surest. */
export function likeliestNumber(readings: readonly NumberReading[]): NumberReading | null {
  const rank = ({ text, confidence }: NumberReading) =>
    (isConsistent(text) ? 2 : text.length === 18 ? 1 : 0) + confidence;
  return readings.toSorted((p, q) => rank(q) - rank(p))[0] ?? null;
}

export const birthOf = (number: string): string | null => isoDate(number.slice(6, 14));
export const sexOf = (number: string): '男' | '女' => (Number(number[16]) % 2 === 1 ? '男' : '女');
