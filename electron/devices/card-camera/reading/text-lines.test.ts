import { expect, test } from 'vitest';
import { findTextLines } from './text-lines.ts';

const WIDTH = 160;
const HEIGHT = 96;
const picture = { data: new Uint8Array(), width: WIDTH, height: HEIGHT };

/** A map that is sure of writing where `written` says. */
const mapOf = (written: (x: number, y: number) => boolean, sureness = 0.9) =>
  Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    written(i % WIDTH, Math.floor(i / WIDTH)) ? sureness : 0.01,
  );

test('a level bar is a line, a little larger than the bar', async () => {
  const bar = mapOf((x, y) => x >= 20 && x < 120 && y >= 40 && y < 48);
  const [line, ...others] = await findTextLines(async () => bar, picture);
  expect(others).toEqual([]);
  expect(line!.centre[0]).toBeCloseTo(70, 0);
  expect(line!.centre[1]).toBeCloseTo(44, 0);
  expect(Math.abs(line!.along[0])).toBeCloseTo(1, 3);
  expect(line!.length).toBeGreaterThan(104);
  expect(line!.height).toBeGreaterThan(12);
  expect(line!.height).toBeLessThan(26);
});

test('a bar that leans runs in the direction it leans', async () => {
  const leaning = mapOf((x, y) => x >= 20 && x < 140 && Math.abs(y - 20 - 0.4 * (x - 20)) < 4);
  const [line] = await findTextLines(async () => leaning, picture);
  expect(line!.along[1] / line!.along[0]).toBeCloseTo(0.4, 1);
});

test('the longest comes first; specks and what the network doubts are no lines', async () => {
  const two = mapOf((x, y) => (y >= 10 && y < 16 && x < 40) || (y >= 50 && y < 56 && x < 100) || (x > 156 && y > 93));
  const lines = await findTextLines(async () => two, picture);
  expect(lines.map((line) => line.length > 80)).toEqual([true, false]);
  expect(await findTextLines(async () => mapOf((_, y) => y < 8, 0.35), picture)).toEqual([]);
});
