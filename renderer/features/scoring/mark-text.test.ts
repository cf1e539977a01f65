import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMark, parseMark } from './mark-text.ts';

test.each([
  ['12', 120],
  ['12.', 125],
  ['12.3', 123],
  ['12.0', 120],
  ['.', 5],
  ['0', 0],
  ['', null],
  ['12.35', null],
  ['1.2.3', null],
  ['-1', null],
  ['12345', null],
])('typed %j is %j tenths', (typed, tenths) => {
  expect(parseMark(typed)).toBe(tenths);
});

test('a mark that is shown and typed again is the same mark', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 99_999 }), (tenths) => parseMark(formatMark(tenths)) === tenths));
});
