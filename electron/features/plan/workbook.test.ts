import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { importPlan } from './import-plan.ts';
import { aPlan } from './plan-fixture.ts';
import { readWorkbook } from './read-workbook.ts';
import { readZip } from './read-zip.ts';
import { EXAMPLE_MARK, INSTRUCTIONS, SHEETS } from './sheets/all.ts';
import { planTemplate } from './template.ts';
import { writeWorkbook } from './write-workbook.ts';
import { writeStoredZip } from './write-zip.ts';

const { plan, photos, files } = aPlan();

async function parts(): Promise<Map<string, Uint8Array>> {
  const read = await readZip(await writeWorkbook(plan), { maxEntries: 100, maxEntryBytes: 1e8, maxTotalBytes: 1e8 });
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}
const SHEET = 'xl/worksheets/sheet8.xml';

/** The sample workbook with one of its XML parts changed. */
async function altered(part: string, change: (xml: string) => string): Promise<Uint8Array> {
  const files = await parts();
  files.set(part, Buffer.from(change(Buffer.from(files.get(part) ?? '').toString('utf8'))));
  return writeStoredZip(files);
}
const codeOf = async (bytes: Uint8Array) => {
  const read = await readWorkbook(bytes);
  return read.ok ? 'ok' : read.error.code;
};

describe('files that are no workbook, or a hostile one', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['an empty file', () => new Uint8Array(0), 'not-a-workbook'],
    ['text', () => Buffer.from('考生,姓名\n'), 'not-a-workbook'],
    ['a zip of something else', () => writeStoredZip(new Map([['a.txt', new Uint8Array(3)]])), 'not-a-workbook'],
    ['an old .xls or one with a password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-format'],
    ['more than 20 MiB', () => new Uint8Array(20 * 1024 * 1024 + 1), 'too-large'],
    ['a cut file', async () => (await writeWorkbook(plan)).subarray(0, 4000), 'not-a-workbook'],
    ['a sheet that is no XML', () => altered(SHEET, () => '<worksheet><sheetData>'), 'not-a-workbook'],
    ['a document type', () => altered(SHEET, (x) => `<!DOCTYPE x [<!ENTITY a "b">]>${x}`), 'not-a-workbook'],
    [
      'a merged range over the whole sheet',
      () =>
        altered(SHEET, (x) =>
          x.replace('</sheetData>', '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ),
      'merged-too-wide',
    ],
    [
      '65 columns',
      () => altered(SHEET, (x) => x.replace('</row>', '<c r="BM1" t="str"><v>x</v></c></row>')),
      'too-many-rows',
    ],
    [
      'a cell in the last row',
      () =>
        altered(SHEET, (x) =>
          x.replace('</sheetData>', '<row r="1048576"><c r="A1048576" t="str"><v>x</v></c></row></sheetData>'),
        ),
      'too-many-rows',
    ],
    [
      'a row number beyond any sheet',
      () =>
        altered(SHEET, (x) =>
          x.replace('</sheetData>', '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>'),
        ),
      'too-many-rows',
    ],
    [
      'defined names hidden from the eye',
      () =>
        altered('xl/workbook.xml', (x) =>
          x.replace(
            '</workbook>',
            '<definedNames ><definedName name="a">考生!$A$1:$XFD$1048576</definedName></definedNames></workbook>',
          ),
        ),
      'not-a-workbook',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(await bytes())).toBe(code);
  });

  test('a workbook that unpacks beyond the bound is refused by its listing', async () => {
    const zip = Buffer.from(
      writeStoredZip(
        new Map([
          ['xl/workbook.xml', new Uint8Array(10)],
          ['xl/sharedStrings.xml', new Uint8Array(10)],
        ]),
      ),
    );
    const central = zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt16LE(8, central + 10);
    zip.writeUInt32LE(33 * 1024 * 1024, central + 24);
    expect(await codeOf(zip)).toBe('too-large');
  });
});

test('names and lists that span whole columns cost nothing and change nothing', async () => {
  const names =
    '<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">考生!$A$1:$XFD$1048576</definedName></definedNames>';
  const lists =
    '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"x"</formula1></dataValidation></dataValidations>';
  const files = await parts();
  const text = (name: string) => Buffer.from(files.get(name) ?? '').toString('utf8');
  files.set('xl/workbook.xml', Buffer.from(text('xl/workbook.xml').replace('</sheets>', `</sheets>${names}`)));
  files.set(SHEET, Buffer.from(text(SHEET).replace('</sheetData>', `</sheetData>${lists}`)));
  const read = await importPlan({ workbook: writeStoredZip(files), photos: aPlan().files });
  expect(read).toEqual({ ok: true, value: { plan, photos, warnings: [] } });
});

test('the template has a sheet for each table, with headers, comments and examples, and 说明 first', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(await planTemplate()) as unknown as ArrayBuffer);
  expect(book.worksheets.map((s) => s.name)).toEqual([INSTRUCTIONS, ...SHEETS.map((s) => s.name)]);
  for (const { name, columns } of SHEETS) {
    const sheet = book.getWorksheet(name)!;
    expect(String(sheet.getCell('A2').value)).toMatch(new RegExp(`^${EXAMPLE_MARK}`));
    expect(sheet.getCell('A1').note).toBeDefined();
    expect(sheet.getRow(1).cellCount).toBe(Object.keys(columns).length);
  }
  expect(book.getWorksheet('考生')!.getCell('G3').dataValidation.formulae).toEqual([
    '"居民身份证,港澳台居民居住证,外国人永久居留身份证,其他证件"',
  ]);
  expect(book.getWorksheet('考生')!.getCell('B3').dataValidation.formulae).toEqual(["'场次'!$A$3:$A$200"]);
});

test('the empty template imports as nothing but empty sheets: its examples are passed over', async () => {
  const read = await importPlan({ workbook: await planTemplate(), photos: [] });
  expect(!read.ok && read.error.problems.map((p) => `${p.sheet} ${p.code}`)).toEqual(
    ['计划', '考核点', '鉴定中心', '场次', '考场', '工位', '考生'].map((sheet) => `${sheet} too-few-rows`),
  );
});

test('a template filled in below its examples imports', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(await planTemplate()) as unknown as ArrayBuffer);
  const filled = new ExcelJS.Workbook();
  await filled.xlsx.load(Buffer.from(await writeWorkbook(plan)) as unknown as ArrayBuffer);
  for (const { name } of SHEETS) {
    filled.getWorksheet(name)!.eachRow((row, number) => {
      if (number > 1) book.getWorksheet(name)!.getRow(number + 1).values = row.values;
    });
  }
  const read = await importPlan({ workbook: new Uint8Array(await book.xlsx.writeBuffer()), photos: files });
  expect(read).toEqual({ ok: true, value: { plan, photos, warnings: [] } });
});

test('employer, class and trainer of a candidate come back as known, as none, or as not known', async () => {
  const [first, second, ...others] = plan.candidates;
  const known = { employer: '某单位（样本）', classId: 'K-1', trainedBy: '某培训中心（样本）' };
  const none = { employer: null, classId: null, trainedBy: null };
  const wished = { ...plan, candidates: [{ ...first!, ...known }, { ...second!, ...none }, ...others] };
  const read = await importPlan({ workbook: await writeWorkbook(wished), photos: files });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect(read.value.plan.candidates).toEqual(wished.candidates);
});
