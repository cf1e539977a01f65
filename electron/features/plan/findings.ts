import type { PlanProblem } from './contract.ts';
import type { TableName } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';
import { type PlanProblemCode, problemText } from './problem-texts.ts';
import type { TableReading } from './read-table.ts';
import { SHEETS } from './sheets/all.ts';

/** The name under which problems of the photo folder itself are listed, after those of the sheets. */
export const PHOTO_FOLDER = '照片';

export interface Sentence {
  zh: string;
  en: string;
}

type Weight = PlanViolation['weight'];
type Facts = Record<string, string>;
interface Place {
  /** Index into SHEETS; beyond it for the photo folder. */
  sheet: number;
  row: number;
  column: number;
}

/** A problem of a whole file, not of a cell. */
export const fileProblem = (sheet: string, code: PlanProblemCode, facts?: Facts): PlanProblem => ({
  sheet,
  row: 0,
  column: '',
  code,
  text: problemText(code, facts),
});

/** Collects what is wrong while a workbook is judged, and lists it by sheet, row and column. */
export class Findings {
  readonly #readings: ReadonlyMap<TableName, TableReading | null>;
  readonly #found: { weight: Weight; place: Place; problem: PlanProblem }[] = [];

  /** Takes over what reading the sheets found, and complains about those that are missing (null). */
  constructor(readings: ReadonlyMap<TableName, TableReading | null>) {
    this.#readings = readings;
    for (const [sheet, { table, name }] of SHEETS.entries()) {
      const reading = readings.get(table);
      if (!reading) this.#add('problem', { sheet, row: 0, column: 0 }, 'missing-sheet', { sheet: name });
      for (const p of reading?.problems ?? []) this.#add('problem', { sheet, ...p }, p.code, p.facts);
      for (const w of reading?.warnings ?? []) this.#add('warning', { sheet, ...w }, w.code, w.facts);
    }
  }

  /** @param index the row within its table, from 0 */
  addCell(weight: Weight, table: TableName, index: number, field: string, code: PlanProblemCode, facts?: Facts): void {
    const sheet = SHEETS.findIndex((s) => s.table === table);
    const reading = this.#readings.get(table);
    const header = (SHEETS[sheet]?.columns as Record<string, { title: string }> | undefined)?.[field]?.title ?? '';
    const place = { sheet, row: reading?.rows[index]?.row ?? 0, column: reading?.columns.get(field) ?? 0 };
    this.#add(weight, place, code, { header, ...facts });
  }

  addViolation({ weight, table, index, field, code, facts, otherIndex }: PlanViolation): void {
    const otherRow = otherIndex === undefined ? undefined : this.#readings.get(table)?.rows[otherIndex]?.row;
    this.addCell(weight, table, index, field, code, { ...facts, ...(otherRow && { otherRow: String(otherRow) }) });
  }

  /** Something about the photo folder itself. */
  addPhotos(weight: Weight, code: PlanProblemCode, name = ''): void {
    this.#add(weight, { sheet: SHEETS.length, row: 0, column: 0 }, code, { name });
  }

  /** In the order of sheets, rows and columns; what stands in one cell, in the order it was found. */
  listed(weight: Weight): PlanProblem[] {
    return this.#found
      .filter((f) => f.weight === weight)
      .sort(({ place: a }, { place: b }) => a.sheet - b.sheet || a.row - b.row || a.column - b.column)
      .map((f) => f.problem);
  }

  /** The same as sentences that say their place themselves. */
  sentences(weight: Weight): Sentence[] {
    return this.listed(weight).map(({ sheet, row, column, text }) => {
      const zh = [`「${sheet}」`, row > 0 && `第 ${row} 行`, column && ` ${column} 列`].filter(Boolean).join('');
      const en = [sheet, row > 0 && `row ${row}`, column && `column ${column}`].filter(Boolean).join(', ');
      return { zh: `${zh}：${text.zh}`, en: `${en}: ${text.en}` };
    });
  }

  #add(weight: Weight, { sheet, row, column }: Place, code: PlanProblemCode, facts: Facts): void {
    const problem = {
      sheet: SHEETS[sheet]?.name ?? PHOTO_FOLDER,
      row,
      column: columnLetters(column),
      code,
      text: problemText(code, facts),
    };
    this.#found.push({ weight, place: { sheet, row, column }, problem });
  }
}

/** 1 is A, 27 is AA; 0 is no column. */
export function columnLetters(column: number): string {
  if (column <= 0) return '';
  return columnLetters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}
