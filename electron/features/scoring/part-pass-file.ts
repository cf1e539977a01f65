import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanProblem } from '../plan/contract.ts';
import { partPassViolations } from '../plan/part-pass-violations.ts';
import { PartPass, type PlannedSession } from '../plan/plan-schema.ts';
import { problemText } from '../plan/problem-texts.ts';
import { readTable } from '../plan/read-table.ts';
import { partPassSheet } from '../plan/sheets/part-passes.ts';
import type { SheetSpec } from '../plan/sheets/sheet.ts';
import { templateOf } from '../plan/template.ts';
import { columnLetters, inOrder, tableProblem } from './import-problems.ts';
import { openTable } from './theory-file.ts';

const spec = partPassSheet as unknown as SheetSpec;

export const partPassTemplate = (): Promise<Uint8Array> =>
  templateOf(
    [spec],
    [
      ['已合格科目导入模板', 'Template for importing parts passed before'],
      ['在第 2 行起填写；证件号码设为文本格式。', 'Fill in from row 2; format document numbers as text.'],
    ],
    () => null,
  );

/** Reads parts passed before out of a workbook or separated text, each row named where it is wrong. */
export async function readPartPassFile(
  bytes: Uint8Array,
  sessions: readonly PlannedSession[],
): Promise<Result<PartPass[], PlanProblem[]>> {
  const sheet = await openTable(bytes, partPassSheet.name);
  if (!sheet.ok) return err([sheet.error]);
  const reading = readTable(sheet.value, spec);
  const problems = reading.problems.map((p) => tableProblem(sheet.value.name, p));
  if (reading.rows.length === 0 && problems.length === 0) {
    const facts = { sheet: partPassSheet.name };
    problems.push(tableProblem(sheet.value.name, { code: 'too-few-rows', row: 0, column: 0, facts }));
  }
  const partPasses = reading.rows.map((r) => r.values as Partial<PartPass>);
  for (const v of partPassViolations({ partPasses, sessions: [...sessions] })) {
    const otherRow = v.otherIndex === undefined ? '' : String(reading.rows[v.otherIndex]?.row ?? '');
    problems.push({
      sheet: sheet.value.name,
      row: reading.rows[v.index]?.row ?? 0,
      column: columnLetters(reading.columns.get(v.field) ?? 0),
      code: v.code,
      text: problemText(v.code, { ...v.facts, otherRow }),
    });
  }
  if (problems.length > 0) return err(inOrder(problems));
  return ok(z.array(PartPass).parse(partPasses));
}
