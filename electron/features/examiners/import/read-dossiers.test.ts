import type ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { PLAN_PROBLEM_CODES } from '../../plan/problem-texts.ts';
import { aRecord } from '../dossier-fixture.ts';
import type { DossierVersion } from '../store.ts';
import { dossierBook } from './book-fixture.ts';
import { mergeDossier } from './merge.ts';
import { DOSSIER_VIOLATION_CODES, dossierProblemText } from './problem-texts.ts';
import { readDossiers } from './read-dossiers.ts';
import type { OnFile } from './violations.ts';

const NOW = Date.UTC(2026, 5, 1);
const DOCUMENT = '110101199001011237';
const version = (dossierId: string, record: DossierVersion['record']): DossierVersion => ({
  versionId: 1,
  dossierId,
  replaces: null,
  record,
  atMs: 0,
  byStaffId: 'S1',
  source: 'form',
  reason: '样本',
});
/** On file: 甲 with an old card, 丙 excluded for life under a card of her own. */
const files = [
  version('D1', aRecord({ cardNumber: 'OLD-1', name: '甲（样本）' })),
  version('D3', aRecord({ cardNumber: 'KP-3', name: '丙（样本）', pool: 'excluded', documentNumber: DOCUMENT })),
];
const onFile: OnFile = {
  current: files,
  idsOf: (p) =>
    files.filter((v) => v.record.cardNumber === p.cardNumber && v.record.name === p.name).map((v) => v.dossierId),
};

async function problemsOf(edit: (book: ExcelJS.Workbook) => void): Promise<string[]> {
  const read = await readDossiers(await dossierBook(edit), onFile, NOW);
  return read.ok ? [] : read.error.map((p) => `${p.sheet} ${p.column}${p.row} ${p.code}`);
}
type Edit = (sheet: (name: string) => ExcelJS.Worksheet, book: ExcelJS.Workbook) => void;
const edited = (edit: Edit) => problemsOf((book) => edit((name) => book.getWorksheet(name)!, book));

test('the sample workbook is good, and tells what to look at', async () => {
  const read = await readDossiers(await dossierBook(), onFile, NOW);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect(read.value.rows.persons.map((p) => p.name)).toEqual(['甲（样本）', '乙（样本）']);
  expect(read.value.warnings.map((p) => `${p.sheet} ${p.column}${p.row} ${p.code}`)).toEqual([
    '档案 G3 card-expired',
    '考评范围 C4 level-above-grade',
  ]);
});

function emptied(sheet: ExcelJS.Worksheet, fromRow: number): void {
  for (let row = fromRow; row <= sheet.rowCount; row += 1) sheet.getRow(row).eachCell((cell) => (cell.value = null));
}

/** Every kind of fault, with the cell that is named for it. */
describe.each<[string, Edit, string[]]>([
  ['no card number', (s) => (s('档案').getCell('A2').value = null), ['档案 A2 missing', ...LEFT_ALONE('KP-1')]],
  ['no name', (s) => (s('档案').getCell('B2').value = null), ['档案 B2 missing']],
  [
    'a number that lost digits',
    (s) => (s('档案').getCell('D2').value = 1.1010119900101123e17),
    ['档案 D2 digits-lost'],
  ],
  [
    'a document number of a wrong shape',
    (s) => (s('档案').getCell('D2').value = '12'),
    ['档案 D2 bad-document-number'],
  ],
  [
    'a wrong check digit',
    (s) => (s('档案').getCell('D2').value = '110101199001011238'),
    ['档案 D2 document-check-digit'],
  ],
  [
    'a birth date that is none',
    (s) => (s('档案').getCell('D2').value = '110101199013011234'),
    ['档案 D2 document-birth-date'],
  ],
  ['a formula error', (s) => (s('档案').getCell('E2').value = { error: '#N/A' } as never), ['档案 E2 formula-error']],
  [
    'a formula without result',
    (s) => (s('档案').getCell('E2').value = { formula: 'A1' } as never),
    ['档案 E2 formula-unknown'],
  ],
  ['a grade there is none of', (s) => (s('档案').getCell('E2').value = '特级'), ['档案 E2 bad-choice']],
  ['a day that is none', (s) => (s('档案').getCell('F2').value = '2026-02-30'), ['档案 F2 bad-date']],
  ['a name turned into a date', (s) => (s('档案').getCell('B2').value = new Date(0)), ['档案 B2 unexpected-date']],
  ['a name with control characters', (s) => (s('档案').getCell('B2').value = '甲\u202e'), ['档案 B2 bad-text']],
  [
    'a card that ends before it begins',
    (s) => (s('档案').getCell('G2').value = '2020-01-01'),
    ['档案 G2 card-days-reversed'],
  ],
  ['a status there is none of', (s) => (s('档案').getCell('H2').value = '好'), ['档案 H2 bad-choice']],
  ['a list there is none of', (s) => (s('档案').getCell('J2').value = '身高'), ['档案 J2 bad-choice']],
  [
    'the same card twice',
    (s) => {
      s('档案').getCell('A3').value = 'KP-1';
    },
    ['档案 A3 card-twice', ...LEFT_ALONE('KP-2')],
  ],
  [
    'the same document number twice',
    (s) => {
      for (const row of [2, 3]) s('档案').getCell(row, 4).value = '110101198001010037';
    },
    ['档案 D3 document-twice'],
  ],
  [
    'a document number on file of another',
    (s) => (s('档案').getCell('D2').value = DOCUMENT),
    ['档案 D2 document-on-file'],
  ],
  [
    'a card on file under another name',
    (s) => {
      s('档案').addRow(['KP-3', '丁（样本）']);
    },
    ['档案 A4 card-of-another'],
  ],
  ['a former card nobody had', (s) => (s('档案').getCell('C3').value = 'OLD-9'), ['档案 C3 former-card-unknown']],
  [
    'somebody excluded for life in the pool again',
    (s) => {
      s('档案').addRow(['KP-3', '丙（样本）', null, null, null, null, null, '在库']);
    },
    ['档案 H4 excluded-for-life'],
  ],
  ['a person of no dossier', (s) => (s('考评范围').getCell('A2').value = 'KP-9'), ['考评范围 A2 no-such-person']],
  ['an occupation twice', (s) => s('考评范围').addRow(['KP-1', '电工', '五级']), ['考评范围 B5 scope-twice']],
  ['no occupation', (s) => (s('考评范围').getCell('B2').value = null), ['考评范围 B2 missing']],
  ['a level there is none of', (s) => (s('考评范围').getCell('C2').value = '六级'), ['考评范围 C2 bad-choice']],
  ['a year as text', (s) => (s('年度考核').getCell('B2').value = '去年'), ['年度考核 B2 bad-number']],
  ['a year out of range', (s) => (s('年度考核').getCell('B2').value = 25), ['年度考核 B2 bad-number']],
  ['a year to come', (s) => (s('年度考核').getCell('B2').value = 2027), ['年度考核 B2 year-in-future']],
  ['a year twice', (s) => s('年度考核').addRow(['KP-1', 2025, '合格']), ['年度考核 B4 year-twice']],
  ['a result there is none of', (s) => (s('年度考核').getCell('C2').value = '优秀'), ['年度考核 C2 bad-choice']],
  ['hours with a fraction', (s) => (s('培训学时').getCell('C2').value = 1.5), ['培训学时 C2 bad-number']],
  ['hours below nothing', (s) => (s('培训学时').getCell('C2').value = -1), ['培训学时 C2 bad-number']],
  [
    'an end before the beginning',
    (s) => (s('工作单位').getCell('D2').value = '2001-01-01'),
    ['工作单位 D2 days-reversed'],
  ],
  ['a row twice', (s) => s('工作单位').addRow(['KP-1', '某单位（样本）', '2015-01-01']), ['工作单位 A4 row-twice']],
  ['no institution', (s) => s('培训任职').addRow(['KP-1', null, '2015-01-01']), ['培训任职 B2 missing']],
  [
    'more rows of one person than a dossier holds',
    (s) => {
      for (let i = 0; i < 41; i += 1) s('培训任职').addRow(['KP-1', `机构${i}（样本）`]);
    },
    ['培训任职 A42 too-many-of-one'],
  ],
  ['a tie to nobody', (s) => s('回避关系').addRow(['KP-1', '近亲属']), ['回避关系 C3 tie-without-other']],
  [
    'a tie to two',
    (s) => s('回避关系').addRow(['KP-1', '师徒', DOCUMENT, 'KP-2', '乙']),
    ['回避关系 D3 tie-with-both'],
  ],
  [
    'a tie to a card without a name',
    (s) => s('回避关系').addRow(['KP-1', '师徒', null, 'KP-2']),
    ['回避关系 E3 tie-without-name'],
  ],
  ['a tie to oneself', (s) => s('回避关系').addRow(['KP-1', '其他', null, 'KP-1', '甲']), ['回避关系 D3 tie-to-self']],
  ['a kind of tie there is none of', (s) => (s('回避关系').getCell('B2').value = '同学'), ['回避关系 B2 bad-choice']],
  [
    'a session to come',
    (s) => (s('考评经历').getCell('E2').value = '2026-07-01 09:00'),
    ['考评经历 E2 served-in-future'],
  ],
  ['a time that is none', (s) => (s('考评经历').getCell('E2').value = '早上'), ['考评经历 E2 bad-time']],
  ['an id that is none', (s) => (s('考评经历').getCell('B2').value = '第一场'), ['考评经历 B2 bad-id']],
  [
    'a session twice',
    (s) => s('考评经历').addRow(['KP-1', 'P1', 'SITE-1', '101', '2026-01-10 09:00']),
    ['考评经历 B3 row-twice'],
  ],
  [
    'two places at one time',
    (s) => s('考评经历').addRow(['KP-1', 'P1', 'SITE-2', '101', '2026-01-10 09:00']),
    ['考评经历 E3 served-in-two-places'],
  ],
  ['no sheet of persons', (s, book) => book.removeWorksheet(s('档案').id), ['档案 0 missing-sheet']],
  ['no rows of persons', (s) => emptied(s('档案'), 2), ['档案 0 too-few-rows']],
  ['a missing column', (s) => s('考评范围').spliceColumns(2, 1), ['考评范围 1 missing-column']],
  ['a column twice', (s) => (s('考评范围').getCell('D1').value = '职业'), ['考评范围 D1 duplicate-column']],
  ['a sheet without headers', (s) => emptied(s('考评范围'), 1), ['考评范围 0 empty-sheet']],
])('%s', (_, edit, expected) => {
  test('is named by its cell, and nothing comes back', async () => expect(await edited(edit)).toEqual(expected));
});

/** Rows of list sheets that point to a person who is gone from 档案, in the sample workbook. */
function LEFT_ALONE(...cards: string[]): string[] {
  const rows: [card: string, sheet: string, row: number][] = [
    ['KP-1', '考评范围', 2],
    ['KP-1', '考评范围', 3],
    ['KP-2', '考评范围', 4],
    ['KP-1', '年度考核', 2],
    ['KP-2', '年度考核', 3],
    ['KP-1', '培训学时', 2],
    ['KP-1', '工作单位', 2],
    ['KP-2', '工作单位', 3],
    ['KP-1', '回避关系', 2],
    ['KP-1', '考评经历', 2],
  ];
  return rows.filter(([card]) => cards.includes(card)).map(([, sheet, row]) => `${sheet} A${row} no-such-person`);
}

test('a file that is no workbook is one problem', async () => {
  const read = await readDossiers(Buffer.from('档案'), onFile, NOW);
  expect(read).toMatchObject({ ok: false, error: [{ code: 'workbook-not-a-workbook', row: 0 }] });
});

test('every code has a sentence in both languages, and none shows a number', () => {
  for (const code of [...DOSSIER_VIOLATION_CODES, ...PLAN_PROBLEM_CODES]) {
    const { zh, en } = dossierProblemText(code, { header: 'X', otherRow: '3', value: 'KP-1', max: '9' });
    expect(zh).not.toMatch(/[{}]/);
    expect(zh.length * en.length).toBeGreaterThan(0);
    expect(zh + en).not.toContain(DOCUMENT);
  }
});

describe('what a file makes of a dossier', () => {
  const rowsOf = async (edit?: Edit) => {
    const book = await dossierBook((b) => edit?.((name) => b.getWorksheet(name)!, b));
    const read = await readDossiers(book, onFile, NOW);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return read.value.rows;
  };
  test('of somebody new all that the file does not say is not known', async () => {
    const rows = await rowsOf((s, book) => {
      for (const name of ['任教班级', '回避关系', '考评经历']) book.removeWorksheet(s(name).id);
    });
    const record = mergeDossier(rows.persons[1]!, rows, null);
    expect(record.incomplete.toSorted()).toEqual(['employers', 'served', 'taught', 'ties']);
    expect(record).toMatchObject({ grade: 'examiner', pool: null, cardFrom: '2020-06-21', trainingHours: [] });
  });
  test('an empty cell and a sheet that is not there leave what is on file; a sheet that is there replaces the list', async () => {
    const before = aRecord({
      cardNumber: 'OLD-1',
      name: '甲（样本）',
      pool: 'suspended',
      taught: [{ classId: 'K', from: null, until: null }],
    });
    const rows = await rowsOf((s, book) => {
      s('档案').getCell('H2').value = null;
      s('档案').getCell('C2').value = 'OLD-1';
      book.removeWorksheet(s('任教班级').id);
    });
    const record = mergeDossier(rows.persons[0]!, rows, before);
    expect(record).toMatchObject({ cardNumber: 'KP-1', pool: 'suspended', taught: before.taught, trainingPosts: [] });
    expect(record.trainingHours).toEqual([{ year: 2025, hours: 24 }]);
    expect(record.incomplete).toEqual([]);
  });
});
