import { expect, test } from 'vitest';
import { SKETCH_COLUMNS, SKETCH_ROWS, sketchOf } from './sketch.ts';

const grey = (width: number, height: number, level: (x: number, y: number) => number) => {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) data.fill(level(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { data, width, height };
};

test('fields in rows from the top left, in 1/256 of a grey level', () => {
  const picture = grey(640, 480, (x, y) => Math.floor(x / 40) + 16 * Math.floor(y / 40));
  expect([...sketchOf(picture)]).toEqual(Array.from({ length: SKETCH_COLUMNS * SKETCH_ROWS }, (_, i) => 256 * i));
});

test('green counts most, as the eye has it', () => {
  const data = Uint8Array.from({ length: 32 * 24 * 3 }, (_, i) => [0, 100, 0][i % 3]!);
  expect(new Set(sketchOf({ data, width: 32, height: 24 }))).toEqual(new Set([Math.round(58.7 * 256)]));
});

test('one pixel by one level shows', () => {
  const flat = grey(640, 480, () => 100);
  const other = grey(640, 480, (x, y) => (x === 320 && y === 240 ? 101 : 100));
  expect(sketchOf(other)).not.toEqual(sketchOf(flat));
});

test.each([
  [1, 1],
  [5, 3],
  [4096, 1],
])('a picture of %i x %i has a sketch too', (width, height) => {
  expect(sketchOf(grey(width, height, () => 7))).toHaveLength(192);
});
