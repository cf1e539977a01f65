import { expect, test } from 'vitest';
import { momentOf } from './finder-options.ts';

const day = new Date(2026, 4, 16, 8, 30).getTime();
const at = (h: number, m: number, s = 0) => new Date(2026, 4, 16, h, m, s).getTime();

test.each([
  ['09:42', at(9, 42)],
  ['9:42', at(9, 42)],
  ['0942', at(9, 42)],
  ['09：42：30', at(9, 42, 30)],
  ['094230', at(9, 42, 30)],
  ['24:00', null],
  ['12', null],
  ['12 号', null],
])('%s is %s', (typed, ms) => {
  expect(momentOf(typed, day)).toBe(ms);
});
