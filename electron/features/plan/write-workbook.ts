import ExcelJS from 'exceljs';
import type { Column } from './columns.ts';
import type { Plan } from './plan-schema.ts';
import { flattenPlan } from './plan-tables.ts';
import { SHEETS } from './sheets/all.ts';

/** A fixed date, so that the same plan makes a workbook of the same contents. */
const EPOCH = new Date(Date.UTC(2000, 0, 1));

/**
 * A plan as the workbook that `importPlan` reads back to the same plan; the photos are beside it. Every value but
 * marks is written as text, so that no spreadsheet program changes it.
 */
export async function writeWorkbook(plan: Plan): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.created = EPOCH;
  book.modified = EPOCH;
  const tables = flattenPlan(plan);
  for (const spec of SHEETS) {
    const columns: [string, Column<unknown>][] = Object.entries(spec.columns);
    const page = book.addWorksheet(spec.name, { views: [{ state: 'frozen', ySplit: 1 }] });
    page.columns = columns.map(([, { width }]) => ({ width, style: { numFmt: '@' } }));
    page.addRow(columns.map(([, { title }]) => title)).font = { bold: true };
    for (const row of tables[spec.table]) {
      page.addRow(columns.map(([field, column]) => written(column, (row as Record<string, unknown>)[field])));
    }
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const written = (column: Column<unknown>, value: unknown) =>
  value === undefined || value === null ? (value === null && column.none) || null : column.write(value);
