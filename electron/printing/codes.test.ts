import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codesIn } from '../../test/harness/printed-page.ts';
import { code128Widths } from './code-128.ts';
import { qrCodeSideMm } from './drawn-codes.ts';
import { qrModules } from './qr-modules.ts';

/** Rows of dark and light as pixels, `scale` to the module, with a white margin. */
function picture(rows: readonly (readonly boolean[])[], scale: number, margin = 12): ImageData {
  const [height, width] = [(rows.length + 2 * margin) * scale, (rows[0]!.length + 2 * margin) * scale];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = rows[Math.floor(y / scale) - margin]?.[Math.floor(x / scale) - margin] ?? false;
      if (dark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { data, width, height, colorSpace: 'srgb' } as ImageData;
}

const bars = (text: string) => {
  const row = code128Widths(text).flatMap((width, i) => new Array<boolean>(width).fill(i % 2 === 0));
  return new Array(30).fill(row) as boolean[][];
};

test('the bars of a hand-worked example', () => {
  // Start B, P, J, J, 1, 2, 3, C, stop; check (104 + 48 + 2·42 + 3·42 + 4·17 + 5·18 + 6·19 + 7·35) modulo 103 = 55.
  const symbols = ['211214', '313121', '112133', '112133', '123221', '223211', '221132', '131321', '311321', '2331112'];
  expect(code128Widths('PJJ123C').join('')).toBe(symbols.join(''));
});

test.each([
  ['1234', 'C alone: start, two pairs, check, stop', 11 * 4 + 13],
  ['202600000012', 'start, six pairs, check, stop', 11 * 8 + 13],
  ['12345', 'pairs, then one digit in B', 11 * 6 + 13],
  ['A12345', 'an odd run leaves its first digit to B', 11 * 7 + 13],
  ['A1234B', 'four digits inside are not worth the change', 11 * 8 + 13],
])('%s: %s', (text, _what, modules) => {
  expect(code128Widths(text).reduce((a, b) => a + b)).toBe(modules);
});

test.each(['', '准考证', 'a\n'])('%j is no Code 128', (text) => {
  expect(() => code128Widths(text)).toThrow(RangeError);
});

test('a reader reads every text of printable ASCII back from its bars', async () => {
  const ascii = fc.string({
    minLength: 1,
    maxLength: 24,
    unit: fc.integer({ min: 33, max: 126 }).map((c) => String.fromCharCode(c)),
  });
  const numbers = fc.string({ minLength: 4, maxLength: 30, unit: fc.constantFrom(...'00112233456789-AZ') });
  await fc.assert(
    fc.asyncProperty(fc.oneof(ascii, numbers), async (text) => {
      expect(await codesIn(picture(bars(text), 2), ['Code128'])).toEqual([{ format: 'Code128', text }]);
    }),
    { numRuns: 60 },
  );
});

/** What versions 1, 4, 7 and 10 take at error correction M: a text may fill a code to its last bit. */
const FULL = [34, 149, 293, 513].flatMap((most) => [most - 1, most]);

test('a reader reads digits of every length back from the QR code, a full one too', async () => {
  const lengths = fc.oneof(fc.integer({ min: 1, max: 900 }), fc.constantFrom(...FULL));
  const digits = lengths.chain((length) =>
    fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'0123456789') }),
  );
  await fc.assert(
    fc.asyncProperty(digits, async (text) => {
      expect(await codesIn(picture(qrModules(text), 2, 4), ['QRCode'])).toEqual([{ format: 'QRCode', text }]);
    }),
    { numRuns: 30 },
  );
});

test('511 digits are version 10 at 32.5 mm, one more is version 11; beyond the largest there is none', () => {
  expect([qrModules('7'.repeat(511)).length, qrCodeSideMm('7'.repeat(511))]).toEqual([57, 32.5]);
  expect(qrModules('7'.repeat(512)).length).toBe(61);
  expect(() => qrModules('7'.repeat(5596))).toThrow();
});
