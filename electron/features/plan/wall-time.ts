import type { Cell } from './cell.ts';

/** Beijing time, the only one in use at the sites; it has had no summer time since 1991. */
const OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;
/** The spreadsheet's day 0; day numbers below are of 2000-01-01 and 2100-01-01. */
const SERIAL_ZERO_MS = Date.UTC(1899, 11, 30);
const [FIRST_SERIAL, LAST_SERIAL] = [36_526, 73_051];

const WRITTEN =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*)(上午|下午)?\s*(\d{1,2})[::时点](\d{1,2})?分?(?::(\d{1,2})秒?|(\d{1,2})秒)?$/u;

/**
 * A moment from a date cell, a bare day number, or text such as `2026-03-01 09:00`, `2026/3/1 9:00`,
 * `2026年3月1日 下午1时30分`; all mean Beijing time. A date without a time of day is none.
 *
 * @returns milliseconds since 1970-01-01 UTC, or null
 */
export function readWallTime(cell: Exclude<Cell, { kind: 'empty' | 'fault' }>): number | null {
  switch (cell.kind) {
    case 'date':
      return cell.readingMs - OFFSET_MS;
    case 'number':
      if (cell.value < FIRST_SERIAL || cell.value >= LAST_SERIAL) return null;
      return Math.round((SERIAL_ZERO_MS + cell.value * DAY_MS) / 1000) * 1000 - OFFSET_MS;
    case 'text':
      return readWritten(cell.text.normalize('NFKC'));
  }
}

function readWritten(text: string): number | null {
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, year, month, day, half, hourText, minute, second = match[8]] = match;
  let hour = Number(hourText);
  if (half !== undefined && hour > 12) return null;
  if (half === '下午' && hour < 12) hour += 12;
  if (half === '上午' && hour === 12) hour = 0;
  const parts = [Number(year), Number(month), Number(day), hour, Number(minute ?? 0), Number(second ?? 0)] as const;
  const reading = new Date(Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]));
  // Date.UTC lets 30 February and 25 o'clock run over into the next month and day.
  const kept =
    reading.getUTCMonth() === parts[1] - 1 &&
    reading.getUTCDate() === parts[2] &&
    reading.getUTCHours() === parts[3] &&
    reading.getUTCMinutes() === parts[4] &&
    reading.getUTCSeconds() === parts[5];
  return kept ? reading.getTime() - OFFSET_MS : null;
}

/** The moment as text of Beijing time, to the second where there are seconds: `2026-03-01 09:00`. */
export function writeWallTime(ms: number): string {
  const text = new Date(ms + OFFSET_MS).toISOString();
  const seconds = text.slice(17, 19);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`;
}
