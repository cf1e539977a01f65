import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Strokes } from '../scoring/contract.ts';
import { isHandwriting } from './rules.ts';

const point = fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(600_000));
const strokes = fc.array(fc.array(point, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

test.each<[string, Strokes, boolean]>([
  ['a dot', [[[500, 500, 0]]], false],
  ['many dots', Array.from({ length: 60 }, (_, i) => [[i * 15, 500, i]]), false],
  [
    'just too short',
    [
      [
        [0, 0, 0],
        [99, 0, 9],
      ],
    ],
    false,
  ],
  [
    'long enough',
    [
      [
        [0, 0, 0],
        [100, 0, 9],
      ],
    ],
    true,
  ],
  [
    'in two strokes',
    [
      [
        [0, 0, 0],
        [60, 0, 9],
      ],
      [
        [500, 500, 20],
        [500, 560, 30],
      ],
    ],
    true,
  ],
])('%s', (_what, drawn, real) => {
  expect(isHandwriting(Strokes.parse(drawn))).toBe(real);
});

test('one more stroke never makes a signature none', () => {
  fc.assert(
    fc.property(strokes, strokes, (one, more) => {
      if (isHandwriting(one)) expect(isHandwriting([...one, ...more])).toBe(true);
    }),
  );
});
