import { expect, test } from 'vitest';
import { type Candidate, mergeCandidates, readCandidates } from './candidates.ts';

const box = (score: number, ...corners: number[]): Candidate => ({ score, corners, keypoints: corners });

test('overlapping boxes become one, weighted by score; others stay', () => {
  const merged = mergeCandidates([box(0.9, 0, 0, 10, 10), box(0.8, 50, 0, 60, 10), box(0.6, 2, 0, 12, 10)]);
  expect(merged.map((face) => face.score)).toEqual([0.9, 0.8]);
  expect(merged[0]!.corners.map((v) => Math.round(v * 100) / 100)).toEqual([0.8, 0, 10.8, 10]);
  expect(merged[1]!.corners).toEqual([50, 0, 60, 10]);
});

test('boxes without area or with numbers that are none do not hang it', () => {
  const odd = [box(0.9, Number.NaN, 0, 10, 10), box(0.8, 5, 5, 5, 5), box(0.7, 10, 10, 0, 0)];
  expect(mergeCandidates(odd)).toHaveLength(3);
});

test('an output of the network is read against its anchor', () => {
  const scores = new Float32Array(896).fill(-100);
  const regressors = new Float32Array(896 * 16);
  scores[2] = 2; // the first anchor of the second cell: centre at (12, 4) of 128
  regressors.set([1, 2, 20, 10, 3, 4], 2 * 16);
  scores[512] = 1; // the first anchor of the 8 x 8 grid: centre at (8, 8)
  expect(readCandidates(regressors, scores).map(({ corners, keypoints }) => [corners, keypoints.slice(0, 2)])).toEqual([
    [
      [3, 1, 23, 11],
      [15, 8],
    ],
    [
      [8, 8, 8, 8],
      [8, 8],
    ],
  ]);
});

test('scores that are not numbers are no faces', () => {
  expect(readCandidates(new Float32Array(896 * 16), new Float32Array(896).fill(Number.NaN))).toEqual([]);
});
