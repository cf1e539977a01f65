import type { PlanProblem } from '../plan/contract.ts';
import { type PlanProblemCode, problemText } from '../plan/problem-texts.ts';
import type { TableFinding } from '../plan/read-table.ts';
import type { DelimitedFault } from './delimited-text.ts';

type Facts = Readonly<Record<string, string>>;
type Text = readonly [zh: string, en: string];

/** What can be wrong with a file of marks or rubrics beyond what can be wrong with any workbook. */
const TEXTS = {
  'text-too-large': ['文件超过 4 MB', 'The file is larger than 4 MB'],
  'text-encoding': [
    '文件不是 UTF-8 或 GB18030 文本，也不是 .xlsx',
    'The file is neither text in UTF-8 or GB 18030 nor an .xlsx workbook',
  ],
  'text-quote': ['引号没有成对', 'A quotation mark has no partner'],
  'text-too-many-rows': ['超过 20,000 行或 64 列', 'More than 20,000 rows or 64 columns'],
  'text-empty': ['文件是空的', 'The file is empty'],
  'sheet-not-found': [
    '工作簿里没有「{sheet}」工作表，也不止一张表',
    'The workbook has no sheet "{sheet}", and more than one sheet',
  ],
  'file-used': ['这个文件已经用于场次「{session}」', 'This file has been used for the session "{session}" already'],
  'unknown-number': ['准考证号不在场次计划里', 'The ticket number is not in the plan'],
  'other-session': [
    '这个准考证号是场次「{session}」的，不是本场的',
    'This ticket number belongs to the session "{session}"',
  ],
  'number-twice': ['准考证号与第 {otherRow} 行重复', 'The ticket number repeats row {otherRow}'],
  'number-missing': [
    '已入场的 {number} 没有成绩；没有记下来的，先查原始答卷',
    '{number} was admitted and has no mark; look for the paper first',
  ],
  'over-maximum': ['成绩超过满分 {max}', 'The mark is above the maximum {max}'],
  'mark-without-admission': ['没有入场记录却有成绩', 'There is a mark, and no record of an admission'],
  'absent-with-mark': ['标了缺考，又有成绩', 'Marked absent, and has a mark'],
  'absent-but-admitted': ['标了缺考，但有入场记录', 'Marked absent, but was admitted'],
  'present-without-mark': ['没有标缺考，也没有成绩', 'Neither absent nor marked'],
  'session-differs': ['场次编号不是本场的', 'The session is not this one'],
  'part-differs': ['科目不是理论', 'The part is not theory'],
  'rubric-field-missing': [
    '单独导入的评分表须写明职业、等级和科目',
    'A rubric imported by itself says of which occupation, level and part it is',
  ],
  'rubric-theory': ['理论科目不按评分表评分', 'Theory is not marked by a rubric'],
  'json-syntax': ['不是完好的 JSON', 'This is no sound JSON'],
  'json-shape': ['{place} 不符合格式', '{place} does not have the right form'],
} as const satisfies Record<string, Text>;

export type ImportProblemCode = keyof typeof TEXTS;

/** Every code there is, for a test that walks them. */
export const IMPORT_PROBLEM_CODES = Object.keys(TEXTS) as ImportProblemCode[];

/** One thing to mend in a file. @param column  from 1, 0 for the whole row; @param row  from 1, 0 for the whole sheet */
export function importProblem(
  sheet: string,
  row: number,
  column: number,
  code: ImportProblemCode,
  facts: Facts = {},
): PlanProblem {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
  const [zh, en] = TEXTS[code];
  return { sheet, row, column: columnLetters(column), code, text: { zh: fill(zh), en: fill(en) } };
}

export const delimitedProblem = (sheet: string, { code, row }: DelimitedFault): PlanProblem =>
  importProblem(sheet, row, 0, code);

export const workbookProblem = (code: PlanProblemCode): PlanProblem => ({
  sheet: '',
  row: 0,
  column: '',
  code,
  text: problemText(code),
});

export const tableProblem = (sheet: string, { code, row, column, facts }: TableFinding): PlanProblem => ({
  sheet,
  row,
  column: columnLetters(column),
  code,
  text: problemText(code, facts),
});

/** By rows, then columns; what concerns the whole sheet first. */
export const inOrder = (problems: readonly PlanProblem[]): PlanProblem[] =>
  problems.toSorted((a, b) => a.row - b.row || a.column.length - b.column.length || a.column.localeCompare(b.column));

/** 1 is A, 27 is AA; 0 is no column. */
export function columnLetters(column: number): string {
  if (column <= 0) return '';
  return columnLetters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}
