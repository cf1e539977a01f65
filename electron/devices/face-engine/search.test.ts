import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extendGallery, nearest, packGallery } from './search.ts';
import { faceSimilarity } from './similarity.ts';

const vector = (...values: number[]) => Float32Array.from(values);

test('the most alike comes first, of equals the one packed first', () => {
  const gallery = packGallery([vector(0, 1), vector(1, 0), vector(1, 1), vector(2, 0)]);
  expect(nearest(gallery, vector(3, 0), 3).map(({ index }) => index)).toEqual([1, 3, 2]);
  expect(nearest(gallery, vector(3, 0), 1)).toEqual([{ index: 1, similarity: 1 }]);
});

test('nobody to compare with, nobody wanted, more wanted than there are', () => {
  expect(nearest(packGallery([]), vector(1, 0), 5)).toEqual([]);
  expect(nearest(packGallery([vector(1, 0)]), vector(1, 0), 0)).toEqual([]);
  expect(nearest(packGallery([vector(1, 0)]), vector(0, 1), 5)).toHaveLength(1);
});

test('a gallery grows and the old one stays as it was', () => {
  const one = extendGallery(packGallery([]), [vector(1, 0)]);
  const two = extendGallery(one, [vector(0, 5)]);
  expect(nearest(two, vector(0, 1), 1)).toEqual([{ index: 1, similarity: 1 }]);
  expect(nearest(one, vector(0, 1), 5)).toHaveLength(1);
});

test('vectors of two embedders do not stand in one gallery, nor search it', () => {
  expect(() => packGallery([vector(1, 0), vector(1, 0, 0)])).toThrow(RangeError);
  expect(() => extendGallery(packGallery([vector(1, 0)]), [vector(1)])).toThrow(RangeError);
  expect(() => nearest(packGallery([vector(1, 0)]), vector(1), 1)).toThrow(RangeError);
});

// 7 numbers: not a multiple of four.
const face = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 })
  .map((values) => Float32Array.from(values));

test('it finds what sorting all likenesses finds', () => {
  fc.assert(
    fc.property(fc.array(face, { minLength: 1, maxLength: 40 }), face, fc.nat({ max: 6 }), (faces, probe, k) => {
      const sorted = faces.map((other) => faceSimilarity(other, probe)).sort((a, b) => b - a);
      const found = nearest(packGallery(faces), probe, k);
      expect(found).toHaveLength(Math.min(k, faces.length));
      for (const [i, { index, similarity }] of found.entries()) {
        expect(similarity).toBeCloseTo(sorted[i]!, 5);
        expect(similarity).toBeCloseTo(faceSimilarity(faces[index]!, probe), 5);
      }
    }),
  );
});
