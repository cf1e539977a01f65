import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededOrder } from './seeded-order.ts';

const zeros = new Uint8Array(32);
const counting = Uint8Array.from({ length: 32 }, (_, i) => i);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
/** Seeds in a row: the tests below always count the same draws. */
const seedOf = (n: number): Uint8Array => {
  const seed = Buffer.alloc(8);
  seed.writeUInt32BE(n, 4);
  return seed;
};

describe('golden vectors, computed by another program from the description alone', () => {
  test.each([
    ['panels', zeros, 10, [7, 4, 5, 3, 0, 9, 1, 6, 2, 8]],
    ['seats 201', zeros, 10, [0, 7, 6, 4, 3, 8, 5, 2, 9, 1]],
    ['再抽', counting, 20, [2, 1, 14, 13, 7, 9, 10, 11, 16, 8, 17, 0, 12, 5, 18, 19, 15, 6, 4, 3]],
    ['nobody', zeros, 0, []],
    ['one', zeros, 1, [0]],
  ])('%s', (purpose, seed, length, order) => {
    expect(seededOrder(seed, purpose).permutation(upTo(length))).toEqual(order);
  });

  test('numbers, over the end of a block', () => {
    const drawn = seededOrder(new Uint8Array(), 'x');
    const bounds = [1, 2, 3, 6, 10, 100, 1000, 65_536, 2 ** 31 + 1, 2 ** 32];
    expect(bounds.map((n) => drawn.below(n))).toEqual([0, 1, 2, 5, 8, 62, 561, 13_447, 2_014_490_275, 75_626_871]);
  });

  test('half of all words are rejected for 2^31 + 1', () => {
    const drawn = seededOrder(new Uint8Array(), 'rejection');
    expect(upTo(10).map(() => drawn.below(2 ** 31 + 1))).toEqual([
      1_881_628_820, 1_062_811_839, 336_838_721, 1_347_721_891, 660_429_860, 1_917_997_834, 1_942_808_790, 182_246_154,
      407_589_565, 34_645_108,
    ]);
  });
});

test('an order loses nobody and adds nobody, is the same for the same seed, and leaves its argument alone', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.string(), fc.uniqueArray(fc.integer()), (seed, text, items) => {
      const purpose = text.replaceAll('\n', ' ');
      const before = [...items];
      const order = seededOrder(seed, purpose).permutation(items);
      expect(items).toEqual(before);
      expect(order.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      expect(seededOrder(seed, purpose).permutation(items)).toEqual(order);
    }),
  );
});

test('every order of four comes about as often: chi-square of 24 cells below the 99.9 % point', () => {
  const seen = new Map<string, number>();
  const draws = 24_000;
  for (let n = 0; n < draws; n += 1) {
    const order = seededOrder(seedOf(n), 'uniformity').permutation('abcd'.split('')).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  const expected = draws / 24;
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  expect(chiSquare).toBeLessThan(49.73);
});

test('every item comes to every place about as often, and each number below seven', () => {
  const [size, draws] = [10, 10_000];
  const at = upTo(size * size).map(() => 0);
  const numbers = upTo(7).map(() => 0);
  for (let n = 0; n < draws; n += 1) {
    const chance = seededOrder(seedOf(n), 'places');
    for (const [place, item] of chance.permutation(upTo(size)).entries()) at[place * size + item]! += 1;
    numbers[chance.below(7)]! += 1;
  }
  const chiSquare = (counts: number[]) => {
    const expected = counts.reduce((a, b) => a + b) / counts.length;
    return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  };
  // 81 and 6 degrees of freedom, 99.9 %.
  expect(chiSquare(at)).toBeLessThan(126.1);
  expect(chiSquare(numbers)).toBeLessThan(22.46);
});

test('two purposes of one seed do not go hand in hand', () => {
  const orders = ['seats 201', 'seats 202', 'rechecks'].map((p) => seededOrder(zeros, p).permutation(upTo(30)).join());
  expect(new Set(orders).size).toBe(3);
});

test.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('no number below %s', (n) => {
  expect(() => seededOrder(zeros, 'x').below(n)).toThrow(RangeError);
});

test('a purpose is one line: it may not reach into the seed', () => {
  expect(() => seededOrder(zeros, 'a\nb')).toThrow(RangeError);
});
