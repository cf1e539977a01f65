import { expect, test } from 'vitest';
import { boxAround, holdsMiddleOf, meshOf, trackOf } from './track.ts';

const points = Array.from({ length: 468 }, (_, i) => [i, 2 * i + 0.5, -i] as const);

test('a mesh comes back out of its track', () => {
  const track = trackOf({ points, presence: 0.9 }, 3);
  expect(track.framesSinceDetection).toBe(3);
  expect(meshOf(track)?.points).toEqual(points);
});

test.each([
  ['of another length', new Float32Array(136)],
  ['empty', new Float32Array(0)],
  ['with a hole', Float32Array.from({ length: 1404 }, (_, i) => (i === 700 ? Number.NaN : 1))],
])('a track %s is no mesh', (_, values) => {
  expect(meshOf({ points: values, framesSinceDetection: 0 })).toBeNull();
});

test('the box around points', () => {
  expect(
    boxAround([
      [3, 9, 0],
      [-1, 4, 9],
      [2, 20, 1],
    ]),
  ).toEqual({ left: -1, top: 4, width: 4, height: 16 });
});

test.each([
  ['the same', { left: 0, top: 0, width: 10, height: 10 }, true],
  ['a larger one around it', { left: -10, top: -10, width: 30, height: 30 }, true],
  ['one that overlaps at the side', { left: 6, top: 0, width: 10, height: 10 }, false],
  ['one below', { left: 0, top: 12, width: 10, height: 10 }, false],
])('%s', (_, inner, holds) => {
  expect(holdsMiddleOf({ left: 0, top: 0, width: 10, height: 10 }, inner)).toBe(holds);
});
