import { err, ok, type Result } from '../../../lib/result.ts';
import type { PlanProblem } from '../../plan/contract.ts';
import { columnLetters } from '../../plan/findings.ts';
import type { PlanProblemCode } from '../../plan/problem-texts.ts';
import { readTable, type TableReading } from '../../plan/read-table.ts';
import { readWorkbook } from '../../plan/read-workbook.ts';
import { type DossierProblemCode, dossierProblemText } from './problem-texts.ts';
import { DOSSIER_SHEETS, DOSSIER_TABLES, type DossierRow, type DossierTable } from './sheets.ts';
import { type DossierTables, dossierViolations, type OnFile } from './violations.ts';

/** A file of dossiers without a fault: whole rows, and no table whose sheet is not in the file. */
export type ReadDossiers = { [T in DossierTable]?: DossierRow<T>[] } & { persons: DossierRow<'persons'>[] };

interface Found {
  weight: 'problem' | 'warning';
  sheet: number;
  row: number;
  column: number;
  problem: PlanProblem;
}

/**
 * Reads and judges a workbook of dossiers. Half a file gives nothing.
 *
 * @returns the rows and what to look at, or every problem, in the order of sheets, rows and columns
 */
export async function readDossiers(
  bytes: Uint8Array,
  onFile: OnFile,
  nowMs: number,
): Promise<Result<{ rows: ReadDossiers; warnings: PlanProblem[] }, PlanProblem[]>> {
  const workbook = await readWorkbook(bytes);
  if (!workbook.ok) {
    const code = `workbook-${workbook.error.code}` as const;
    return err([{ sheet: '', row: 0, column: '', code, text: dossierProblemText(code, {}) }]);
  }
  const readings = new Map<DossierTable, TableReading>();
  const found: Found[] = [];
  const add = (
    weight: Found['weight'],
    table: DossierTable,
    row: number,
    column: number,
    code: PlanProblemCode | DossierProblemCode,
    facts: Record<string, string>,
  ) => {
    const { name } = DOSSIER_SHEETS[table];
    const problem = { sheet: name, row, column: columnLetters(column), code, text: dossierProblemText(code, facts) };
    found.push({ weight, sheet: DOSSIER_TABLES.indexOf(table), row, column, problem });
  };
  for (const table of DOSSIER_TABLES) {
    const spec = DOSSIER_SHEETS[table];
    const sheet = workbook.value.find((s) => s.name === spec.name);
    if (!sheet) {
      if (table === 'persons') add('problem', table, 0, 0, 'missing-sheet', { sheet: spec.name });
      continue;
    }
    const reading = readTable(sheet, spec);
    readings.set(table, reading);
    for (const p of reading.problems) add('problem', table, p.row, p.column, p.code, p.facts);
    for (const p of reading.warnings) add('warning', table, p.row, p.column, p.code, p.facts);
  }
  // Where a header is wrong its rows say nothing, and references into it are not judged.
  const usable = [...readings].filter(([, r]) => !r.problems.some((p) => p.row <= 1));
  const tables = Object.fromEntries(usable.map(([t, r]) => [t, r.rows.map(({ values }) => values)])) as DossierTables;
  for (const v of dossierViolations(tables, onFile, nowMs)) {
    const { rows, columns } = readings.get(v.table)!;
    const header = (DOSSIER_SHEETS[v.table].columns as Record<string, { title: string }>)[v.field]?.title ?? '';
    const otherRow = v.otherIndex === undefined ? '' : String(rows[v.otherIndex]!.row);
    const facts = { header, otherRow, ...v.facts };
    add(v.weight, v.table, rows[v.index]!.row, columns.get(v.field) ?? 0, v.code, facts);
  }
  const listed = (weight: Found['weight']) =>
    found
      .filter((f) => f.weight === weight)
      .sort((a, b) => a.sheet - b.sheet || a.row - b.row || a.column - b.column)
      .map((f) => f.problem);
  const problems = listed('problem');
  return problems.length > 0 ? err(problems) : ok({ rows: tables as ReadDossiers, warnings: listed('warning') });
}
