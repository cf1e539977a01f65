import ExcelJS from 'exceljs';
import { DOSSIER_SHEETS, type DossierTable } from '../../../electron/features/examiners/import/sheets.ts';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';

const DAY_MS = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/**
 * Dossiers of the plan's examiners as a site may have them: one card about to expire, one expired, one person suspended, one
 * appraisal not passed, one file not verified in part; the last examiner has no file at all.
 */
export async function dossierBook(plan: Plan, edit: (book: ExcelJS.Workbook) => void = () => {}): Promise<Uint8Array> {
  const nowMs = Date.now();
  const lastYear = new Date(nowMs).getUTCFullYear() - 1;
  const people = plan.examiners.slice(0, -1);
  const until = [900, 25, -30, 700, 500, 300];
  const rows: Record<DossierTable, unknown[][]> = {
    persons: people.map((e, i) => [
      e.cardNumber,
      e.name,
      null,
      null,
      e.grade === 'senior' ? '高级考评员' : '考评员',
      dayOf(nowMs - (1_095 - until[i]!) * DAY_MS),
      dayOf(nowMs + until[i]! * DAY_MS),
      i === 4 ? '暂停' : '在库',
      null,
      i === 3 ? '任教班级、回避关系' : null,
    ]),
    scope: people.map((e) => [
      e.cardNumber,
      '电工',
      e.grade === 'senior' ? '五级、四级、三级、二级、一级' : '五级、四级、三级',
    ]),
    appraisals: people.map((e, i) => [e.cardNumber, lastYear, i === 5 ? '不合格' : '合格']),
    trainingHours: people.map((e, i) => [e.cardNumber, lastYear, 16 + 4 * i]),
    employers: people.map((e) => [e.cardNumber, e.employer, '2015-09-01', null]),
    trainingPosts: [[people[1]!.cardNumber, '样本培训学校', '2019-03-01', '2022-07-31']],
    taught: [[people[1]!.cardNumber, '2021 秋电工 2 班（样本）', '2021-09-01', '2022-01-20']],
    ties: [[people[0]!.cardNumber, '师徒', null, people[2]!.cardNumber, people[2]!.name]],
    served: people.flatMap((e, i) =>
      Array.from({ length: 1 + (i % 3) }, (_, n) => [
        e.cardNumber,
        `P${n + 1}`,
        n === 0 ? plan.site.siteId : 'SITE-2',
        '201',
        `${dayOf(nowMs - (40 + 30 * n) * DAY_MS)} 09:00`,
        i % 3 === 0 ? '组长' : '组员',
      ]),
    ),
  };
  const book = new ExcelJS.Workbook();
  for (const table of Object.keys(DOSSIER_SHEETS) as DossierTable[]) {
    const { name, columns } = DOSSIER_SHEETS[table];
    const sheet = book.addWorksheet(name);
    sheet.addRow(Object.values(columns).map(({ title }) => title));
    for (const row of rows[table]) sheet.addRow(row);
  }
  edit(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
