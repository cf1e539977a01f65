import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canLookAtPages, codesIn, pageAsPng, textOfPdf } from '../../../test/harness/printed-page.ts';
import { parseEntryCode } from './entry-code.ts';
import { forms, head, scoreSheet, summary } from './form-fixture.ts';
import { type Form, printForm } from './print-form.ts';

const where = {
  issuer: { stateBody: false, onFile: true },
  fontsDir: resolve('resources/fonts'),
  madeAtMs: Date.UTC(2026, 2, 1),
};
const printed = async (form: Form): Promise<Uint8Array> => {
  const result = await printForm(form, where);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.pdf;
};
/** What is printed, without white space, a page each after a form feed. */
const textOf = async (form: Form): Promise<string> => bare(await textOfPdf(await printed(form)));
const bare = (text: string): string => text.replaceAll(/[ \u3000\n]+/g, '');

test('what a body may not print is named with the text it stands in, and nothing is printed', async () => {
  const form: Form = { ...forms.summary, head: { ...head, batch: '全国统考（样本）' } };
  expect(await printForm(form, where)).toEqual({
    ok: false,
    error: { code: 'FORBIDDEN_WORD', data: { found: [{ word: '全国', text: '全国统考（样本）' }] } },
  });
  const rubric = scoreSheet({ rubricTitle: '国家职业技能标准（样本）' });
  const sheets = await printForm({ ...forms['score-sheets'], sheets: [rubric] }, where);
  expect(sheets.ok).toBe(false);
  expect((await printForm(form, { ...where, issuer: { stateBody: true, onFile: true } })).ok).toBe(true);
});

test('the same form at the same time is the same bytes', async () => {
  const [a, b] = [await printed(forms['score-sheets']), await printed(forms['score-sheets'])];
  expect(Buffer.compare(a, b)).toBe(0);
});

describe.runIf(canLookAtPages)('on paper', () => {
  test('a score sheet says whose marks for which number, item by item, and counts its pages', async () => {
    const text = await textOf(forms['score-sheets']);
    for (const said of [
      '操作技能评分表',
      '匿名号 A03',
      '考评组长 许岚（样本）',
      '意外伤害应急处理 20.0 14.0',
      '合计 100.0 77.5',
      '核对码 4F1A 09CE',
      '第 1 页 共 2 页',
      '第 2 页 共 2 页',
      '13.5 12.5 漏扣一项',
    ]) {
      expect(text).toContain(bare(said));
    }
    // The candidates are marked by number alone.
    expect(text).not.toMatch(/准考证|身份证|姓名/);
  });

  test('handwriting brings its time and a code that leads to its entry; what is not signed stays an empty line', async () => {
    const pdf = await printed(forms['score-sheets']);
    const [signed, unsigned] = await Promise.all([1, 2].map(async (page) => codesIn(await pageAsPng(pdf, page, 200))));
    expect(signed!.map((c) => parseEntryCode(c.text))).toEqual([
      { ok: true, value: { station: 'KD-TEST-1', seq: 1204, leaf: 'ab12cd34'.repeat(8) } },
    ]);
    // The sheet's own place is empty; the two who corrected a mark on it have signed that.
    const seqs = unsigned!.map((c) => parseEntryCode(c.text)).map((c) => c.ok && c.value.seq);
    expect(seqs.sort()).toEqual([1300, 1301]);
    const [first, second] = (await textOfPdf(pdf)).split('\f');
    expect(first).toMatch(/签名[\s\S]*2026-03-01 11:42\s+日志第 1204 条/);
    // From the label of the place to the line for the date there is no printed name.
    const place = second!.slice(second!.indexOf('签名：'), second!.indexOf('日期：'));
    expect(place.replaceAll(/\s/g, '')).toBe('签名：本人评分考评组长签名：进餐照护的更正');
  });

  test('a summary has every candidate with each total, who is without a result with the reason, and places to sign', async () => {
    const text = await textOf(forms.summary);
    for (const said of [
      '成绩汇总表',
      '张䶮（样本） A01',
      '82.5 83.0 81.0 82.2 合格',
      '分差超过 10.0',
      '应考 6 合格 4 不合格 0 缺考 1 其他 1',
      '督导员签名',
      '批准人签名',
    ]) {
      expect(text).toContain(bare(said));
    }
    expect(await codesIn(await pageAsPng(await printed(forms.summary), 1, 200))).toHaveLength(2);
  });

  test('a long summary repeats its head on every page', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ ...summary().rows[0]!, ticketNumber: `T${1000 + i}` }));
    const pages = (await textOf({ ...forms.summary, summary: summary({ rows }) })).split('\f').filter((p) => p.trim());
    expect(pages.length).toBeGreaterThan(2);
    const withRows = pages.filter((p) => /T1\d{3}/.test(p));
    expect(withRows.every((p) => p.includes('准考证号'))).toBe(true);
    expect(pages.join('').match(/T1\d{3}/g)).toHaveLength(60);
  });

  test('panel record and recusal record say how the panel came about and who stood back', async () => {
    const panel = await textOf(forms['panel-record']);
    for (const said of [
      '考评小组记录',
      `承诺：${'9f86d081'.repeat(8)}`,
      '自行回避',
      '未签到',
      '各条规则均符合',
      'supervision.present',
    ]) {
      expect(panel).toContain(bare(said));
    }
    const recusal = await textOf(forms['recusal-record']);
    for (const said of ['回避记录', '何平', '规则判定', '不予委派']) expect(recusal).toContain(said);
    const nobody = { ...forms['recusal-record'], record: { ...forms['recusal-record'].record, entries: [] } };
    expect(await textOf(nobody)).toContain('没有自行回避');
  });

  test('a rehearsal’s form says so on every page', async () => {
    const pages = (await textOf({ ...forms['score-sheets'], head: { ...head, rehearsal: true } })).split('\f');
    expect(pages.filter((p) => p.includes('演练样张，不作凭证'))).toHaveLength(2);
  });
});
