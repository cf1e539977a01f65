import { expect, test } from 'vitest';
import { type Bitmap, lineOf, sideBySide, stampLuma } from './overlay.ts';

const bitmap = (...rows: string[]): Bitmap => ({
  width: rows[0]!.length,
  height: rows.length,
  ink: Uint8Array.from([...rows.join('')].map((c) => (c === '#' ? 255 : 0))),
});
const one = bitmap('.#', '.#');
const bar = bitmap('#', '#');
const shown = (luma: Uint8Array, stride: number) =>
  Array.from({ length: luma.length / stride }, (_, y) =>
    [...luma.subarray(y * stride, (y + 1) * stride)].map((v) => (v === 100 ? ' ' : v > 128 ? '#' : '.')).join(''),
  );

test('characters stand side by side, and an unknown one is left out', () => {
  expect(sideBySide([one, bar])).toEqual(bitmap('.##', '.##'));
  expect(lineOf('1?|', { '1': one, '|': bar })).toEqual(bitmap('.##', '.##'));
});

test('the text covers its box and nothing else, whatever the stride', () => {
  const luma = new Uint8Array(6 * 4).fill(100);
  stampLuma(luma, { width: 5, height: 4, stride: 6 }, one, { x: 1, y: 1 });
  expect(shown(luma, 6)).toEqual(['      ', ' .#   ', ' .#   ', '      ']);
});

test('a text longer than the picture is cut at the edges, not wrapped into the next row', () => {
  const luma = new Uint8Array(4 * 3).fill(100);
  stampLuma(luma, { width: 3, height: 3, stride: 4 }, bitmap('#.#.#', '#####', '#####'), { x: 1, y: 1 });
  expect(shown(luma, 4)).toEqual(['    ', ' #. ', ' ## ']);
});
