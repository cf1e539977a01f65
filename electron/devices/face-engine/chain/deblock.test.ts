import sharp from 'sharp';
import { expect, test } from 'vitest';
import { luminanceStepsOf } from '../jpeg-steps.ts';
import { deblock, deblockIfCoarse } from './deblock.ts';
import type { Picture } from './picture.ts';

const WIDTH = 96;
const HEIGHT = 104;

/** Soft waves of grey, as on skin: what blocks spoil most. */
const original: Picture = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % WIDTH;
    const y = Math.floor(i / 3 / WIDTH);
    return 128 + 60 * Math.sin(x / 9) * Math.cos(y / 13);
  }),
};

async function compressed(quality: number, picture = original): Promise<Picture> {
  const { width, height } = picture;
  const jpeg = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { width, height, data: await sharp(jpeg).raw().toBuffer(), jpegSteps: luminanceStepsOf(jpeg)! };
}

function differenceFromOriginal({ data }: Picture): number {
  let sum = 0;
  for (const [i, value] of data.entries()) sum += (value - original.data[i]!) ** 2;
  return sum / data.length;
}

test('a coarse JPEG comes closer to what was compressed', async () => {
  const coarse = await compressed(10);
  const smooth = deblockIfCoarse(coarse)!;
  expect(smooth).toMatchObject({ width: WIDTH, height: HEIGHT });
  expect(differenceFromOriginal(smooth)).toBeLessThan(0.6 * differenceFromOriginal(coarse));
});

test('an even picture stays as it is, to its edges and with a size that is no multiple of eight', () => {
  const even = { width: 13, height: 9, data: new Uint8Array(13 * 9 * 3).fill(128) };
  expect(deblock(even, new Uint16Array(64).fill(40)).data).toEqual(even.data);
});

test('steps of one hardly change anything: only what is coarse is smoothed', () => {
  const { data } = deblock(original, new Uint16Array(64).fill(1));
  expect(Math.max(...data.map((value, i) => Math.abs(value - original.data[i]!)))).toBeLessThanOrEqual(1);
});

test('good JPEGs, large ones and other formats are left alone', async () => {
  expect(deblockIfCoarse(await compressed(80))).toBeNull();
  expect(deblockIfCoarse(original)).toBeNull();
  const large = { width: 1000, height: 400, data: new Uint8Array(1000 * 400 * 3).fill(90) };
  expect(deblockIfCoarse(await compressed(10, large))).toBeNull();
});
