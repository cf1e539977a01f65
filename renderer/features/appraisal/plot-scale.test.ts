import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plotEnd, plotPlace } from './plot-scale.ts';

test('the plot is as wide as it must be, in fives, and never narrower than five marks', () => {
  expect(plotEnd([])).toBe(5);
  expect(plotEnd([{ low: -12, high: 40 }])).toBe(5);
  expect(plotEnd([{ low: -51, high: 3 }])).toBe(10);
  expect(plotEnd([{ low: -900, high: 0 }])).toBe(50);
});

test('nought is in the middle, and every interval lies within its plot', () => {
  fc.assert(
    fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 400 }), (low, width) => {
      const end = plotEnd([{ low, high: low + width }]);
      const [a, zero, b] = [low, 0, low + width].map((v) => plotPlace(v, end));
      return zero === 0.5 && a! >= 0 && b! <= 1 && a! <= b!;
    }),
  );
});
