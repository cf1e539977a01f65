import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanProblem } from '../plan/contract.ts';
import { Rubric } from '../plan/plan-schema.ts';
import {
  assembleRubrics,
  type DraftTables,
  flattenRubrics,
  type PlanTables,
  type TableName,
} from '../plan/plan-tables.ts';
import type { PlanViolation } from '../plan/plan-violation.ts';
import { problemText } from '../plan/problem-texts.ts';
import { readTable, type TableReading } from '../plan/read-table.ts';
import { readWorkbook } from '../plan/read-workbook.ts';
import { referenceViolations } from '../plan/reference-violations.ts';
import { rubricViolations } from '../plan/rubric-violations.ts';
import { deductionSheet, itemSheet, rubricSheet, vetoSheet } from '../plan/sheets/rubrics.ts';
import type { SheetSpec } from '../plan/sheets/sheet.ts';
import { templateOf } from '../plan/template.ts';
import { uniquenessViolations } from '../plan/uniqueness-violations.ts';
import { columnLetters, importProblem, tableProblem, workbookProblem } from './import-problems.ts';

/** Sheets of a rubric workbook, in the order of its tabs; the last two may be left out. */
const SPECS = [rubricSheet, itemSheet, deductionSheet, vetoSheet] as unknown as readonly SheetSpec[];
const MAY_BE_LEFT_OUT: ReadonlySet<TableName> = new Set(['deductions', 'vetoes']);
const MAX_JSON_BYTES = 4 * 1024 * 1024;

/** A rubric as a file of its own: it says of which occupation, level and part it is. */
const OwnRubric = Rubric.required({ occupation: true, level: true, part: true });
/** The JSON form of a rubric file; `docs/schemas/rubrics.schema.json` is made of it. */
export const RubricFile = z.strictObject({
  format: z.literal('kaodian-rubrics/1'),
  rubrics: z.array(OwnRubric).min(1).max(200),
});

/** JSON Schema of a rubric file, for programs that write one. */
export const rubricSchema = (): object => z.toJSONSchema(RubricFile, { io: 'input', unrepresentable: 'any' });

export const rubricTemplate = (): Promise<Uint8Array> =>
  templateOf(
    SPECS,
    [
      ['评分表导入模板', 'Template for importing rubrics'],
      [
        '在各工作表第 2 行起填写；表头不要改名，列的次序可以调整。',
        'Fill in from row 2; keep the headers, order is free.',
      ],
      [
        '职业、等级、科目在这里必填；每份评分表的评分项合计 100 分。',
        'Occupation, level and part are needed here; items sum to 100.',
      ],
      ['只要有一处错误就不会导入，所有错误会一次列出。', 'Any error imports nothing; all errors are listed at once.'],
    ],
    () => null,
  );

/** Reads rubrics out of a workbook (.xlsx) or JSON. Every fault is named by its cell, or by its place in the JSON. */
export async function readRubricFile(bytes: Uint8Array): Promise<Result<Rubric[], PlanProblem[]>> {
  return bytes.find((b) => !/\s/.test(String.fromCharCode(b))) === 0x7b ? readJson(bytes) : readSheets(bytes);
}

async function readSheets(bytes: Uint8Array): Promise<Result<Rubric[], PlanProblem[]>> {
  const workbook = await readWorkbook(bytes);
  if (!workbook.ok) return err([workbookProblem(`workbook-${workbook.error.code}`)]);
  const readings = new Map<TableName, TableReading>();
  const problems: PlanProblem[] = [];
  for (const spec of SPECS) {
    const sheet = workbook.value.find((s) => s.name === spec.name);
    if (sheet) readings.set(spec.table, readTable(sheet, spec));
    else if (MAY_BE_LEFT_OUT.has(spec.table)) {
      readings.set(spec.table, { rows: [], columns: new Map(), problems: [], warnings: [] });
    } else
      problems.push(tableProblem(spec.name, { code: 'missing-sheet', row: 0, column: 0, facts: { sheet: spec.name } }));
    for (const p of readings.get(spec.table)?.problems ?? []) problems.push(tableProblem(spec.name, p));
    if (sheet && spec.table === 'rubrics' && readings.get('rubrics')?.rows.length === 0) {
      problems.push(tableProblem(spec.name, { code: 'too-few-rows', row: 0, column: 0, facts: { sheet: spec.name } }));
    }
  }
  const usable = [...readings].filter(([, r]) => !r.problems.some((p) => p.row <= 1));
  const draft = Object.fromEntries(usable.map(([t, r]) => [t, r.rows.map((row) => row.values)])) as DraftTables;
  const placeOf = (table: TableName, index: number, field: string) => {
    const reading = readings.get(table);
    return { row: reading?.rows[index]?.row ?? 0, column: reading?.columns.get(field) ?? 0 };
  };
  problems.push(...judged(draft, placeOf));
  if (problems.length > 0) return err(sorted(problems));
  return parsed(assembleRubrics(draft as unknown as PlanTables));
}

function readJson(bytes: Uint8Array): Result<Rubric[], PlanProblem[]> {
  if (bytes.length > MAX_JSON_BYTES) return err([importProblem('', 0, 0, 'text-too-large')]);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err([importProblem('', 0, 0, 'json-syntax')]);
  }
  const file = RubricFile.safeParse(json);
  if (!file.success) {
    const places = file.error.issues.map((i) => i.path.join('.') || 'format');
    return err([...new Set(places)].map((place) => importProblem('', 0, 0, 'json-shape', { place })));
  }
  const { rubrics } = file.data;
  const problems = judged(flattenRubrics(rubrics), (_table, index) => ({ row: index + 1, column: 0 }));
  return problems.length > 0 ? err(sorted(problems)) : ok(rubrics);
}

type PlaceOf = (table: TableName, index: number, field: string) => { row: number; column: number };

/** What does not fit together, and what a rubric by itself must say and a plan's need not. */
function judged(draft: DraftTables, placeOf: PlaceOf): PlanProblem[] {
  const violations = [...uniquenessViolations(draft), ...referenceViolations(draft), ...rubricViolations(draft)];
  const own = (draft.rubrics ?? []).flatMap((r, index) =>
    (['occupation', 'level', 'part'] as const).flatMap((field) => {
      const { row, column } = placeOf('rubrics', index, field);
      if (field in r && r[field] === undefined)
        return [importProblem(rubricSheet.name, row, column, 'rubric-field-missing')];
      return field === 'part' && r.part === 'theory'
        ? [importProblem(rubricSheet.name, row, column, 'rubric-theory')]
        : [];
    }),
  );
  return [...violations.map((v) => violationProblem(v, placeOf)), ...own];
}

function violationProblem(
  { table, index, field, code, facts, otherIndex }: PlanViolation,
  placeOf: PlaceOf,
): PlanProblem {
  const { row, column } = placeOf(table, index, field);
  const spec = SPECS.find((s) => s.table === table);
  const header = (spec?.columns as Record<string, { title: string }> | undefined)?.[field]?.title ?? '';
  const otherRow = otherIndex === undefined ? '' : String(placeOf(table, otherIndex, field).row);
  const text = problemText(code, { header, otherRow, ...facts });
  return { sheet: spec?.name ?? '', row, column: columnLetters(column), code, text };
}

function sorted(problems: PlanProblem[]): PlanProblem[] {
  const place = (p: PlanProblem) => SPECS.findIndex((s) => s.name === p.sheet);
  return problems.toSorted((a, b) => place(a) - place(b) || a.row - b.row || a.column.localeCompare(b.column));
}

function parsed(rubrics: unknown[]): Result<Rubric[], PlanProblem[]> {
  const file = RubricFile.shape.rubrics.safeParse(rubrics);
  if (file.success) return ok(file.data);
  return err(file.error.issues.map((i) => importProblem('', 0, 0, 'json-shape', { place: i.path.join('.') })));
}
