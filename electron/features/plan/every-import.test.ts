import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { dossierBook } from '../examiners/import/book-fixture.ts';
import { DOSSIER_VIOLATION_CODES } from '../examiners/import/problem-texts.ts';
import { readDossiers } from '../examiners/import/read-dossiers.ts';
import { theoryFactsOf } from '../scoring/import-fixture.ts';
import { IMPORT_PROBLEM_CODES } from '../scoring/import-problems.ts';
import { readRubricFile } from '../scoring/rubric-file.ts';
import { readTheoryFile } from '../scoring/theory-file.ts';
import type { PlanProblem } from './contract.ts';
import { importPlan } from './import-plan.ts';
import { aPlan, editedWorkbook } from './plan-fixture.ts';
import { PLAN_PROBLEM_CODES } from './problem-texts.ts';

// What a real site brings, whatever is imported: each kind once for each import, named by the same code and by its place.

type Edit = (book: ExcelJS.Workbook) => void;
type Read = { ok: true; value: unknown } | { ok: false; error: readonly PlanProblem[] };
interface Import {
  sheet: string;
  /** The code of an id that is none, and of the sheet that is not there. */
  badId: string;
  noSheet: string;
  read: (bytes: Uint8Array) => Promise<Read>;
  book: (edit: Edit) => Promise<Uint8Array>;
}

const { plan, files } = aPlan();
const table = (sheets: Record<string, (string | number)[][]>) => async (edit: Edit) => {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const page = book.addWorksheet(name);
    for (const row of rows) page.addRow(row);
  }
  edit(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
};
const IMPORTS: Record<string, Import> = {
  plan: {
    sheet: '考生',
    badId: 'bad-id',
    noSheet: 'missing-sheet',
    read: async (workbook) => {
      const read = await importPlan({ workbook, photos: files });
      return read.ok ? read : { ok: false, error: read.error.problems };
    },
    book: (edit) => editedWorkbook(plan, edit),
  },
  dossiers: {
    sheet: '档案',
    badId: 'bad-text',
    noSheet: 'missing-sheet',
    read: (bytes) => readDossiers(bytes, { current: [], idsOf: () => [] }, Date.UTC(2026, 5, 1)),
    book: dossierBook,
  },
  rubric: {
    sheet: '评分表',
    badId: 'bad-id',
    noSheet: 'missing-sheet',
    read: readRubricFile,
    book: table({
      评分表: [
        ['评分表编号', '评分表名称', '合格分', '职业', '等级', '科目'],
        ['R9', '电工四级技能（样本）', '60', '电工', '四级', '技能'],
      ],
      评分项: [
        ['评分表编号', '评分项编号', '评分项', '满分'],
        ['R9', '1', '安全', 40],
        ['R9', '2', '接线', 60],
      ],
    }),
  },
  theory: {
    sheet: '理论成绩',
    badId: 'bad-ticket',
    noSheet: 'sheet-not-found',
    read: (bytes) => readTheoryFile(bytes, theoryFactsOf({ T001: true, T002: true }, {})),
    book: table({
      理论成绩: [
        ['准考证号', '成绩'],
        ['T001', 78.5],
        ['T002', 60],
      ],
      别的: [['说明']],
    }),
  },
};

const at =
  (sheet: string, cell: string, value: unknown): Edit =>
  (book) => {
    const there = book.getWorksheet(sheet)!.getCell(cell);
    there.value = value as ExcelJS.CellValue;
    // A style of its own: exceljs shares one object among all cells that look alike.
    if (value instanceof Date) there.style = { ...there.style, numFmt: 'yyyy/m/d' };
  };
const lastColumn = (book: ExcelJS.Workbook, sheet: string) => book.getWorksheet(sheet)!.columnCount;

/** What is wrong, how it came about, and where it is named: place and code; `badId` and `noSheet` stand for the import's own. */
const KINDS: [kind: string, edit: (i: Import) => Edit, found: string][] = [
  ['a sheet that is hidden', (i) => (b) => (b.getWorksheet(i.sheet)!.state = 'hidden'), ' hidden-sheet'],
  ['a row that a filter hides', (i) => (b) => (b.getWorksheet(i.sheet)!.getRow(2).hidden = true), '2 hidden-row'],
  [
    'a title above the header',
    (i) => (b) => b.getWorksheet(i.sheet)!.insertRow(1, ['二〇二六年名册']),
    '2 header-not-first',
  ],
  [
    'a header that stands twice',
    (i) => (b) => {
      const page = b.getWorksheet(i.sheet)!;
      page.getCell(1, lastColumn(b, i.sheet) + 1).value = page.getCell('A1').value;
    },
    'last1 duplicate-column',
  ],
  ['a header renamed', (i) => at(i.sheet, 'A1', '别的列'), '1 missing-column'],
  [
    'nothing in the sheet at all',
    (i) => (b) => {
      b.removeWorksheet(i.sheet);
      b.addWorksheet(i.sheet);
    },
    ' empty-sheet',
  ],
  ['the sheet renamed', (i) => (b) => (b.getWorksheet(i.sheet)!.name = '工作表一'), ' noSheet'],
  ['an empty cell', (i) => at(i.sheet, 'A2', null), 'A2 missing'],
  ['white space that cannot be seen', (i) => at(i.sheet, 'A2', ' \u3000\u200b'), 'A2 missing'],
  [
    'a formula with an error',
    (i) => at(i.sheet, 'A2', { formula: 'X1', result: { error: '#N/A' } }),
    'A2 formula-error',
  ],
  ['a formula never computed', (i) => at(i.sheet, 'A2', { formula: 'X1' }), 'A2 formula-unknown'],
  ['an id turned into a date', (i) => at(i.sheet, 'A2', new Date(Date.UTC(2026, 0, 2))), 'A2 unexpected-date'],
  ['a long number typed as one', (i) => at(i.sheet, 'A2', 3.1e17), 'A2 digits-lost'],
  ['the same as text', (i) => at(i.sheet, 'A2', '3.10101E+17'), 'A2 digits-lost'],
  ['signs that an id does not have', (i) => at(i.sheet, 'A2', '\u202e??'), 'A2 badId'],
];

describe.each(Object.entries(IMPORTS))('%s', (_name, i) => {
  test('is good as it stands, and as hurried hands write it', async () => {
    const loose: Edit = (b) => {
      const cell = b.getWorksheet(i.sheet)!.getCell('A2');
      const wide = String(cell.value).replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      cell.value = `\u3000${wide} `;
    };
    expect((await i.read(await i.book(() => undefined))).ok).toBe(true);
    // Full-width letters and digits, and white space around them, mean the plain ones; not in an examiner's card number.
    const read = await i.read(await i.book(i.sheet === '档案' ? () => undefined : loose));
    expect(read.ok ? [] : read.error).toEqual([]);
  });

  test.each(KINDS)('%s', async (_kind, edit, found) => {
    let last = 'A';
    const bytes = await i.book((b) => {
      edit(i)(b);
      const page = b.getWorksheet(i.sheet);
      if (page) last = page.getColumn(Math.max(1, page.columnCount)).letter;
    });
    const read = await i.read(bytes);
    const places = read.ok ? [] : read.error.map((p) => `${p.column}${p.row > 0 ? p.row : ''} ${p.code}`);
    const expected = found.replace('last', last).replace('badId', i.badId).replace('noSheet', i.noSheet);
    expect(places).toContain(expected);
  });

  test.each([
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'workbook-old-format'],
    ['a picture', Buffer.from('504b0304ffd8', 'hex'), 'workbook-not-a-workbook'],
  ])('%s', async (_what, bytes, code) => {
    const read = await i.read(new Uint8Array(bytes));
    expect(read.ok ? [] : read.error.map((p) => p.code)).toEqual([code]);
  });
});

test('of kinds of error there are far more than forty, each with a sentence in both languages', () => {
  const kinds = new Set<string>([...PLAN_PROBLEM_CODES, ...DOSSIER_VIOLATION_CODES, ...IMPORT_PROBLEM_CODES]);
  expect(kinds.size).toBeGreaterThanOrEqual(140);
});
