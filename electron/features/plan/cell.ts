import type { CellValue } from 'exceljs';

/**
 * What a cell of a workbook says, free of how the spreadsheet program stores it.
 * A date is the wall-clock reading written in the cell, as if it were UTC: workbooks know no time zone.
 */
export type Cell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'date'; readingMs: number }
  | { kind: 'fault'; code: 'formula-error' | 'formula-unknown' | 'digits-lost' };

export const EMPTY: Cell = { kind: 'empty' };

/**
 * Reads one value as exceljs gives it: rich text loses its formatting, a link keeps its text, a formula counts as its
 * last computed value, white space around text (also no-break, ideographic and zero-width) is dropped. Never throws.
 */
export function readCell(value: CellValue | undefined): Cell {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'number') return numberCell(value);
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'TRUE' : 'FALSE' };
  if (value instanceof Date) return dateCell(value);
  if ('error' in value) return { kind: 'fault', code: 'formula-error' };
  if ('richText' in value) return textCell(value.richText.map((run) => run.text).join(''));
  if ('formula' in value || 'sharedFormula' in value) {
    const { result } = value;
    return result === undefined ? { kind: 'fault', code: 'formula-unknown' } : readCell(result as CellValue);
  }
  if ('text' in value) return readCell(value.text as CellValue);
  return { kind: 'fault', code: 'formula-unknown' };
}

/** Spreadsheets keep 15 significant digits: a longer number typed as a number has already lost its last ones. */
function numberCell(value: number): Cell {
  if (!Number.isFinite(value)) return { kind: 'fault', code: 'formula-error' };
  if (Math.abs(value) >= 1e15) return { kind: 'fault', code: 'digits-lost' };
  return { kind: 'number', value };
}

function dateCell(value: Date): Cell {
  const readingMs = value.getTime();
  // Spreadsheet days are binary fractions: 09:00 comes out a few microseconds early.
  return Number.isNaN(readingMs)
    ? { kind: 'fault', code: 'formula-error' }
    : { kind: 'date', readingMs: Math.round(readingMs / 1000) * 1000 };
}

function textCell(raw: string): Cell {
  const text = raw
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replaceAll('\r\n', '\n')
    .trim();
  return text === '' ? EMPTY : { kind: 'text', text };
}

/**
 * Text for identifiers, numbers and choices, where full-width letters and digits mean the plain ones and inner white
 * space means nothing. Not for names: there every character counts.
 */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}
