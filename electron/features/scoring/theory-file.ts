import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import { choiceColumn, codeColumn, idColumn, optional, tenthsColumn } from '../plan/columns.ts';
import type { PlanProblem } from '../plan/contract.ts';
import { PlannedCandidate, PlannedSession } from '../plan/plan-schema.ts';
import { readTable, type TableReading } from '../plan/read-table.ts';
import { readWorkbook, type Sheet } from '../plan/read-workbook.ts';
import { PART_WORDS } from '../plan/sheets/sessions.ts';
import type { SheetSpec } from '../plan/sheets/sheet.ts';
import { readDelimited } from './delimited-text.ts';
import { delimitedProblem, importProblem, inOrder, tableProblem, workbookProblem } from './import-problems.ts';

export const THEORY_SHEET = '理论成绩';
/** Theory is marked out of 100.0 (domain.md, numbers: parts). */
export const THEORY_MAX_TENTHS = 1000;

/** One row of a machine-marked file. 准考证号 and 成绩 are needed; 状态, 场次编号 and 科目 are checked where they stand. */
const theorySpec = {
  table: 'candidates',
  name: THEORY_SHEET,
  about: { zh: '每名考生一行', en: 'One row a candidate' },
  rows: { min: 1, max: 5000 },
  columns: {
    ticketNumber: codeColumn(
      { title: '准考证号', note: '与准考证一致，设为文本格式', example: '2026030001', width: 22, aliases: ['考号'] },
      PlannedCandidate.shape.ticketNumber,
      'bad-ticket',
    ),
    // The column must stand there; whoever was absent has an empty cell in it.
    tenths: {
      ...optional(
        tenthsColumn(
          { title: '成绩', note: '0 至 100，最多一位小数；缺考不填', example: '78.5', aliases: ['分数', '得分'] },
          z.int().min(0),
        ),
      ),
      required: true,
    },
    status: optional(
      choiceColumn(
        { title: '状态', note: '可不填；缺考填“缺考”', example: '', width: 10 },
        { present: ['正常', '到考', '参考'], absent: ['缺考'] },
      ),
    ),
    sessionId: optional(
      idColumn({ title: '场次编号', note: '可不填；填了就核对', example: '' }, PlannedSession.shape.sessionId),
    ),
    part: optional(choiceColumn({ title: '科目', note: '可不填；填了就核对', example: '', width: 10 }, PART_WORDS)),
  },
} as unknown as SheetSpec;

export const theoryColumns = theorySpec.columns as Record<string, { title: string; note: string; width: number }>;

/** What the file is held against. */
export interface TheoryFacts {
  sessionId: string;
  /** By ticket number in upper case: the candidate of this session. */
  here: ReadonlyMap<string, { candidateId: string; admitted: boolean }>;
  /** By ticket number in upper case: the label of another session of the plan. */
  elsewhere: ReadonlyMap<string, string>;
}

export interface TheoryMarks {
  /** Tenths by candidate, in the order of the file. */
  marks: Record<string, number>;
  absent: number;
}

/** Whether bytes are a zip, which an .xlsx is. */
const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;
const isOle = (bytes: Uint8Array) => bytes[0] === 0xd0 && bytes[1] === 0xcf;

/** The one sheet of a file, whether workbook or separated text. */
export async function openTable(bytes: Uint8Array, sheetName: string): Promise<Result<Sheet, PlanProblem>> {
  if (!isZip(bytes) && !isOle(bytes)) {
    const text = readDelimited(bytes, sheetName);
    return text.ok ? text : err(delimitedProblem('', text.error));
  }
  const workbook = await readWorkbook(bytes);
  if (!workbook.ok) return err(workbookProblem(`workbook-${workbook.error.code}`));
  const sheets = workbook.value;
  const sheet = sheets.find((s) => s.name === sheetName) ?? (sheets.length === 1 ? sheets[0] : undefined);
  return sheet ? ok(sheet) : err(importProblem('', 0, 0, 'sheet-not-found', { sheet: sheetName }));
}

interface Row {
  ticketNumber?: string;
  tenths?: number;
  status?: 'present' | 'absent';
  sessionId?: string;
  part?: string;
}

/**
 * Reads a machine-marked file and holds it against the session. Every wrong cell is named; a file with one fault gives no
 * marks at all.
 */
export async function readTheoryFile(
  bytes: Uint8Array,
  facts: TheoryFacts,
): Promise<Result<TheoryMarks, PlanProblem[]>> {
  const sheet = await openTable(bytes, THEORY_SHEET);
  if (!sheet.ok) return err([sheet.error]);
  const reading = readTable(sheet.value, theorySpec);
  const problems = reading.problems.map((p) => tableProblem(sheet.value.name, p));
  // Without its columns every row would be wrong once more.
  if (reading.problems.some((p) => p.row <= 1)) return err(inOrder(problems));
  const marks: Record<string, number> = {};
  let absent = 0;
  const seen = new Map<string, number>();
  for (const { row, values } of reading.rows) {
    const r = values as Row;
    const wrong = rowProblems(sheet.value.name, row, r, values, reading, facts, seen);
    problems.push(...wrong);
    const known = r.ticketNumber && facts.here.get(r.ticketNumber.toUpperCase());
    if (wrong.length > 0 || !known) continue;
    if (r.tenths === undefined) absent += 1;
    else marks[known.candidateId] = r.tenths;
  }
  for (const [number, { admitted }] of facts.here) {
    if (admitted && !seen.has(number))
      problems.push(importProblem(sheet.value.name, 0, 0, 'number-missing', { number }));
  }
  return problems.length > 0 ? err(inOrder(problems)) : ok({ marks, absent });
}

function rowProblems(
  sheet: string,
  row: number,
  r: Row,
  values: Record<string, unknown>,
  reading: TableReading,
  facts: TheoryFacts,
  seen: Map<string, number>,
): PlanProblem[] {
  const found: PlanProblem[] = [];
  const at = (field: string, code: Parameters<typeof importProblem>[3], more = {}) =>
    found.push(importProblem(sheet, row, reading.columns.get(field) ?? 0, code, more));
  if (r.sessionId !== undefined && r.sessionId !== facts.sessionId) at('sessionId', 'session-differs');
  if (r.part !== undefined && r.part !== 'theory') at('part', 'part-differs');
  if (r.tenths !== undefined && r.tenths > THEORY_MAX_TENTHS) at('tenths', 'over-maximum', { max: '100' });
  if (r.status === 'absent' && r.tenths !== undefined) at('tenths', 'absent-with-mark');
  // A mark that could not be read is complained about itself.
  if (r.status !== 'absent' && r.tenths === undefined && 'tenths' in values) at('tenths', 'present-without-mark');
  if (r.ticketNumber === undefined) return found;
  const number = r.ticketNumber.toUpperCase();
  const otherRow = seen.get(number);
  if (otherRow !== undefined) at('ticketNumber', 'number-twice', { otherRow: String(otherRow) });
  else seen.set(number, row);
  const known = facts.here.get(number);
  if (!known) {
    const session = facts.elsewhere.get(number);
    at('ticketNumber', session === undefined ? 'unknown-number' : 'other-session', { session: session ?? '' });
    return found;
  }
  if (known.admitted && r.status === 'absent') at('status', 'absent-but-admitted');
  if (!known.admitted && r.tenths !== undefined) at('tenths', 'mark-without-admission');
  return found;
}

/** The workbook to fill in: the numbers of the session stand there already. */
export async function theoryTemplate(ticketNumbers: readonly string[]): Promise<Uint8Array> {
  const { Workbook } = (await import('exceljs')).default;
  const book = new Workbook();
  const page = book.addWorksheet(THEORY_SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  const columns = Object.values(theoryColumns);
  page.columns = columns.map(({ width }) => ({ width, style: { numFmt: '@' } }));
  page.addRow(columns.map((c) => c.title)).font = { bold: true };
  for (const [i, { note }] of columns.entries()) page.getCell(1, i + 1).note = note;
  for (const number of ticketNumbers) page.addRow([number]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
