import { expect, test } from 'vitest';
import { likeliestWord } from './lexicon.ts';

const line = { data: new Uint8Array(), width: 0, height: 48 };
const classes = ['', '土', '士', '家'];
const seeing = (rows: number[][]) => ({
  classes,
  recognise: async () => ({ steps: rows.length, probabilities: Float32Array.from(rows.flat()) }),
});

test('what looks most like a character of no word is the word it looks like next', async () => {
  const reader = seeing([
    [0.1, 0.3, 0.6, 0],
    [0.9, 0.05, 0.05, 0],
  ]);
  expect(await likeliestWord(reader, line, ['土', '土家'])).toEqual({ word: '土', share: expect.closeTo(1) });
});

test('the whole word counts, not its first character', async () => {
  const reader = seeing([
    [0.1, 0.9, 0, 0],
    [0.6, 0, 0, 0.4],
    [0.2, 0, 0, 0.8],
  ]);
  const found = await likeliestWord(reader, line, ['土', '土家']);
  expect(found?.word).toBe('土家');
  // 土: 0.9 x 0.6 x 0.2 (and 0 else). 土家: 0.9 x (0.6 x 0.8 + 0.4 x 0.8 + 0.4 x 0.2).
  expect(found?.share).toBeCloseTo(0.792 / (0.792 + 0.108), 5);
});

test('a word of unknown characters alone, and a line on which nothing is possible', async () => {
  const reader = seeing([[0.1, 0.9, 0, 0]]);
  expect(await likeliestWord(reader, line, ['傈'])).toBeNull();
  expect(await likeliestWord(seeing([[0, 0, 1, 0]]), line, ['土'])).toBeNull();
});
