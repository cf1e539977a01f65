import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWallTime, writeWallTime } from './wall-time.ts';

const NINE = Date.UTC(2026, 2, 1, 1, 0, 0);
const text = (value: string) => readWallTime({ kind: 'text', text: value });

test.each([
  ['2026-03-01 09:00', NINE],
  ['2026-3-1 9:00', NINE],
  ['2026/03/01 09:00:00', NINE],
  ['2026.3.1 9:00', NINE],
  ['2026-03-01T09:00', NINE],
  ['2026年3月1日9时', NINE],
  ['2026年03月01日 9点00分', NINE],
  ['2026年3月1日 上午9:00', NINE],
  ['２０２６－０３－０１　０９：００', NINE],
  ['2026年3月1日 下午1时30分', NINE + 4.5 * 3_600_000],
  ['2026-03-01 上午12:00', NINE - 9 * 3_600_000],
  ['2026-03-01 下午12:00', NINE + 3 * 3_600_000],
])('%s is read as Beijing time', (value, ms) => {
  expect(text(value)).toBe(ms);
});

test.each([
  '2026-03-01',
  '09:00',
  '2026-02-29 09:00',
  '2026-13-01 09:00',
  '2026-03-01 24:00',
  '2026-03-01 9:60',
  '2026-03-01 下午13:00',
  '03/01/2026 09:00',
  '明天九点',
  '',
])('%j is no moment', (value) => {
  expect(text(value)).toBeNull();
});

test('what is written is read back to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 946_684_800, max: 4_102_000_000 }), (seconds) => {
      expect(text(writeWallTime(seconds * 1000))).toBe(seconds * 1000);
    }),
  );
});

test('a day number counts days from the end of 1899, and a small number is none', () => {
  expect(readWallTime({ kind: 'number', value: 46_082.375 })).toBe(NINE);
  expect(readWallTime({ kind: 'number', value: 900 })).toBeNull();
});
