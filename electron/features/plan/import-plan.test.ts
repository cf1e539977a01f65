import type ExcelJS from 'exceljs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { importPlan, type NamedFile } from './import-plan.ts';
import { aPlan, editedWorkbook, OTHER_KEY, pngHead, withBlocked } from './plan-fixture.ts';
import { writeWorkbook } from './write-workbook.ts';
import { writeStoredZip } from './write-zip.ts';

const { plan, photos, files } = aPlan();
let sound: Uint8Array;
beforeAll(async () => {
  sound = await writeWorkbook(plan);
});

type Edit = (book: ExcelJS.Workbook) => void;
const put =
  (sheet: string, address: string, value: ExcelJS.CellValue): Edit =>
  (book) => {
    book.getWorksheet(sheet)!.getCell(address).value = value;
  };
const putDate =
  (sheet: string, address: string, readingMs: number): Edit =>
  (book) => {
    const cell = book.getWorksheet(sheet)!.getCell(address);
    cell.value = new Date(readingMs);
    // A style of its own: exceljs shares one object among all cells that look alike.
    cell.style = { ...cell.style, numFmt: 'yyyy/m/d h:mm' };
  };
/** Empties a sheet down to its header row, or of that too. */
const cleared =
  (name: string, keepHeader: boolean): Edit =>
  (book) => {
    const header = book.getWorksheet(name)!.getRow(1).values as ExcelJS.CellValue[];
    book.removeWorksheet(name);
    const sheet = book.addWorksheet(name);
    if (keepHeader) sheet.addRow(header.slice(1));
  };
const all =
  (...edits: Edit[]): Edit =>
  (book) => {
    for (const edit of edits) edit(book);
  };

async function problemsOf(edit: Edit, picked: NamedFile[] = files): Promise<string[]> {
  const result = await importPlan({ workbook: await editedWorkbook(plan, edit), photos: picked });
  return result.ok ? [] : result.error.problems.map((p) => `${p.sheet} ${p.column}${p.row} ${p.code}`);
}

test('a plan written as a workbook comes back as the same plan, with its photos by hash and no warning', async () => {
  expect(await importPlan({ workbook: sound, photos: files })).toEqual({
    ok: true,
    value: { plan, photos, warnings: [] },
  });
});

test('an empty workstation is drawn at admission, one that is wrong is only wrong', async () => {
  const emptied = all(put('考生', 'D2', null), put('考生', 'D3', null));
  const result = await importPlan({ workbook: await editedWorkbook(plan, emptied), photos: files });
  const candidates = plan.candidates.map((c, i) => (i < 2 ? { ...c, workstationId: null } : c));
  expect(result).toMatchObject({ ok: true, value: { plan: { ...plan, candidates } } });
  if (!result.ok) return;
  const again = await importPlan({ workbook: await writeWorkbook(result.value.plan), photos: files });
  expect(again).toMatchObject({ ok: true, value: { plan: result.value.plan } });
  // The row with the wrong cell does not count as one that draws: one complaint, not two.
  expect(await problemsOf(all(put('考生', 'D2', null), put('考生', 'D3', 'x y/')))).toEqual(['考生 D3 bad-id']);
  const taken = all(put('考生', 'D2', null), put('工位', 'B2', '202'));
  expect(await problemsOf(taken)).toEqual(['考生 D2 too-few-workstations']);
});

test('every member of a plan survives the workbook, the optional ones too', async () => {
  const full = structuredClone(plan);
  full.centre.supervisionRecipient = full.centre.recipient;
  full.centre.verificationKeys = [`${full.centre.verificationKeys[0]} first key`, full.centre.verificationKeys[0]!];
  full.centre.revokedKeys = [sshPublicKeyLine(OTHER_KEY)];
  full.sessions.push({ ...full.sessions[0]!, sessionId: 'S2' as never, part: 'theory', rubricId: null });
  full.sessions[1]!.startsAtMs += 86_400_000;
  full.sessions[1]!.endsAtMs += 86_400_000;
  full.candidates.push({
    ...full.candidates[0]!,
    candidateId: 'C13' as never,
    sessionId: 'S2' as never,
    sex: undefined,
  });
  full.candidates[1]!.name = '𠮷·阿卜杜 拉（样本）';
  full.examiners[0]!.occupations = ['电工', '焊工'];
  const read = await importPlan({ workbook: await writeWorkbook(full), photos: files });
  expect(read).toEqual({ ok: true, value: { plan: full, photos, warnings: [] } });
});

const fullWidth = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

// Each line: what is wrong, how, and the one cell that must be named.
const CELLS: [what: string, edit: Edit, problem: string][] = [
  ['an empty required cell', put('考生', 'F3', null), '考生 F3 missing'],
  ['only white space', put('考生', 'F3', ' \u3000\u200b'), '考生 F3 missing'],
  ['a formula error', put('考生', 'F3', { error: '#REF!' }), '考生 F3 formula-error'],
  ['a formula without result', put('考生', 'F3', { formula: 'A1' } as never), '考生 F3 formula-unknown'],
  [
    'a formula with an error result',
    put('评分项', 'D2', { formula: 'A1', result: { error: '#N/A' } } as never),
    '评分项 D2 formula-error',
  ],
  ['a document number typed as a number', put('考生', 'H3', 3.1e17), '考生 H3 digits-lost'],
  ['an id turned into a date', putDate('考生', 'A3', Date.UTC(2026, 0, 2)), '考生 A3 unexpected-date'],
  ['an id in Chinese', put('考生', 'A3', '第三'), '考生 A3 bad-id'],
  ['an id of 41 characters', put('考生', 'A3', 'A'.repeat(41)), '考生 A3 bad-id'],
  ['a name of 61 characters', put('考生', 'F3', '某'.repeat(61)), '考生 F3 bad-text'],
  ['a name that turns the writing direction', put('考生', 'F3', '某\u202e某'), '考生 F3 bad-text'],
  ['an unknown word for the sex', put('考生', 'I3', '不详'), '考生 I3 bad-choice'],
  ['an unknown document type', put('考生', 'G3', '学生证'), '考生 G3 bad-choice'],
  ['an unknown part', put('场次', 'C2', '实操课'), '场次 C2 bad-choice'],
  ['an unknown level', put('场次', 'E2', '六级'), '场次 E2 bad-choice'],
  ['an unknown duty', put('考评小组', 'D3', '观察员'), '考评小组 D3 bad-choice'],
  ['a date without time', put('场次', 'F2', '2026-03-01'), '场次 F2 bad-time'],
  ['30 February', put('场次', 'F2', '2026-02-30 09:00'), '场次 F2 bad-time'],
  ['25 o’clock', put('场次', 'F2', '2026-03-01 25:00'), '场次 F2 bad-time'],
  ['marks with two decimals', put('评分项', 'D2', 5.25), '评分项 D2 bad-marks'],
  ['negative marks', put('评分项', 'D2', -5), '评分项 D2 bad-marks'],
  ['marks in words', put('评分项', 'D2', '五分'), '评分项 D2 bad-marks'],
  ['no marks at all for an item', put('评分项', 'D2', 0), '评分项 D2 bad-marks'],
  ['a ticket number of three digits', put('考生', 'E3', '123'), '考生 E3 bad-ticket'],
  ['a ticket number with a slash', put('考生', 'E3', '2026/0001'), '考生 E3 bad-ticket'],
  ['a document number with a stroke', put('考生', 'H3', '3101991900-0101'), '考生 H3 bad-document-number'],
  ['a photo name with a folder', put('考生', 'J3', '../C02.jpg'), '考生 J3 bad-photo-name'],
  ['a photo that is a gif', put('考生', 'J3', 'C02.gif'), '考生 J3 bad-photo-name'],
  [
    'an age key with one wrong letter',
    put('鉴定中心', 'B2', plan.centre.recipient.replace('y27', 'y28')),
    '鉴定中心 B2 bad-recipient',
  ],
  ['an RSA key', put('鉴定中心', 'C2', 'ssh-rsa AAAAB3NzaC1yc2E='), '鉴定中心 C2 bad-key'],
  ['a rule pack with capitals and spaces', put('计划', 'C2', '全国'), '计划 C2 bad-rule-pack'],
  ['an examiner without occupation', put('考评员', 'F2', '、、'), '考评员 F2 bad-text'],
  ['a candidate id twice', put('考生', 'A4', 'C01'), '考生 A4 duplicate'],
  ['a ticket twice in a session', put('考生', 'E4', '202600000001'), '考生 E4 duplicate-in-session'],
  [
    'a document twice in a session',
    put('考生', 'H4', fullWidth(plan.candidates[0]!.documentNumber)),
    '考生 H4 duplicate-in-session',
  ],
  ['a workstation twice in a session', put('考生', 'D4', '201-1'), '考生 D4 workstation-taken'],
  [
    'an examiner id twice',
    (b) => void b.getWorksheet('考评员')!.addRow(['E01', '辛（样本）', '考评员', 'X1', '某单位', '电工']),
    '考评员 A9 duplicate',
  ],
  ['an unknown session', put('考生', 'B4', 'S9'), '考生 B4 unknown-reference'],
  ['an unknown room of a camera', put('摄像机', 'A2', '203'), '摄像机 A2 unknown-reference'],
  ['an unknown rubric', put('场次', 'H2', 'R9'), '场次 H2 unknown-reference'],
  ['an unknown examiner in a panel', put('考评小组', 'C3', 'E99'), '考评小组 C3 unknown-reference'],
  ['an unknown item of a deduction', put('扣分项', 'B2', '99'), '扣分项 B2 unknown-reference'],
  ['a workstation of another room', put('考生', 'C4', '202'), '考生 D4 workstation-in-other-room'],
  ['an end before the start', put('场次', 'G2', '2026-03-01 08:59'), '场次 G2 session-times'],
  ['an end two days later', put('场次', 'G2', '2026-03-03 11:00'), '场次 G2 session-too-long'],
  ['a skills session without rubric', put('场次', 'H2', null), '场次 H2 session-without-rubric'],
  ['a panel without lead', put('考评小组', 'D2', '组员'), '考评小组 D2 panel-without-lead'],
  ['a panel with two leads', put('考评小组', 'D3', '组长'), '考评小组 D3 panel-with-two-leads'],
  ['an examiner twice in a panel', put('考评小组', 'C4', 'E02'), '考评小组 C4 examiner-twice-in-panel'],
  ['an examiner in two rooms', put('考评小组', 'C6', 'E02'), '考评小组 C6 examiner-in-two-rooms'],
  ['items that sum to 99.9', put('评分项', 'D2', 4.9), '评分表 A2 rubric-sum'],
  ['a pass mark above 100', put('评分表', 'C2', 101), '评分表 C2 rubric-pass-above-sum'],
  ['a deduction above its item', put('扣分项', 'D2', '5.1'), '扣分项 D2 deduction-above-item'],
  ['a wrong check digit', put('考生', 'H4', '310199190001010051'), '考生 H4 document-check-digit'],
  ['a day that is no day', put('考生', 'H4', '310199190002300011'), '考生 H4 document-check-digit'],
  ['a resident number of 17 digits', put('考生', 'H4', '31019919000101005'), '考生 H4 document-shape'],
  ['a foreigner’s number as a resident’s', put('考生', 'H4', '931586198001010028'), '考生 H4 document-other-type'],
  ['the photo of another candidate', put('考生', 'J4', 'c01.JPG'), '考生 J4 photo-shared'],
  ['a photo that is not in the folder', put('考生', 'J4', 'C99.jpg'), '考生 J4 photo-missing'],
];

describe('a wrong cell is the one problem and is named by sheet, column and row', () => {
  test.each(CELLS)('%s', async (_, edit, problem) => {
    expect(await problemsOf(edit)).toEqual([problem]);
  });
});

// What people and spreadsheet programs do to a good value without making it wrong.
const FORGIVEN: [what: string, edit: Edit][] = [
  ['full-width digits in an id', put('考生', 'A2', 'Ｃ０１')],
  ['a room id typed as a number', all(put('考场', 'A2', 201), put('考生', 'C2', 201))],
  ['a ticket number typed as a number', put('考生', 'E2', 202600000001)],
  ['rich text', put('考生', 'F2', { richText: [{ text: '赵' }, { font: { bold: true }, text: '一（样本）' }] })],
  ['a link', put('考生', 'J2', { text: 'C01.jpg', hyperlink: 'file:///C01.jpg' })],
  ['a formula with its result', put('考生', 'E2', { formula: 'A1', result: '202600000001' } as never)],
  ['spaces around a name', put('考生', 'F2', '\u00a0赵一（样本）\u3000')],
  [
    'spaces inside a document number',
    put('考生', 'H2', plan.candidates[0]!.documentNumber.replace('19000101', ' 19000101\u3000')),
  ],
  ['a lower-case x', put('考生', 'H7', plan.candidates[5]!.documentNumber.toLowerCase())],
  ['another word for the level', put('场次', 'E2', '四级/中级工')],
  ['a date cell', putDate('场次', 'F2', Date.UTC(2026, 2, 1, 9, 0))],
  ['a day number', put('场次', 'F2', 46082.375)],
  ['a Chinese date', put('场次', 'F2', '2026年3月1日 上午9时')],
  ['a date with slashes and seconds', put('场次', 'F2', '2026/3/1 9:00:00')],
  ['marks as text', put('评分项', 'D2', '５．０分')],
  ['the photo name in capitals', put('考生', 'J2', 'C01.JPG')],
  ['blank rows between', (book) => void book.getWorksheet('考生')!.insertRow(5, [])],
  ['an example row', (book) => void book.getWorksheet('考生')!.insertRow(2, ['【示例】C001', 'S9', 'x'])],
  ['a star on the header', put('考生', 'F1', ' 姓名 *')],
  ['another header for the number', put('考生', 'H1', '身份证号码')],
  [
    'merged cells of one session',
    (book) => {
      const sheet = book.getWorksheet('考生')!;
      sheet.unMergeCells('B2:B7');
      sheet.mergeCells('B2:B7');
    },
  ],
];

describe('what a spreadsheet program or a hurried hand does is understood', () => {
  test.each(FORGIVEN)('%s', async (_, edit) => {
    const read = await importPlan({ workbook: await editedWorkbook(plan, edit), photos: files });
    if (!read.ok) throw new Error(JSON.stringify(read.error.problems));
    const { photo: _photo, ...first } = read.value.plan.candidates[0]!;
    const { photo: _other, ...expected } = plan.candidates[0]!;
    expect(first).toEqual(expected);
    const rest = (p: typeof plan) => ({ ...p, candidates: p.candidates.map((c) => ({ ...c, photo: c.photo.sha256 })) });
    expect(rest(read.value.plan)).toEqual(rest(plan));
  });
});

const SHEET_FAULTS: [what: string, edit: Edit, problems: string[]][] = [
  ['a missing sheet', (b) => b.removeWorksheet('考评员'), ['考评员 0 missing-sheet']],
  ['a missing column', put('考生', 'F1', null), ['考生 1 missing-column']],
  ['a header twice', put('考生', 'K1', '姓名'), ['考生 K1 duplicate-column']],
  ['no rows', cleared('考生', true), ['考生 0 too-few-rows']],
  ['a sheet without anything', cleared('考生', false), ['考生 0 empty-sheet']],
  [
    'two sites',
    (b) => void b.getWorksheet('考核点')!.addRow(['S2', '另一考核点', 'x']),
    ['考核点 3 too-many-sheet-rows'],
  ],
];

test.each(SHEET_FAULTS)('%s is said once, without complaints that only follow from it', async (_, edit, problems) => {
  expect(await problemsOf(edit)).toEqual(problems);
});

test('the sheets of deductions and of the block list may be left out', async () => {
  expect(await problemsOf((book) => book.removeWorksheet('扣分项'))).toEqual([]);
  expect(await problemsOf((book) => book.removeWorksheet('黑名单'))).toEqual([]);
});

describe('the block list', () => {
  const blocking = withBlocked(aPlan());
  const read = async (edit: Edit, picked = blocking.files) =>
    importPlan({ workbook: await editedWorkbook(blocking.plan, edit), photos: picked });

  test('comes with the plan, its pictures among the others', async () => {
    const { plan, photos } = blocking;
    expect(await read(() => undefined)).toEqual({ ok: true, value: { plan, photos, warnings: [] } });
  });
  test.each<[string, Edit, NamedFile[], string]>([
    [
      'a person twice',
      (b) => void b.getWorksheet('黑名单')!.addRow(['B01', '乙（样本）', 'x', 'B01.jpg']),
      blocking.files,
      '黑名单 A3 duplicate',
    ],
    ['no reason', put('黑名单', 'C2', null), blocking.files, '黑名单 C2 missing'],
    ['no picture in the folder', () => undefined, files, '黑名单 D2 photo-missing'],
    ['no picture at all', put('黑名单', 'D2', 'B01.gif'), blocking.files, '黑名单 D2 bad-photo-name'],
  ])('%s', async (_, edit, picked, problem) => {
    const found = await read(edit, picked);
    expect(found.ok ? [] : found.error.problems.map((p) => `${p.sheet} ${p.column}${p.row} ${p.code}`)).toEqual([
      problem,
    ]);
  });
  test('the picture of a candidate in it is worth a warning that names no name', async () => {
    const found = await read(put('黑名单', 'D2', 'c03.JPG'), files);
    expect(found.ok && found.value.warnings.map((w) => w.zh)).toEqual([
      '「黑名单」第 2 行 D 列：黑名单照片就是考生 C03 的报名照，请核对',
    ]);
  });
});

test('all problems are listed, by sheet, row and column, and nothing comes back', async () => {
  const edit = all(
    put('评分项', 'D2', 'x'),
    put('考生', 'H9', '1'),
    put('考生', 'A4', '?'),
    put('考生', 'E4', '1'),
    put('计划', 'A2', null),
  );
  expect(await problemsOf(edit, files.slice(1))).toEqual([
    '计划 A2 missing',
    '考生 J2 photo-missing',
    '考生 A4 bad-id',
    '考生 E4 bad-ticket',
    '考生 H9 bad-document-number',
    '评分项 D2 bad-marks',
  ]);
});

test('no message shows a name or a document number', async () => {
  const { name, documentNumber } = plan.candidates[2]!;
  const edit = all(
    put('考生', 'H4', `${documentNumber.slice(0, 17)}?`),
    put('考生', 'E4', '1'),
    put('考生', 'J4', 'x.jpg'),
  );
  const result = await importPlan({ workbook: await editedWorkbook(plan, edit), photos: files });
  const said = JSON.stringify(result);
  expect(result.ok).toBe(false);
  expect(said).not.toContain(name.slice(0, 2));
  expect(said).not.toContain(documentNumber.slice(0, 10));
});

test('what is only unusual is a warning that says its place', async () => {
  const edit = all(
    put('考生', 'I2', '女'),
    put('考生', 'K1', '备注'),
    (b) => b.getWorksheet('摄像机')!.spliceRows(3, 1),
    (b) =>
      void b
        .getWorksheet('场次')!
        .addRow(['S2', '第二场', '理论', '电工', '四级', '2026-03-02 09:00', '2026-03-02 10:00']),
  );
  const picked = [
    ...files,
    { name: 'Z.jpg', bytes: pngHead(102, 126, 99) },
    { name: 'Thumbs.db', bytes: new Uint8Array(3) },
  ];
  const read = await importPlan({ workbook: await editedWorkbook(plan, edit), photos: picked });
  expect(read.ok && read.value.warnings.map((w) => w.zh)).toEqual([
    '「场次」第 3 行 A 列：该场次没有考生',
    '「考场」第 3 行 A 列：该考场没有摄像机，未录像的考生成绩不予认定',
    '「考生」第 1 行 K 列：列「备注」不在模板中，已忽略',
    '「考生」第 2 行 I 列：性别与证件号码不一致，请核对',
    '「照片」：照片文件没有对应的人：z.jpg',
  ]);
});

const photoZip = (entries: [string, Uint8Array][]) => [{ name: 'photos.zip', bytes: writeStoredZip(new Map(entries)) }];
const asEntries = files.map(({ name, bytes }): [string, Uint8Array] => [`照片/${name}`, bytes]);

test('photos may come as a zip with folders and the litter of file managers', async () => {
  const zip = photoZip([
    ...asEntries,
    ['__MACOSX/照片/._C01.jpg', new Uint8Array(9)],
    ['照片/.DS_Store', new Uint8Array(9)],
  ]);
  expect(await problemsOf(() => {}, zip)).toEqual([]);
});

const replaced = (bytes: Uint8Array) => files.map((f) => (f.name === 'C03.jpg' ? { ...f, bytes } : f));
const PHOTO_FAULTS: [what: string, picked: NamedFile[], problem: string][] = [
  ['a text file', replaced(Buffer.from('not a picture, whatever its name says')), '考生 J4 photo-not-an-image'],
  ['an empty file', replaced(new Uint8Array(0)), '考生 J4 photo-not-an-image'],
  ['a cut JPEG', replaced(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])), '考生 J4 photo-not-an-image'],
  ['a stamp-sized picture', replaced(pngHead(99, 126)), '考生 J4 photo-too-small'],
  ['a picture of 6001 pixels', replaced(pngHead(102, 6001)), '考生 J4 photo-too-large'],
  ['a file above 5 MB', replaced(new Uint8Array(5 * 1024 * 1024 + 1)), '考生 J4 photo-too-large'],
  [
    'two folders with one name',
    photoZip([...asEntries, ['b/C01.jpg', pngHead(102, 126, 50)]]),
    '照片 0 photos-same-name',
  ],
  ['a zip that is none', [{ name: 'photos.zip', bytes: Buffer.from('PK nothing') }], '照片 0 photos-not-a-zip'],
];

test.each(PHOTO_FAULTS)('%s among the photos', async (_, picked, problem) => {
  expect(await problemsOf(() => {}, picked)).toEqual([problem]);
});
