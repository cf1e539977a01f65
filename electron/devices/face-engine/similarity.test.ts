import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faceSimilarity, unitVector } from './similarity.ts';

const vector = (...values: number[]) => Float32Array.from(values);

test.each([
  [vector(1, 0), vector(1, 0), 1],
  [vector(1, 0), vector(0, 1), 0],
  [vector(1, 0), vector(-2, 0), -1],
  [vector(3, 4), vector(4, 3), 0.96],
  [vector(0, 0), vector(1, 0), 0],
])('cosine of %o and %o is %d', (a, b, expected) => {
  expect(faceSimilarity(a, b)).toBeCloseTo(expected, 6);
});

const entries = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 });

test('it is symmetric, bounded, and blind to the vectors’ lengths', () => {
  fc.assert(
    fc.property(entries, entries, (p, q) => {
      const a = vector(...p);
      const b = vector(...q);
      const likeness = faceSimilarity(a, b);
      expect(faceSimilarity(b, a)).toBe(likeness);
      expect(Math.abs(likeness)).toBeLessThanOrEqual(1);
      expect(faceSimilarity(unitVector(a), b)).toBeCloseTo(likeness, 4);
    }),
  );
});

test('vectors of two embedders are not compared', () => {
  expect(() => faceSimilarity(vector(1), vector(1, 0))).toThrow(RangeError);
});
