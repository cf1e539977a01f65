import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { PlanProblem } from '../plan/contract.ts';
import { samplePlanRubric, theoryFactsOf } from './import-fixture.ts';
import { IMPORT_PROBLEM_CODES, importProblem } from './import-problems.ts';
import { readPartPassFile } from './part-pass-file.ts';
import { readRubricFile, rubricSchema, rubricTemplate } from './rubric-file.ts';
import { readTheoryFile, theoryTemplate } from './theory-file.ts';

const text = (s: string) => new TextEncoder().encode(s);
/** Code and place of everything wrong, as a person would look for it: `成绩 B3`. */
const found = (problems: readonly PlanProblem[]) =>
  problems.map((p) => `${p.code} ${p.column}${p.row > 0 ? p.row : ''}`.trim());
type Sheets = Record<string, (string | number | Date | { error: string })[][]>;
async function workbook(sheets: Sheets): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const page = book.addWorksheet(name);
    for (const row of rows) page.addRow(row);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a machine-marked theory file', () => {
  const facts = theoryFactsOf({ T001: true, T002: true, T003: false }, { T900: '上午技能第一场' });
  const theory = async (bytes: Uint8Array) => {
    const read = await readTheoryFile(bytes, facts);
    return read.ok ? read.value : found(read.error);
  };
  const csv = (...rows: string[]) => text(['准考证号,成绩,状态,场次编号,科目', ...rows].join('\n'));
  const good = ['T001,78.5,,,', 'T002,60,正常,S9,理论', 'T003,,缺考,,'];

  test('gives marks in whole tenths by candidate, in UTF-8, in GB 18030, by tabs, and as a workbook', async () => {
    const marks = { marks: { 'C-T001': 785, 'C-T002': 600 }, absent: 1 };
    expect(await theory(csv(...good))).toEqual(marks);
    expect(await theory(text(`\uFEFF${new TextDecoder().decode(csv(...good))}`))).toEqual(marks);
    expect(await theory(text(['考号\t分数', 'T001\t78.5', 't002\t60', 'T003\t'].join('\r\n')))).toEqual([
      'present-without-mark B4',
    ]);
    const gb = Buffer.from([0xd7, 0xbc, 0xbf, 0xbc, 0xd6, 0xa4, 0xba, 0xc5, 0x2c, 0xb3, 0xc9, 0xbc, 0xa8]);
    expect(await theory(Buffer.concat([gb, text('\nT001,78.5\nT002,60\n')]))).toEqual({ ...marks, absent: 0 });
    expect(
      await theory(
        await workbook({
          理论成绩: [
            ['准考证号', '成绩'],
            ['T001', 78.5],
            ['T002', '60'],
          ],
        }),
      ),
    ).toEqual({
      ...marks,
      absent: 0,
    });
    expect(await theory(csv('"T001","78.5",,,', '"T002",60,"",,'))).toEqual({ ...marks, absent: 0 });
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string[]]>([
    ['a number nobody has', () => csv(...good, 'T777,60,,,'), ['unknown-number A5']],
    ['a number of another session', () => csv(...good, 'T900,60,,,'), ['other-session A5']],
    ['a number twice', () => csv(...good, 'T001,60,,,'), ['number-twice A5']],
    ['somebody admitted who is missing', () => csv('T001,60,,,'), ['number-missing']],
    ['a mark above the maximum', () => csv('T001,100.1,,,', good[1]!), ['over-maximum B2']],
    ['a mark with two decimals', () => csv('T001,78.55,,,', good[1]!), ['bad-marks B2']],
    ['a mark below nothing', () => csv('T001,-1,,,', good[1]!), ['bad-marks B2']],
    ['a word for a mark', () => csv('T001,及格,,,', good[1]!), ['bad-marks B2']],
    [
      'absent with a mark',
      () => csv('T001,78,,,', good[1]!, 'T003,60,缺考,,'),
      ['absent-with-mark B4', 'mark-without-admission B4'],
    ],
    ['absent who was admitted', () => csv('T001,,缺考,,', good[1]!), ['absent-but-admitted C2']],
    ['a mark for somebody never admitted', () => csv(...good.slice(0, 2), 'T003,60,,,'), ['mark-without-admission B4']],
    ['neither a mark nor absent', () => csv('T001,,正常,,', good[1]!), ['present-without-mark B2']],
    ['a state nobody knows', () => csv('T001,60,迟到,,', good[1]!), ['bad-choice C2']],
    ['another session', () => csv('T001,60,,S1,', good[1]!), ['session-differs D2']],
    ['another part', () => csv('T001,60,,,技能', good[1]!), ['part-differs E2']],
    ['a number that is none', () => csv('T0/01,60,,,', ...good), ['bad-ticket A2']],
    ['no number at all', () => csv(',60,,,', ...good), ['missing A2']],
    ['no column of marks', () => text('准考证号,姓名\nT001,x'), ['missing-column 1']],
    ['a column twice', () => text('准考证号,成绩,分数\nT001,60,61'), ['duplicate-column C1']],
    ['an empty file', () => text(' \n'), ['text-empty']],
    ['a picture', () => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2]), ['text-encoding']],
    ['a quotation mark without its partner', () => csv('"T001,60,,,', ...good), ['text-quote 2']],
    [
      'more than 20,000 rows',
      () => csv(...Array.from({ length: 20_001 }, () => 'T001,60,,,')),
      ['text-too-many-rows 20001'],
    ],
    ['headers alone', () => csv(), ['too-few-rows']],
    ['an old .xls', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), ['workbook-old-format']],
    ['a broken workbook', () => Buffer.from('504b0304', 'hex'), ['workbook-not-a-workbook']],
    [
      'the number turned into a date by the spreadsheet program',
      () =>
        workbook({
          理论成绩: [
            ['准考证号', '成绩'],
            [new Date(0), 60],
            ['T001', 60],
            ['T002', 60],
          ],
        }),
      ['unexpected-date A2'],
    ],
    [
      'the number stored as a number, its last digits lost',
      () =>
        workbook({
          理论成绩: [
            ['准考证号', '成绩'],
            [2.026e18, 60],
            ['T001', 60],
            ['T002', 60],
          ],
        }),
      ['digits-lost A2'],
    ],
    [
      'a formula error',
      () =>
        workbook({
          理论成绩: [
            ['准考证号', '成绩'],
            ['T001', { error: '#N/A' }],
            ['T002', 60],
          ],
        }),
      ['formula-error B2'],
    ],
    ['two sheets and none of the name', () => workbook({ a: [['x']], b: [['y']] }), ['sheet-not-found']],
  ])('%s', async (_, bytes, problems) => {
    expect(await theory(await bytes())).toEqual(problems);
  });

  test('everything wrong is listed at once, by row and column', async () => {
    expect(await theory(csv('T777,101,,S1,技能', 'T001,x,,,', 'T001,60,,,'))).toEqual([
      'number-missing',
      'unknown-number A2',
      'over-maximum B2',
      'session-differs D2',
      'part-differs E2',
      'bad-marks B3',
      'number-twice A4',
    ]);
  });

  test('the template, filled in, is read', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(await theoryTemplate(['T001', 'T002'])) as unknown as ArrayBuffer);
    const [sheet] = book.worksheets;
    sheet!.getCell('B2').value = 78.5;
    sheet!.getCell('B3').value = '60';
    expect(await theory(new Uint8Array(await book.xlsx.writeBuffer()))).toMatchObject({
      marks: { 'C-T001': 785, 'C-T002': 600 },
    });
  });
});

describe('a file of rubrics', () => {
  const heads = {
    评分表: ['评分表编号', '评分表名称', '合格分', '职业', '等级', '科目', '限时'],
    评分项: ['评分表编号', '评分项编号', '评分项', '满分', '模块', '给分单位', '限时'],
    扣分项: ['评分表编号', '评分项编号', '扣分原因', '扣分'],
    否决项: ['评分表编号', '否决项编号', '否决情形'],
  };
  const rubric = ['R9', '电工四级技能（样本）', '60', '电工', '四级', '技能', '60'];
  const items = [
    ['R9', '1', '安全', '40', '安全文明', '0.5', '20'],
    ['R9', '2', '接线', '60', '操作', '', '40'],
  ];
  type Change = Partial<Record<keyof typeof heads, (string | number)[][]>>;
  const file = (change: Change = {}, without: string[] = []) => {
    const rows: Record<string, (string | number)[][]> = {
      评分表: [rubric],
      评分项: items,
      扣分项: [],
      否决项: [],
      ...change,
    };
    return workbook(
      Object.fromEntries(
        Object.entries(heads).flatMap(([name, head]) =>
          without.includes(name) ? [] : [[name, [head, ...rows[name]!]]],
        ),
      ),
    );
  };
  const read = async (bytes: Uint8Array) => {
    const result = await readRubricFile(bytes);
    return result.ok ? result.value : result.error.map((p) => `${p.sheet} ${found([p])[0]}`.trim());
  };
  const item = (i: number, column: number, value: string) =>
    items.map((row, n) => (n === i ? row.map((cell, c) => (c === column ? value : cell)) : row));
  const head = (column: number, value: string) => [rubric.map((cell, c) => (c === column ? value : cell))];

  test('is read with parts, steps, times, deductions and vetoes, from a workbook and from JSON alike', async () => {
    const bytes = await file({ 扣分项: [['R9', '1', '未验电', '5']], 否决项: [['R9', 'V1', '带电作业']] });
    const rubrics = await read(bytes);
    expect(rubrics).toEqual([samplePlanRubric]);
    expect(await read(text(JSON.stringify({ format: 'kaodian-rubrics/1', rubrics })))).toEqual(rubrics);
    expect(await read(await file({}, ['扣分项', '否决项']))).toMatchObject([{ rubricId: 'R9' }]);
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string[]]>([
    ['no occupation', () => file({ 评分表: head(3, '') }), ['评分表 rubric-field-missing D2']],
    ['no level', () => file({ 评分表: head(4, '') }), ['评分表 rubric-field-missing E2']],
    ['a level nobody knows', () => file({ 评分表: head(4, '九级') }), ['评分表 bad-choice E2']],
    ['theory', () => file({ 评分表: head(5, '理论') }), ['评分表 rubric-theory F2']],
    ['a pass mark above 100', () => file({ 评分表: head(2, '101') }), ['评分表 rubric-pass-above-sum C2']],
    ['a time that is no number', () => file({ 评分表: head(6, '一小时') }), ['评分表 bad-number G2']],
    ['less time than its items', () => file({ 评分表: head(6, '50') }), ['评分表 item-minutes G2']],
    ['items that sum to 99', () => file({ 评分项: item(1, 3, '59') }), ['评分表 rubric-sum A2']],
    ['a rubric without items', () => file({ 评分项: [] }), ['评分表 rubric-without-items A2']],
    ['an item twice', () => file({ 评分项: item(1, 1, '1') }), ['评分项 duplicate B3']],
    [
      'an item of no rubric',
      () => file({ 评分项: [...items, ['R8', '1', 'x', '1', '', '', '']] }),
      ['评分项 unknown-reference A4'],
    ],
    ['a maximum between the steps', () => file({ 评分项: item(0, 5, '0.7') }), ['评分项 item-step F2']],
    ['a step of nothing', () => file({ 评分项: item(0, 5, '0') }), ['评分项 bad-marks F2']],
    [
      'a section begun again',
      () =>
        file({
          评分项: [
            ['R9', '1', 'a', '30', '甲', '', ''],
            ['R9', '2', 'b', '30', '乙', '', ''],
            ['R9', '3', 'c', '40', '甲', '', ''],
          ],
        }),
      ['评分项 section-torn E4'],
    ],
    ['an item without a title', () => file({ 评分项: item(0, 2, '') }), ['评分项 missing C2']],
    [
      'a deduction above its item',
      () => file({ 扣分项: [['R9', '1', 'x', '41']] }),
      ['扣分项 deduction-above-item D2'],
    ],
    ['a deduction between the steps', () => file({ 扣分项: [['R9', '1', 'x', '0.7']] }), ['扣分项 deduction-step D2']],
    ['a deduction of no item', () => file({ 扣分项: [['R9', '7', 'x', '1']] }), ['扣分项 unknown-reference B2']],
    [
      'a veto twice',
      () =>
        file({
          否决项: [
            ['R9', 'V1', 'x'],
            ['R9', 'V1', 'y'],
          ],
        }),
      ['否决项 duplicate B3'],
    ],
    ['a veto without words', () => file({ 否决项: [['R9', 'V1', '']] }), ['否决项 missing C2']],
    ['no sheet of items', () => file({}, ['评分项']), ['评分项 missing-sheet']],
    ['broken JSON', () => text('{"format":'), ['json-syntax']],
    [
      'JSON of another shape',
      () => text('{"format":"kaodian-rubrics/1","rubrics":[{"rubricId":"R1"}]}'),
      Array.from({ length: 6 }, () => 'json-shape'),
    ],
  ])('%s', async (_, bytes, problems) => {
    expect(await read(await bytes())).toEqual(problems);
  });

  test('the schema on paper is the one that is asked', async () => {
    const written = await readFile(join(import.meta.dirname, '../../../docs/schemas/rubrics.schema.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(rubricSchema())));
  });

  test('the template holds four sheets, and its examples are not read', async () => {
    expect(await read(await rubricTemplate())).toEqual(['评分表 too-few-rows']);
  });
});

describe('a file of parts passed before', () => {
  const sessions = [{ startsAtMs: Date.UTC(2026, 2, 1, 1) }] as never;
  const heads = '证件号码,职业,等级,科目,成绩,合格日期,依据';
  const row = '11010119900307001X,电工,四级,理论,70,2025-09-01,样本公布〔2025〕3号';
  const read = async (...rows: string[]) => {
    const result = await readPartPassFile(text([heads, ...rows].join('\n')), sessions);
    return result.ok ? result.value : found(result.error);
  };
  const changed = (column: number, value: string) =>
    row
      .split(',')
      .map((c, i) => (i === column ? value : c))
      .join(',');

  test('is read', async () => {
    expect(await read(row)).toMatchObject([{ part: 'theory', scoreTenths: 700, passedOn: '2025-09-01', level: '4' }]);
  });

  test.each([
    ['a score below the bar', [changed(4, '59.9')], ['part-pass-below E2']],
    ['a day after the session', [changed(5, '2026-03-01')], ['part-pass-late F2']],
    ['a day that is none', [changed(5, '2025-02-30')], ['bad-date F2']],
    ['the same twice', [row, row], ['part-pass-twice A3']],
    ['a number that is none', [changed(0, '1')], ['bad-document-number A2']],
    ['a part nobody knows', [changed(3, '面试')], ['bad-choice D2']],
    ['no source', [changed(6, '')], ['missing G2']],
    ['nobody', [], ['too-few-rows']],
  ])('%s', async (_, rows, problems) => {
    expect(await read(...rows)).toEqual(problems);
  });
});

test.each(IMPORT_PROBLEM_CODES)('%s is said in both languages', (code) => {
  const { zh, en } = importProblem('', 1, 1, code, { number: 'x' }).text;
  expect([/\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([true, false]);
});
