import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIVE_POINT_TEMPLATE } from './alignment.ts';
import { place, placeSquare, placeTemplate, scaleOf } from './placement.ts';

const px = fc.double({ min: -500, max: 500, noNaN: true });
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });

test('the middle of the input lies on the middle of the square', () => {
  fc.assert(
    fc.property(px, px, fc.double({ min: 1, max: 2000, noNaN: true }), angle, (x, y, side, turned) => {
      const placement = placeSquare({ centre: [x, y], side, angle: turned }, 128);
      const [foundX, foundY] = place(placement, 63.5, 63.5);
      expect(foundX).toBeCloseTo(x, 6);
      expect(foundY).toBeCloseTo(y, 6);
      expect(scaleOf(placement)).toBeCloseTo(side / 128, 6);
    }),
  );
});

test('points that are a turned, scaled and shifted template give that placement back', () => {
  fc.assert(
    fc.property(px, px, fc.double({ min: 0.1, max: 20, noNaN: true }), angle, (x0, y0, scale, turned) => {
      const placement = { a: scale * Math.cos(turned), b: scale * Math.sin(turned), x0, y0 };
      const points = FIVE_POINT_TEMPLATE.map(([u, v]) => place(placement, u, v));
      const found = placeTemplate(FIVE_POINT_TEMPLATE, points);
      for (const key of ['a', 'b', 'x0', 'y0'] as const) expect(found[key]).toBeCloseTo(placement[key], 6);
    }),
  );
});
