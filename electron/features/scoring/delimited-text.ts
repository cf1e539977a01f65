import { err, ok, type Result } from '../../lib/result.ts';
import { type Cell, EMPTY, readCell } from '../plan/cell.ts';
import type { Sheet } from '../plan/read-workbook.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 64;

export type DelimitedFault = {
  code: 'text-too-large' | 'text-encoding' | 'text-quote' | 'text-too-many-rows' | 'text-empty';
  /** The line, from 1; 0 for the whole file. */
  row: number;
};

/**
 * Comma-, semicolon- or tab-separated text (RFC 4180) as one sheet: UTF-8, with or without its mark, else GB 18030 as
 * Chinese spreadsheet programs write it. What parts the fields is whatever the first line has most of. Every cell is
 * text, so nothing has turned into a date or lost digits on the way.
 */
export function readDelimited(bytes: Uint8Array, name: string): Result<Sheet, DelimitedFault> {
  if (bytes.length > MAX_BYTES) return err({ code: 'text-too-large', row: 0 });
  const text = decode(bytes);
  if (text === null || text.includes('\0')) return err({ code: 'text-encoding', row: 0 });
  if (text.trim() === '') return err({ code: 'text-empty', row: 0 });
  const parsed = parse(text, separatorOf(text));
  if (!parsed.ok) return parsed;
  const rows = parsed.value;
  return ok({
    name,
    rowCount: rows.length,
    columnCount: Math.max(...rows.map((r) => r.length)),
    cell: (row, column) => rows[row - 1]?.[column - 1] ?? EMPTY,
  });
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  return null;
}

function separatorOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const count = (s: string) => first.split(s).length;
  return [',', '\t', ';'].reduce((best, s) => (count(s) > count(best) ? s : best));
}

function parse(text: string, separator: string): Result<Cell[][], DelimitedFault> {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let at = 0;
  while (at < text.length) {
    const line = rows.length + 1;
    let field = '';
    if (text[at] === '"') {
      const quoted = readQuoted(text, at);
      if (quoted === null) return err({ code: 'text-quote', row: line });
      [field, at] = quoted;
      if (at < text.length && ![separator, '\r', '\n'].includes(text[at]!))
        return err({ code: 'text-quote', row: line });
    } else {
      const begin = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
      field = text.slice(begin, at);
    }
    row.push(readCell(field));
    if (row.length > MAX_COLUMNS) return err({ code: 'text-too-many-rows', row: line });
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push(EMPTY);
      continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
    if (rows.length > MAX_ROWS) return err({ code: 'text-too-many-rows', row: line });
  }
  if (row.length > 0) rows.push(row);
  return ok(rows);
}

/** The text between quotes, in which two of them are one, and where it ends; null where it never does. */
function readQuoted(text: string, begin: number): [field: string, at: number] | null {
  let field = '';
  for (let at = begin + 1; at < text.length; at += 1) {
    if (text[at] !== '"') field += text[at];
    else if (text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else return [field, at + 1];
  }
  return null;
}
