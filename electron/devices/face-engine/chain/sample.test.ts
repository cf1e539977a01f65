import { expect, test } from 'vitest';
import type { Picture } from './picture.ts';
import { samplePicture } from './sample.ts';

/** 4 x 2 pixels; red counts up by 10 from the top left, green is 100, blue 200. */
const picture: Picture = {
  data: Uint8Array.from({ length: 24 }, (_, i) => [10 * Math.floor(i / 3), 100, 200][i % 3]!),
  width: 4,
  height: 2,
};
const raw = { mean: 0, scale: 1, beyond: 'black' } as const;
const red = (planes: Float32Array) => [...planes.subarray(0, planes.length / 3)];

test('laid one to one it is the picture, a plane for each colour', () => {
  const planes = samplePicture(picture, { a: 1, b: 0, x0: 0, y0: 0 }, 4, 2, raw);
  expect([...planes]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, ...Array(8).fill(100), ...Array(8).fill(200)]);
});

test('half a pixel to the right is the mean of two', () => {
  expect(red(samplePicture(picture, { a: 1, b: 0, x0: 0.5, y0: 0 }, 3, 1, raw))).toEqual([5, 15, 25]);
});

test('shrunk to half, four pixels are averaged', () => {
  expect(red(samplePicture(picture, { a: 2, b: 0, x0: 0.5, y0: 0.5 }, 2, 1, raw))).toEqual([25, 45]);
});

test('turned by a right angle, columns become rows', () => {
  expect(red(samplePicture(picture, { a: 0, b: 1, x0: 1, y0: 0 }, 2, 2, raw))).toEqual([10, 50, 0, 40]);
});

test('beyond the right edge black differs from the repeated edge', () => {
  const at = { a: 1, b: 0, x0: 3, y0: 0 };
  expect(red(samplePicture(picture, at, 3, 1, raw))).toEqual([30, 0, 0]);
  expect(red(samplePicture(picture, at, 3, 1, { ...raw, beyond: 'edge' }))).toEqual([30, 30, 30]);
});

test('normalising: black beyond the picture becomes -mean / scale', () => {
  const planes = samplePicture(picture, { a: 1, b: 0, x0: 3, y0: 0 }, 2, 1, { mean: 20, scale: 10, beyond: 'black' });
  expect([...planes]).toEqual([1, -2, 8, -2, 18, -2]);
});

test('far more pixels than samples: a large photograph is still covered evenly', () => {
  const large: Picture = { data: new Uint8Array(300 * 300 * 3).fill(90), width: 300, height: 300 };
  const planes = samplePicture(large, { a: 30, b: 0, x0: 14.5, y0: 14.5 }, 10, 10, raw);
  expect(new Set(planes)).toEqual(new Set([90]));
});

test('sparse samples: shrunk to half one sample is taken, shrunk to a quarter two each way', () => {
  const sparse = { ...raw, sparse: true };
  expect(red(samplePicture(picture, { a: 2, b: 0, x0: 0.5, y0: 0 }, 2, 1, sparse))).toEqual([5, 25]);
  const wide: Picture = {
    data: Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => Math.floor(i / 3) % 8),
    width: 8,
    height: 8,
  };
  expect(red(samplePicture(wide, { a: 4, b: 0, x0: 1.5, y0: 1.5 }, 2, 1, sparse))).toEqual([1.5, 5.5]);
});
