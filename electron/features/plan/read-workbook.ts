import type ExcelJS from 'exceljs';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Cell, EMPTY, readCell } from './cell.ts';
import { readZip, type ZipFault } from './read-zip.ts';
import { writeStoredZip } from './write-zip.ts';

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 64;
const MAX_MERGED_CELLS = 50_000;
const UNPACKED = { maxEntries: 500, maxEntryBytes: 32 * 1024 * 1024, maxTotalBytes: 48 * 1024 * 1024 };

/** The parts that hold values. Pictures, comments, macros, links and printer settings are left behind unread. */
const NEEDED =
  /^(?:_rels\/\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/sheet\d{1,4}\.xml)$/;

/** Nodes of a sheet that only concern its looks or point to parts left behind; some are expanded cell by cell. */
const IGNORED = (
  'cols dataValidations conditionalFormatting hyperlinks drawing legacyDrawing picture tableParts extLst autoFilter ' +
  'sheetProtection pageSetup printOptions headerFooter rowBreaks sheetViews sheetPr dimension'
).split(' ');

/** One sheet: `cell` counts rows and columns from 1, as a person does, and is empty beyond what is written. */
export interface Sheet {
  name: string;
  rowCount: number;
  columnCount: number;
  cell(row: number, column: number): Cell;
  /** Nobody sees the sheet, or the row, in a spreadsheet program; absent where a file knows no such thing. */
  hidden?: { sheet: boolean; row(row: number): boolean };
}

export type WorkbookFault =
  | { code: 'too-large' }
  | { code: 'not-a-workbook' }
  | { code: 'old-format' }
  | { code: 'too-many-rows' }
  | { code: 'merged-too-wide' };

/**
 * Opens an .xlsx file of unknown origin, bounded: 20 MiB packed, 48 MiB unpacked, 20,000 rows and 64 columns a sheet.
 *
 * @returns the sheets in the order of the file. A merged range reads as its first cell's value in every cell
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Result<Sheet[], WorkbookFault>> {
  if (bytes.length > MAX_BYTES) return err({ code: 'too-large' });
  // .xls, and .xlsx with a password, are OLE compound files.
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'd0cf11e0') return err({ code: 'old-format' });
  const parts = await readZip(bytes, UNPACKED, (name) => NEEDED.test(name));
  if (!parts.ok) return err({ code: faultOf(parts.error) });
  if (!parts.value.has('xl/workbook.xml')) return err({ code: 'not-a-workbook' });
  const harmless = disarm(parts.value);
  if (!harmless.ok) return harmless;
  // Loaded when a plan is read: half a second and 37 MB that exam day itself has no use for.
  const { Workbook } = (await import('exceljs')).default;
  const book = new Workbook();
  try {
    // Rebuilt, so that exceljs cannot see another listing of the same bytes than the one that was judged.
    const rebuilt = Buffer.from(writeStoredZip(harmless.value));
    // The typings lack the limits, and name a Buffer of older Node types.
    const options = { ignoreNodes: IGNORED, maxRows: MAX_ROWS, maxCols: MAX_COLUMNS };
    await (book.xlsx.load as unknown as (data: Buffer, options: object) => Promise<unknown>).call(
      book.xlsx,
      rebuilt,
      options,
    );
  } catch (cause) {
    return err({ code: /Max (?:row|column) count/.test(String(cause)) ? 'too-many-rows' : 'not-a-workbook' });
  }
  if (book.worksheets.length === 0) return err({ code: 'not-a-workbook' });
  if (book.worksheets.some((s) => s.rowCount > MAX_ROWS || s.columnCount > MAX_COLUMNS)) {
    return err({ code: 'too-many-rows' });
  }
  return ok(book.worksheets.map(asSheet));
}

function asSheet(sheet: ExcelJS.Worksheet): Sheet {
  return {
    name: sheet.name.trim(),
    rowCount: sheet.rowCount,
    columnCount: sheet.columnCount,
    // findRow and findCell do not create what is not there, as getRow and getCell would.
    cell: (row, column) => {
      const found = sheet.findRow(row)?.findCell(column);
      return found ? readCell(found.value) : EMPTY;
    },
    hidden: { sheet: sheet.state !== 'visible', row: (row) => sheet.findRow(row)?.hidden ?? false },
  };
}

function faultOf(fault: ZipFault): 'too-large' | 'not-a-workbook' {
  return fault.code === 'too-large' || fault.code === 'too-many-entries' ? 'too-large' : 'not-a-workbook';
}

/**
 * Takes out what exceljs would expand cell by cell, however large: defined names, and merged ranges beyond a bound.
 * Document type declarations have no place in a workbook at all.
 */
function disarm(parts: Map<string, Uint8Array>): Result<Map<string, Uint8Array>, WorkbookFault> {
  const harmless = new Map<string, Uint8Array>();
  let mergedCells = 0;
  for (const [name, content] of parts) {
    const xml = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
    if (xml.includes('<!DOCTYPE')) return err({ code: 'not-a-workbook' });
    if (name === 'xl/workbook.xml') {
      const bare = xml.replace(/<definedNames>.*?<\/definedNames>/s, '');
      if (/definedName\b/.test(bare)) return err({ code: 'not-a-workbook' });
      harmless.set(name, Buffer.from(bare, 'utf8'));
      continue;
    }
    for (const [node] of xml.matchAll(/<mergeCell\b[^>]*>/g))
      mergedCells += areaOf(/\sref="([^"]*)"/.exec(node)?.[1] ?? '');
    if (mergedCells > MAX_MERGED_CELLS) return err({ code: 'merged-too-wide' });
    harmless.set(name, content);
  }
  return ok(harmless);
}

/** Cells of a range such as `B2:D9`; infinite when it is none. */
function areaOf(ref: string): number {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(ref);
  if (match === null) return Number.POSITIVE_INFINITY;
  const [, left, top, right, bottom] = match as unknown as [string, string, string, string, string];
  return (Math.abs(columnNumber(right) - columnNumber(left)) + 1) * (Math.abs(Number(bottom) - Number(top)) + 1);
}

function columnNumber(letters: string): number {
  return [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
}
