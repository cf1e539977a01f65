import fc from 'fast-check';
import { expect, test } from 'vitest';
import { block, integer, varint } from './protobuf.ts';

test.each([
  [0, '00'],
  [127, '7f'],
  [128, '8001'],
  [300, 'ac02'],
  [-1, 'ffffffffffffffffff01'],
])('%i is written as %s', (value, hex) => {
  expect(varint(value).toString('hex')).toBe(hex);
});

test('the groups of seven bits give the number back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const back = [...varint(value)].reduce((sum, byte, i) => sum | (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
      expect(back).toBe(value);
    }),
  );
});

test('an inner message stands behind its length', () => {
  expect(block(1, integer(1, 150)).toString('hex')).toBe('0a03089601');
  expect(block(2, 'testing').toString('hex')).toBe('120774657374696e67');
});
