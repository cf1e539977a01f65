import type ExcelJS from 'exceljs';
import type { Column } from './columns.ts';
import { REFERENCES } from './reference-violations.ts';
import { EXAMPLE_MARK, INSTRUCTIONS, SHEETS } from './sheets/all.ts';
import type { SheetSpec, TableSpec } from './sheets/sheet.ts';

/** Rows below the header that get drop-down lists; typing further down works too. */
const LISTED_ROWS = 300;

const INSTRUCTION_LINES: readonly (readonly [zh: string, en: string])[] = [
  ['场次计划导入模板', 'Template for importing a session plan'],
  ['在各工作表第 2 行起填写；表头不要改名，列的次序可以调整。', 'Fill in from row 2; keep the headers, order is free.'],
  [
    `以“${EXAMPLE_MARK}”开头的行是示例，不会导入，可以删除。`,
    'Rows that begin with the example mark are not imported and may be deleted.',
  ],
  ['带 * 的列必填。', 'Columns with a star are required.'],
  ['所有时间为北京时间，如 2026-03-01 09:00。', 'All times are Beijing time, such as 2026-03-01 09:00.'],
  ['证件号码、准考证号须为文本格式。', 'Document and ticket numbers must be formatted as text.'],
  ['照片放在一个文件夹或 zip 中，文件名与「考生」表一致。', 'Photos lie in one folder or zip, named as in 考生.'],
  ['只要有一处错误就不会保存任何内容，所有错误会一次列出。', 'Any error saves nothing; all errors are listed at once.'],
];

/** The empty workbook to fill in (.xlsx): headers with comments, drop-down lists, one example row a sheet, 说明. */
export async function planTemplate(): Promise<Uint8Array> {
  return templateOf(SHEETS, INSTRUCTION_LINES, (spec, field) => referenceList(spec as SheetSpec, field));
}

/**
 * The empty workbook of any sheets.
 *
 * @param lists  the formula of the cells a field must be found among, null where it need not
 */
export async function templateOf(
  specs: readonly TableSpec[],
  lines: readonly (readonly [zh: string, en: string])[],
  lists: (spec: TableSpec, field: string) => string | null,
): Promise<Uint8Array> {
  const { Workbook } = (await import('exceljs')).default;
  const book = new Workbook();
  const page = book.addWorksheet(INSTRUCTIONS);
  page.columns = [{ width: 60 }, { width: 70 }];
  for (const line of lines) page.addRow([...line]);
  page.addRow([]);
  for (const { name, about } of specs) page.addRow([`${name}：${about.zh}`, `${name}: ${about.en}`]);
  page.getRow(1).font = { bold: true, size: 14 };
  for (const spec of specs) addSheet(book, spec, (field) => lists(spec, field));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function addSheet(book: ExcelJS.Workbook, spec: TableSpec, list: (field: string) => string | null): void {
  const columns: [string, Column<unknown>][] = Object.entries(spec.columns);
  const page = book.addWorksheet(spec.name, { views: [{ state: 'frozen', ySplit: 1 }] });
  page.columns = columns.map(([, { width }]) => ({ width, style: { numFmt: '@' } }));
  page.addRow(columns.map(([, { title, required }]) => (required ? `${title}*` : title))).font = { bold: true };
  const example = page.addRow(columns.map(([, column], i) => (i === 0 ? EXAMPLE_MARK : '') + column.example));
  example.font = { italic: true, color: { argb: 'FF888888' } };
  for (const [i, [field, column]] of columns.entries()) {
    page.getCell(1, i + 1).note = column.note;
    const formula = column.choices === undefined ? list(field) : `"${column.choices.join(',')}"`;
    for (let row = 3; formula !== null && row <= LISTED_ROWS; row += 1) {
      page.getCell(row, i + 1).dataValidation = { type: 'list', allowBlank: true, formulae: [formula] };
    }
  }
}

/** The ids of the sheet that a reference points into (always its first column). */
function referenceList(spec: SheetSpec, field: string): string | null {
  const reference = REFERENCES.find(([table, name]) => table === spec.table && name === field);
  const target = SHEETS.find((s) => s.table === reference?.[2]);
  return target === undefined ? null : `'${target.name}'!$A$3:$A$${Math.min(target.rows.max, 2000)}`;
}
