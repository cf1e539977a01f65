import { expect, test } from 'vitest';
import { halfToNumber } from './half.ts';

test.each([
  [0x0000, 0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3555, 0.333251953125],
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
])('half %i is %d', (bits, value) => {
  expect(halfToNumber(bits)).toBe(value);
});

test('infinities and NaN patterns are not numbers', () => {
  expect([0x7c00, 0xfc00, 0x7e01].map(halfToNumber)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
