import { expect, test } from 'vitest';
import { leastSure, readLine, type TextRecogniser, textOf } from './recognise.ts';

/** A recogniser that has these classes' probabilities in view, one row a step; class 0 is the blank. */
const seeing = (classes: string[], rows: number[][]): TextRecogniser => ({
  classes,
  recognise: async () => ({ steps: rows.length, probabilities: Float32Array.from(rows.flat()) }),
});
const line = { data: new Uint8Array(), width: 0, height: 48 };
const blank = [0.9, 0.05, 0.05];

test('repeats are one character, a blank between makes two', async () => {
  const reader = seeing(['', '1', '2'], [[0.1, 0.8, 0.1], [0.1, 0.7, 0.2], blank, [0.2, 0.6, 0.2], [0, 0.1, 0.9]]);
  const read = await readLine(reader, line);
  expect(textOf(read)).toBe('112');
  expect(read.map(({ at }) => at)).toEqual([0.2, 0.7, 0.9]);
  expect(leastSure(read)).toBeCloseTo(0.6);
});

test('only what may be read is read, at its own probability', async () => {
  const reader = seeing(['', '0', 'O'], [[0.1, 0.3, 0.6], blank]);
  const read = await readLine(reader, line, '0');
  expect(textOf(read)).toBe('0');
  expect(leastSure(read)).toBeCloseTo(0.3);
});

test('nothing written is nothing read, and nothing is sure of it', async () => {
  const read = await readLine(seeing(['', '1', '2'], [blank, blank]), line);
  expect([textOf(read), leastSure(read)]).toEqual(['', 0]);
});
