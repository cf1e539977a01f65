import { plainText } from './cell.ts';
import type { Column } from './columns.ts';
import type { PlanProblemCode } from './problem-texts.ts';
import type { Sheet } from './read-workbook.ts';
import { EXAMPLE_MARK } from './sheets/all.ts';
import type { TableSpec } from './sheets/sheet.ts';

/** Something to say about a sheet, a column or a cell; `row` from 1, 0 for the whole sheet; `column` from 1 or 0. */
export interface TableFinding {
  code: PlanProblemCode;
  row: number;
  column: number;
  facts: Record<string, string>;
}

/** One row as far as its cells could be read: a field whose cell was wrong is absent. */
export interface DraftRow {
  row: number;
  values: Record<string, unknown>;
}

export interface TableReading {
  rows: DraftRow[];
  /** Where each field stands, from 1. */
  columns: Map<string, number>;
  problems: TableFinding[];
  warnings: TableFinding[];
}

/**
 * Reads one sheet by its specification: headers in the first row in any order, then one row a line; blank rows and
 * rows marked as examples are passed over. Every wrong cell is a problem; reading goes on after it.
 */
export function readTable(sheet: Sheet, spec: TableSpec): TableReading {
  const columns: [field: string, column: Column<unknown>][] = Object.entries(spec.columns);
  const headers = readHeaders(sheet, columns);
  const { found: at, problems } = headers;
  if (problems.length > 0 || at.size === 0) return { rows: [], columns: at, problems, warnings: headers.warnings };
  const rows: DraftRow[] = [];
  if (sheet.hidden?.sheet) {
    problems.push({ code: 'hidden-sheet', row: 0, column: 0, facts: { sheet: spec.name } });
  }
  for (let row = 2; row <= sheet.rowCount; row += 1) {
    if (isPassedOver(sheet, row, at)) continue;
    // What a filter has hidden nobody has looked at.
    if (sheet.hidden?.row(row)) problems.push({ code: 'hidden-row', row, column: 0, facts: {} });
    if (rows.length === spec.rows.max) {
      const facts = { sheet: spec.name, max: String(spec.rows.max) };
      problems.push({ code: 'too-many-sheet-rows', row, column: 0, facts });
      break;
    }
    rows.push(readRow(sheet, row, columns, at, problems));
  }
  if (rows.length < spec.rows.min) {
    problems.push({ code: 'too-few-rows', row: 0, column: 0, facts: { sheet: spec.name } });
  }
  return { rows, columns: at, problems, warnings: headers.warnings };
}

function readRow(
  sheet: Sheet,
  row: number,
  columns: [string, Column<unknown>][],
  at: Map<string, number>,
  problems: TableFinding[],
): DraftRow {
  const values: Record<string, unknown> = {};
  for (const [field, column] of columns) {
    const number = at.get(field);
    const value = column.read(number === undefined ? { kind: 'empty' } : sheet.cell(row, number));
    if (value.ok) values[field] = value.value;
    else {
      const { code, facts } = value.error;
      problems.push({ code, row, column: number ?? 0, facts: { header: column.title, ...facts } });
    }
  }
  return { row, values };
}

function readHeaders(sheet: Sheet, columns: [string, Column<unknown>][]) {
  const problems: TableFinding[] = [];
  const warnings: TableFinding[] = [];
  const found = new Map<string, number>();
  let headers = 0;
  for (let column = 1; column <= sheet.columnCount; column += 1) {
    const cell = sheet.cell(1, column);
    if (cell.kind !== 'text') continue;
    headers += 1;
    const match = columnOf(cell.text, columns);
    const facts = { header: match?.[1].title ?? cell.text.slice(0, 40) };
    if (match === undefined) warnings.push({ code: 'unknown-column', row: 1, column, facts });
    else if (found.has(match[0])) problems.push({ code: 'duplicate-column', row: 1, column, facts });
    else found.set(match[0], column);
  }
  const further = found.size === 0 ? headersFurtherDown(sheet, columns) : null;
  if (further !== null) {
    problems.push({ code: 'header-not-first', row: further, column: 0, facts: { sheet: sheet.name } });
    return { found, problems, warnings: [] };
  }
  if (headers === 0) {
    problems.push({ code: 'empty-sheet', row: 0, column: 0, facts: { sheet: sheet.name } });
    return { found, problems, warnings };
  }
  for (const [field, column] of columns) {
    if (column.required && !found.has(field)) {
      problems.push({ code: 'missing-column', row: 1, column: 0, facts: { header: column.title } });
    }
  }
  return { found, problems, warnings };
}

const SEARCHED_ROWS = 10;

/** The row that names at least two columns where the first names none: a title stands above it. */
function headersFurtherDown(sheet: Sheet, columns: [string, Column<unknown>][]): number | null {
  for (let row = 2; row <= Math.min(sheet.rowCount, SEARCHED_ROWS); row += 1) {
    let named = 0;
    for (let column = 1; column <= sheet.columnCount; column += 1) {
      const cell = sheet.cell(row, column);
      if (cell.kind === 'text' && columnOf(cell.text, columns) !== undefined) named += 1;
    }
    if (named >= 2) return row;
  }
  return null;
}

/** The column that a header names, by its title or another word for it. */
function columnOf(header: string, columns: [string, Column<unknown>][]): [string, Column<unknown>] | undefined {
  const title = foldHeader(header);
  return columns.find(([, c]) => [c.title, ...c.aliases].some((t) => foldHeader(t) === title));
}

/** Headers are compared without white space, and without the star that marks a required column. */
const foldHeader = (text: string) => plainText(text).replaceAll('*', '');

function isPassedOver(sheet: Sheet, row: number, at: Map<string, number>): boolean {
  const first = sheet.cell(row, 1);
  if (first.kind === 'text' && first.text.startsWith(EXAMPLE_MARK)) return true;
  return [...at.values()].every((column) => sheet.cell(row, column).kind === 'empty');
}
