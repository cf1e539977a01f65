import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import { choiceColumn, codeColumn, optional, textColumn } from '../plan/columns.ts';
import type { PlanProblem } from '../plan/contract.ts';
import { PlannedCandidate, PlannedSession, SkillLevel } from '../plan/plan-schema.ts';
import { readTable } from '../plan/read-table.ts';
import { LEVEL_WORDS } from '../plan/sheets/sessions.ts';
import type { SheetSpec } from '../plan/sheets/sheet.ts';
import { inOrder, tableProblem } from '../scoring/import-problems.ts';
import { openTable } from '../scoring/theory-file.ts';
import type { CertificateData } from './rules.ts';

const SHEET = '证书数据';

/** One row a person. The number may be anything here: whether it is one is judged row by row, and said by name. */
const spec = {
  table: 'candidates',
  name: SHEET,
  about: { zh: '每人一行', en: 'One row a person' },
  rows: { min: 0, max: 5000 },
  columns: {
    name: textColumn({ title: '姓名', note: '与证件一致', example: '张某（样本）' }, PlannedCandidate.shape.name),
    documentNumber: codeColumn(
      { title: '证件号码', note: '设为文本格式', example: '', width: 24, aliases: ['身份证号', '身份证号码'] },
      PlannedCandidate.shape.documentNumber,
      'bad-document-number',
      true,
    ),
    occupation: textColumn(
      { title: '职业', note: '与备案一致', example: '养老护理员', aliases: ['职业（工种）', '职业名称'] },
      PlannedSession.shape.occupation,
    ),
    level: choiceColumn({ title: '等级', note: '从列表选', example: '', aliases: ['技能等级'] }, LEVEL_WORDS),
    number: optional(
      codeColumn(
        { title: '证书编号', note: '22 位；还没有的不填', example: '', width: 28, aliases: ['证书编码'] },
        z.string().min(1).max(60),
        'bad-id',
      ),
    ),
  },
} as unknown as SheetSpec;

/** The rows of a file of certificate data, as they stand; what is no such table is refused with every wrong cell. */
export async function readCertificateFile(bytes: Uint8Array): Promise<Result<CertificateData[], PlanProblem[]>> {
  const sheet = await openTable(bytes, SHEET);
  if (!sheet.ok) return err([sheet.error]);
  const reading = readTable(sheet.value, spec);
  if (reading.problems.length > 0) return err(inOrder(reading.problems.map((p) => tableProblem(sheet.value.name, p))));
  return ok(
    reading.rows.map(({ row, values }) => ({ line: row, number: null, ...values }) as unknown as CertificateData),
  );
}

/** The same table as a workbook, every cell as text. */
export async function writeCertificateFile(rows: readonly CertificateData[]): Promise<Uint8Array> {
  const { Workbook } = (await import('exceljs')).default;
  const book = new Workbook();
  const page = book.addWorksheet(SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  const columns = Object.values(spec.columns) as { title: string; note: string; width: number }[];
  page.columns = columns.map(({ width }) => ({ width, style: { numFmt: '@' } }));
  page.addRow(columns.map((c) => c.title)).font = { bold: true };
  for (const [i, { note }] of columns.entries()) page.getCell(1, i + 1).note = note;
  for (const r of rows) {
    const level = LEVEL_WORDS[SkillLevel.parse(r.level)][0];
    page.addRow([r.name, r.documentNumber, r.occupation, level, r.number ?? '']);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}
