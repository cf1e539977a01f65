import { expect, test } from 'vitest';
import { measureQuality } from './quality.ts';

const SIZE = 112;
/** A grey picture of 112 x 112 in three equal planes. */
function greyPicture(valueAt: (x: number, y: number) => number): Float32Array {
  const plane = Array.from({ length: SIZE * SIZE }, (_, i) => valueAt(i % SIZE, Math.floor(i / SIZE)));
  return Float32Array.from([...plane, ...plane, ...plane]);
}

const checkers = (low: number, high: number, side: number) =>
  greyPicture((x, y) => ((Math.floor(x / side) + Math.floor(y / side)) % 2 === 0 ? low : high));

test.each([
  ['flat grey', greyPicture(() => 100), { brightness: 100, contrast: 0, sharpness: 0, darkShare: 0, brightShare: 0 }],
  ['black', greyPicture(() => 0), { brightness: 0, contrast: 0, sharpness: 0, darkShare: 1, brightShare: 0 }],
  ['white', greyPicture(() => 255), { brightness: 255, contrast: 0, sharpness: 0, darkShare: 0, brightShare: 1 }],
  // Every pixel differs by 100 from its four neighbours: the Laplacian is +-400, its variance 160000 against 2500.
  ['checkers', checkers(50, 150, 1), { brightness: 100, contrast: 50, sharpness: 64, darkShare: 0, brightShare: 0 }],
  ['half white', checkers(0, 255, 8), { brightness: 127.5, contrast: 127.5, darkShare: 0.5, brightShare: 0.5 }],
])('%s', (_, picture, expected) => {
  const found = measureQuality(picture, 180);
  expect(found.sizePx).toBe(180);
  for (const [name, value] of Object.entries(expected)) expect(found[name as keyof typeof found]).toBeCloseTo(value, 2);
});

test('half the light is half the brightness and contrast, and the same sharpness', () => {
  const full = measureQuality(checkers(60, 200, 3), 180);
  const half = measureQuality(checkers(30, 100, 3), 180);
  expect(half.brightness).toBeCloseTo(full.brightness / 2, 3);
  expect(half.contrast).toBeCloseTo(full.contrast / 2, 3);
  expect(half.sharpness).toBeCloseTo(full.sharpness, 3);
});

test('hair and background do not count', () => {
  const framed = greyPicture((x, y) => (x >= 23 && x <= 88 && y >= 29 && y <= 102 ? 90 : 255));
  expect(measureQuality(framed, 180)).toMatchObject({ brightness: 90, contrast: 0, brightShare: 0 });
});
