import ExcelJS from 'exceljs';
import { DOSSIER_SHEETS, type DossierTable } from './sheets.ts';

const ROWS: Record<DossierTable, unknown[][]> = {
  persons: [
    ['KP-1', '甲（样本）', null, null, '高级考评员', '2024-06-21', '2027-06-20', '在库'],
    ['KP-2', '乙（样本）', null, null, '考评员', '2020-06-21', '2023-06-20', null, null, '工作单位'],
  ],
  scope: [
    ['KP-1', '电工', '五级、四级、三级、二级、一级'],
    ['KP-1', '焊工', null],
    ['KP-2', '电工', '四级、二级'],
  ],
  appraisals: [
    ['KP-1', 2025, '合格'],
    ['KP-2', 2025, '合格'],
  ],
  trainingHours: [['KP-1', 2025, 24]],
  employers: [
    ['KP-1', '某单位（样本）', '2015-01-01'],
    ['KP-2', '另一单位（样本）', '2010-01-01', '2014-12-31'],
  ],
  trainingPosts: [],
  taught: [],
  ties: [['KP-1', '近亲属', 'HK0000001']],
  served: [['KP-1', 'P1', 'SITE-1', '101', '2026-01-10 09:00', '组长']],
};

/** For tests: a workbook of two specimen examiners, changed by hand as a person would change it. */
export async function dossierBook(edit: (book: ExcelJS.Workbook) => void = () => {}): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [table, { name, columns }] of Object.entries(DOSSIER_SHEETS) as [
    DossierTable,
    (typeof DOSSIER_SHEETS)[DossierTable],
  ][]) {
    const sheet = book.addWorksheet(name);
    sheet.addRow(Object.values(columns).map(({ title }) => title));
    for (const row of ROWS[table]) sheet.addRow(row);
  }
  edit(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
