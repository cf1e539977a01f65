import { expect, test } from 'vitest';
import { findRows } from './rows.ts';

/** A level line from `left` to `right`, millimetres. */
const line = (left: number, right: number, y: number, height = 4.5) => ({
  centre: [(left + right) / 2, y] as const,
  along: [1, 0] as const,
  length: right - left,
  height,
  score: 0.9,
});

const full = [
  line(5.5, 14, 8.4),
  line(15.3, 24, 8.4),
  line(5.5, 17, 14.9),
  line(25, 37, 14.9),
  line(5.5, 43, 21.3),
  line(5.5, 51, 28.3),
  line(15.3, 50, 32.8),
  line(15.3, 21, 37.4),
];

test('every field has its row, without its label', () => {
  const rows = findRows(full);
  expect(rows.name).toMatchObject({ left: expect.closeTo(14.7), right: expect.closeTo(24.6), middle: 8.4 });
  expect(rows.sex).toMatchObject({ right: 46, middle: 14.9 });
  expect(rows.birth.middle).toBeCloseTo(21.3);
  expect(rows.address.map((row) => Math.round(row.middle))).toEqual([28, 33, 37]);
});

test('short words that were overlooked are sought where they ought to be, by the rows that were found', () => {
  const lower = full
    .filter(({ centre: [, y] }) => y !== 14.9)
    .map((l) => ({ ...l, centre: [l.centre[0], l.centre[1] + 0.7] as const }));
  expect(findRows(lower).sex.middle).toBeCloseTo(15.6);
});

test('a name that was not found, and an address without lines, are not invented', () => {
  const rows = findRows(full.filter(({ centre: [, y] }) => y > 12 && y < 25));
  expect([rows.name, rows.address]).toEqual([null, []]);
});

test('at most three lines of address; the photograph and the number’s label are none', () => {
  const rows = findRows([...full, line(60, 80, 30), line(15, 40, 41.5), line(15, 40, 44)]);
  expect(rows.address).toHaveLength(3);
  expect(rows.address.every((row) => row.right < 54)).toBe(true);
});
