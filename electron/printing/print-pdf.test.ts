import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canLookAtPages, codesIn, pageAsPng, textOfPdf } from '../../test/harness/printed-page.ts';
import { code128, qrCode } from './drawn-codes.ts';
import { signature } from './drawn-signature.ts';
import { covers, fontCoverage } from './font-coverage.ts';
import { faceFor, HAN, typefaces } from './fonts.ts';
import { mm } from './millimetres.ts';
import { type PrintedDocument, printPdf } from './print-pdf.ts';
import { ruledTable } from './ruled-table.ts';
import { setInFaces } from './set-text.ts';

const FONTS = resolve('resources/fonts');
const sheet = (over: Partial<PrintedDocument>): PrintedDocument => ({
  title: '样张',
  author: '样本鉴定中心',
  madeAtMs: Date.UTC(2026, 2, 1),
  content: ['正文'],
  ...over,
});
const codePoints = (text: string) => new Set([...text].map((c) => c.codePointAt(0)!));

test('the station’s own font draws rare characters of names, a font of the system is asked for the rest alone', () => {
  const own = typefaces(FONTS, codePoints('张䶮𬱖㛃·ＡA1（样本）'), [{ path: 'not asked' }]);
  expect(own.map(({ family }) => family)).toEqual([HAN]);
  expect([...'䶮𬱖㛃'].map((c) => faceFor(own, c.codePointAt(0)!)?.family)).toEqual([HAN, HAN, HAN]);
  const twice = [{ path: `${FONTS}/none.ttf` }, { path: `${FONTS}/NotoSansSC-Regular.ttf` }];
  expect(typefaces(FONTS, codePoints('张𠮷'), twice)).toHaveLength(1);
});

test('bytes that are no font cover nothing', () => {
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array(64),
    Buffer.from('ttcf\0\0\0\0\0\0\0\0\xff\xff\xff\xff', 'latin1'),
  ]) {
    expect(covers(fontCoverage(bytes), 0x5f20)).toBe(false);
  }
});

test('a text is set in runs of a face each, with the style around it, and what nobody draws is named', () => {
  const faces = [
    { family: HAN, file: { path: '' }, coverage: [[0x20, 0x9fff]] as const },
    { family: 'Han2', file: { path: '' }, coverage: [[0x20bb7, 0x20bb7]] as const },
  ];
  const undrawn = new Set<string>();
  const content = [{ text: ['名', { text: '𠮷\u{e0100}𪚥', fontSize: 20 }] }, '页'];
  expect(setInFaces(content, faces, undrawn)).toEqual([
    {
      text: [
        { text: '名', font: HAN },
        { text: '𠮷\u{e0100}', font: 'Han2', fontSize: 20 },
        { text: '〔U+2A6A5〕', font: HAN, fontSize: 20 },
      ],
    },
    { text: [{ text: '页', font: HAN }] },
  ]);
  expect([...undrawn]).toEqual(['𪚥']);
});

test('the same document is the same bytes, and what it was made of is not changed', async () => {
  const table = { body: [['甲', { text: '乙' }]] };
  const made = sheet({ content: [{ table }] });
  const [first, second] = [await printPdf(made, FONTS), await printPdf(made, FONTS)];
  expect(Buffer.compare(first.pdf, second.pdf)).toBe(0);
  expect(table).toEqual({ body: [['甲', { text: '乙' }]] });
  const later = await printPdf({ ...made, madeAtMs: made.madeAtMs + 1000 }, FONTS);
  expect(Buffer.compare(first.pdf, later.pdf)).not.toBe(0);
});

test('a picture named by a path or an address is not fetched', async () => {
  for (const image of ['/etc/hostname', 'https://example.org/x.png']) {
    await expect(printPdf(sheet({ content: [{ image }] }), FONTS)).rejects.toThrow();
  }
});

describe.skipIf(!canLookAtPages)('looked at as a page', () => {
  test('text comes out as it went in, with pages numbered', async () => {
    const content = [{ text: '张䶮𬱖㛃（样本）', pageBreak: 'after' as const }, '第二页'];
    const { pdf, undrawn } = await printPdf(sheet({ content, header: '页眉', footer: '页脚' }), FONTS);
    const [one = '', two = ''] = (await textOfPdf(pdf)).split('\f');
    for (const word of ['页眉', '张䶮𬱖㛃（样本）', '页脚', '1/2']) expect(one).toContain(word);
    for (const word of ['页眉', '第二页', '2/2']) expect(two).toContain(word);
    expect(undrawn).toEqual([]);
    // 19 characters of a font of 10 MB.
    expect(pdf.length).toBeLessThan(60_000);
  });

  test('the head of a table stands again on every page', async () => {
    const rows = Array.from({ length: 90 }, (_, i) => [`第 ${i + 1} 行`, { text: '60.0' }]);
    const { pdf } = await printPdf(sheet({ content: [ruledTable(['考生', '得分'], ['*', mm(30)], rows)] }), FONTS);
    const pages = (await textOfPdf(pdf)).split('\f').filter((page) => page !== '');
    expect(pages.map((page) => page.includes('考生'))).toEqual([true, true, true]);
    expect(pages.join('')).toContain('第 90 行');
  });

  test('codes are read from the page at 200 dots an inch, with a signature beside them', async () => {
    const digits = `9901${'0123456789'.repeat(43)}`;
    const strokes = [
      [
        [0, 0, 0],
        [1000, 1000, 20],
      ],
      [[500, 100, 30]],
    ];
    const content = [
      qrCode(digits),
      code128('202600000012', { widthMm: 60, heightMm: 12 }),
      signature(strokes, { widthMm: 40, heightMm: 15 }),
      { text: '', margin: mm(1) },
    ];
    const { pdf } = await printPdf(sheet({ content }), FONTS);
    const codes = await codesIn(await pageAsPng(pdf, 1, 200));
    expect(codes.sort((a, b) => (a.format < b.format ? -1 : 1))).toEqual([
      { format: 'Code128', text: '202600000012' },
      { format: 'QRCode', text: digits },
    ]);
  });
});
