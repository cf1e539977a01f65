import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ScanFault } from './contract.ts';
import { MAX_SCAN_BYTES, readScanFile } from './scan-file.ts';
import { aJpeg, aPdf, aPng, aTiff } from './scan-fixture.ts';

test.each([
  ['a JPEG', aJpeg(1000, 1400), 'image/jpeg', 1],
  ['a JPEG that a camera padded', Buffer.concat([aJpeg(1000, 1400), Buffer.alloc(16)]), 'image/jpeg', 1],
  ['a PNG', aPng(1000, 1400), 'image/png', 1],
  ['a TIFF of two pages, little end first', aTiff(2, true), 'image/tiff', 2],
  ['a TIFF of three pages, big end first', aTiff(3, false), 'image/tiff', 3],
  ['a PDF of two pages', aPdf(2), 'application/pdf', 2],
  ['a PDF whose pages are compressed', aPdf(0), 'application/pdf', null],
  ['a PDF in whose picture bytes something stands by chance', aPdf(1, '', '/JavaScript'), 'application/pdf', 1],
] as const)('%s is taken', (_what, bytes, mediaType, pages) => {
  expect(readScanFile(bytes)).toEqual({ ok: true, value: { mediaType, pages } });
});

const loop = Buffer.from(aTiff(1, true));
loop.writeUInt32LE(8, loop.length - 4);

test.each<[string, Uint8Array, ScanFault]>([
  ['nothing', new Uint8Array(), 'empty'],
  ['more than a scan is', new Uint8Array(MAX_SCAN_BYTES + 1), 'too-large'],
  ['a text', Buffer.from('hello, world'), 'not-a-scan'],
  ['a web page', Buffer.from('<html><script>'), 'not-a-scan'],
  ['a vector drawing, which can run scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-scan'],
  ['a JPEG without its end', aJpeg(1000, 1400).subarray(0, 30), 'cut-off'],
  ['a JPEG of no height', aJpeg(1000, 0), 'not-a-scan'],
  ['a JPEG with a segment of no length', Buffer.from('ffd8ffe00000000000000000ffd9', 'hex'), 'not-a-scan'],
  ['a PNG without its end', aPng(10, 10).subarray(0, 40), 'cut-off'],
  ['a PNG with something behind it', Buffer.concat([aPng(10, 10), Buffer.from('x')]), 'not-a-scan'],
  ['a PNG that grows when it is opened', aPng(60_000, 60_000), 'picture-too-large'],
  ['a PNG of many pixels within the sides', aPng(19_000, 19_000), 'picture-too-large'],
  ['a TIFF whose directory lies outside', aTiff(1, true).subarray(0, 12), 'cut-off'],
  ['a TIFF that leads back to itself', loop, 'not-a-scan'],
  ['a TIFF of too many pages', aTiff(501, true), 'too-many-pages'],
  ['a PDF of too many pages', aPdf(501), 'too-many-pages'],
  ['a PDF of no version', Buffer.from('%PDF-9.9\n%%EOF'), 'not-a-scan'],
  ['a PDF without its end', aPdf(1).subarray(0, 60), 'cut-off'],
  ['a PDF that runs a script', aPdf(1, '/OpenAction << /S /JavaScript /JS (x) >>'), 'active-content'],
  ['a PDF that spells it otherwise', aPdf(1, '/Java#53cript (x)'), 'active-content'],
  ['a PDF with a file inside', aPdf(1, '/Names << /EmbeddedFiles 9 0 R >>'), 'active-content'],
  ['a PDF with a password', aPdf(1, '/Encrypt 9 0 R'), 'encrypted'],
])('%s is refused', (_what, bytes, fault) => {
  expect(readScanFile(bytes)).toEqual({ ok: false, error: fault });
});

test('no bytes make it throw, and what is cut short is never taken for whole', () => {
  const whole = fc.constantFrom(aJpeg(100, 100), aPng(100, 100), aTiff(2, true), aTiff(2, false), aPdf(2));
  fc.assert(
    fc.property(whole, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }), (bytes, cut, flips) => {
      const short = bytes.subarray(0, cut % bytes.length);
      expect(readScanFile(short).ok).toBe(false);
      const odd = Buffer.from(bytes);
      for (const [at, value] of flips) odd[at % odd.length] = value;
      readScanFile(odd);
    }),
  );
});
