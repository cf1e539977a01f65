import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentSize, visibleCrop } from './frame-crop.ts';

const side = fc.integer({ min: 100, max: 4000 });

test('the crop lies inside the frame, in its middle, in the shape of the box', () => {
  fc.assert(
    fc.property(side, side, side, side, (fw, fh, bw, bh) => {
      fc.pre(bw / bh < 8 && bh / bw < 8);
      const crop = visibleCrop({ width: fw, height: fh }, { width: bw, height: bh });
      expect(crop.x).toBeGreaterThanOrEqual(0);
      expect(crop.y).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.width).toBeLessThanOrEqual(fw + 1);
      expect(crop.y + crop.height).toBeLessThanOrEqual(fh + 1);
      expect(crop.width === fw || crop.height === fh).toBe(true);
      expect(Math.abs(crop.width - (crop.height * bw) / bh)).toBeLessThan(bw / bh + 2);
    }),
  );
});

test('a webcam in the door’s portrait box', () => {
  expect(visibleCrop({ width: 640, height: 480 }, { width: 400, height: 464 })).toEqual({
    x: 113,
    y: 0,
    width: 414,
    height: 480,
  });
});

test.each([
  [{ width: 414, height: 480 }, 640, { width: 414, height: 480 }],
  [{ width: 931, height: 1080 }, 640, { width: 640, height: 742 }],
  [{ width: 3000, height: 2 }, 640, { width: 640, height: 1 }],
])('%o at most %i wide', (crop, widest, size) => {
  expect(sentSize(crop, widest)).toEqual(size);
});
