import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookalikeThreshold } from './lookalike-rule.ts';

const shipped = { fmr1e2: 0.349, fmr1e3: 0.453, fmr1e4: 0.534 };

test.each([
  [0, 0.534],
  [1, 0.534],
  [10, 0.534],
  [100, 0.615],
  [1_000, 0.696],
])('compared with %i: from %f', (n, threshold) => {
  expect(lookalikeThreshold(shipped, n)).toBeCloseTo(threshold, 6);
});

test('never below the strictest threshold, never above 1, and never falling with the number compared with', () => {
  const many = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(many, many, (a, b) => {
      const [few, more] = [Math.min(a, b), Math.max(a, b)].map((n) => lookalikeThreshold(shipped, n)) as [
        number,
        number,
      ];
      expect(few).toBeGreaterThanOrEqual(shipped.fmr1e4);
      expect(more).toBeGreaterThanOrEqual(few);
      expect(more).toBeLessThanOrEqual(1);
    }),
  );
});
