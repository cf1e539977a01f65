import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chain, inverse, project, projectRectangle, type Quad, similarity } from './projection.ts';

/** A convex quad: a card's corners, each moved by less than would fold it. */
const aQuad = fc
  .array(fc.double({ min: -12, max: 12, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((by): Quad => {
    const [a, b, c, d, e, f, g, h] = by as [number, number, number, number, number, number, number, number];
    return [
      [100 + a, 80 + b],
      [186 + c, 80 + d],
      [186 + e, 134 + f],
      [100 + g, 134 + h],
    ];
  });

test('a rectangle’s corners come to lie on the quad’s', () => {
  fc.assert(
    fc.property(aQuad, (quad) => {
      const p = projectRectangle(85.6, 54, quad);
      const corners = [project(p, 0, 0), project(p, 85.6, 0), project(p, 85.6, 54), project(p, 0, 54)];
      for (const [i, [x, y]] of corners.entries()) {
        expect(x).toBeCloseTo(quad[i]![0], 6);
        expect(y).toBeCloseTo(quad[i]![1], 6);
      }
    }),
  );
});

test('the way there and back ends where it began', () => {
  const inside = fc.double({ min: 0, max: 54, noNaN: true });
  fc.assert(
    fc.property(aQuad, inside, inside, (quad, u, v) => {
      const p = projectRectangle(85.6, 54, quad);
      const [u2, v2] = project(inverse(p), ...project(p, u, v));
      expect(u2).toBeCloseTo(u, 5);
      expect(v2).toBeCloseTo(v, 5);
    }),
  );
});

test('a chain is the inner step, then the outer', () => {
  const turned = similarity([5, 7], [0, 1], 2);
  expect(project(turned, 3, 1)).toEqual([3, 13]);
  const both = chain(turned, [1, 0, 10, 0, 1, 20, 0, 0, 1]);
  expect(project(both, 3, 1)).toEqual(project(turned, 13, 21));
});
