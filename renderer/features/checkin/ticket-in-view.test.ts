import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { prepareZXingModule, type WriterOptions, writeBarcode } from 'zxing-wasm/writer';
import { codesIn } from '../../../test/harness/printed-page.ts';
import { type SeenCode, TICKET_FORMATS, TicketWatch, ticketInView } from './ticket-in-view.ts';

const qr = (text: string): SeenCode => ({ format: 'QRCode', text });
const SIGNED = `9901${'0123456789'.repeat(43)}`;
const OTHER = `9901${'9876543210'.repeat(43)}`;
const NUMBER = '202600000012';
const bars = (text = NUMBER, format = 'Code128'): SeenCode => ({ format, text });

test.each<[string, SeenCode[], ReturnType<typeof ticketInView>]>([
  ['nothing', [], null],
  ['a signed code', [qr(SIGNED)], { kind: 'signed', text: SIGNED }],
  ['a signed code beside its number', [bars(), qr(SIGNED)], { kind: 'signed', text: SIGNED }],
  ['two signed codes', [qr(SIGNED), qr(OTHER), bars()], null],
  ['the same signed code printed twice', [qr(SIGNED), qr(SIGNED)], { kind: 'signed', text: SIGNED }],
  ['a number as QR', [qr('zk-20260012')], { kind: 'plain', text: 'zk-20260012' }],
  ['bars', [bars()], { kind: 'plain', text: NUMBER }],
  ['one number as bars and as QR', [bars(), qr(NUMBER)], { kind: 'plain', text: NUMBER }],
  ['two numbers', [bars(), bars('202600000013')], null],
  ['the digits of a signed code as bars', [bars(SIGNED)], null],
  ['a payment code', [qr('https://pay.example.invalid/q?x=1')], null],
  ['a signed code beside a payment code', [qr('weixin://x'), qr(SIGNED)], { kind: 'signed', text: SIGNED }],
  ['an EAN', [bars('6901234567892', 'EAN13')], { kind: 'plain', text: '6901234567892' }],
  ['part of an ITF code', [bars('202600', 'ITF')], null],
  ['an ITF code', [bars('20260012', 'ITF')], { kind: 'plain', text: '20260012' }],
  ['three characters', [bars('123')], null],
])('%s', (_what, codes, seen) => {
  expect(ticketInView(codes)).toEqual(seen);
});

describe('picture after picture, 300 ms apart', () => {
  test.each<[string, SeenCode[][], (string | null)[]]>([
    ['a signed code at once, and once', [[qr(SIGNED)], [qr(SIGNED)], [qr(SIGNED)]], [SIGNED, null, null]],
    ['bars when read twice running', [[bars()], [bars()], [bars()]], [null, NUMBER, null]],
    ['bars misread in between', [[bars()], [bars('99999999')], [bars()], [bars()]], [null, null, null, NUMBER]],
    ['bars lost in between', [[bars()], [], [bars()]], [null, null, null]],
    ['bars first, the signed code of the same paper next', [[bars()], [bars(), qr(SIGNED)]], [null, SIGNED]],
    ['the signed code, then only its bars', [[qr(SIGNED)], [bars()], [bars()]], [SIGNED, null, null]],
    ['a second ticket', [[qr(SIGNED)], [qr(OTHER)], [qr(SIGNED)]], [SIGNED, OTHER, SIGNED]],
    ['taken away a moment', [[qr(SIGNED)], [], [qr(SIGNED)]], [SIGNED, null, null]],
    [
      'taken away and shown again',
      [[qr(SIGNED)], ...Array(8).fill([]), [qr(SIGNED)]],
      [SIGNED, ...Array(8).fill(null), SIGNED],
    ],
  ])('%s', (_what, pictures, presented) => {
    const watch = new TicketWatch();
    expect(pictures.map((codes, i) => watch.look(codes, 1000 + i * 300))).toEqual(presented);
  });
});

describe('codes as sites print them, drawn and read', () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

  test.each<[WriterOptions['format'], string]>([
    ['QRCode', NUMBER],
    ['QRCode', 'ZK-2026-0012'],
    ['Code128', 'ZK2026-0012'],
    ['Code39', 'ZK2026-0012'],
    ['EAN13', '2026000000121'],
    ['EAN8', '20260019'],
    ['ITF', '20260000001234'],
  ])('%s %s', async (format, text) => {
    const { image } = await writeBarcode(text, { format, scale: 3 });
    const picture = new Uint8Array(await image!.arrayBuffer());
    expect(ticketInView(await codesIn(picture, [...TICKET_FORMATS]))).toEqual({ kind: 'plain', text });
  });
});
