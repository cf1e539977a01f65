import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from './decode-image.ts';
import { MAX_IMAGE_BYTES } from './port.ts';

/** Left half red, right half blue. */
const redBlue = (width: number, height: number) => {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) data[3 * i + (i % width < width / 2 ? 0 : 2)] = 255;
  return sharp(data, { raw: { width, height, channels: 3 } });
};
const pixel = (picture: { data: Uint8Array; width: number }, x: number, y: number) => [
  ...picture.data.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3),
];

describe('what opens', () => {
  test('a PNG, byte for byte', async () => {
    const found = await decodeImage(sharp, await redBlue(8, 4).png().toBuffer());
    expect(found).toMatchObject({ ok: true, value: { width: 8, height: 4 } });
    if (found.ok)
      expect([pixel(found.value, 0, 0), pixel(found.value, 7, 3)]).toEqual([
        [255, 0, 0],
        [0, 0, 255],
      ]);
  });

  test('a phone held upright: EXIF orientation 6 turns the picture', async () => {
    const file = await redBlue(8, 4).withMetadata({ orientation: 6 }).png().toBuffer();
    const found = await decodeImage(sharp, file);
    expect(found).toMatchObject({ ok: true, value: { width: 4, height: 8 } });
    if (found.ok)
      expect([pixel(found.value, 0, 0), pixel(found.value, 0, 7)]).toEqual([
        [255, 0, 0],
        [0, 0, 255],
      ]);
  });

  test.each([
    ['grey JPEG', () => redBlue(16, 16).greyscale().jpeg().toBuffer()],
    ['CMYK JPEG', () => redBlue(16, 16).toColourspace('cmyk').jpeg().toBuffer()],
    ['PNG with transparency', () => redBlue(16, 16).ensureAlpha(0.5).png().toBuffer()],
    ['16-bit PNG', () => redBlue(16, 16).toColourspace('rgb16').png().toBuffer()],
  ])('a %s becomes three bytes a pixel', async (_, file) => {
    const found = await decodeImage(sharp, await file());
    expect(found.ok && found.value.data.length).toBe(16 * 16 * 3);
  });
});

describe('what is refused', () => {
  const jpeg = () => redBlue(400, 400).jpeg().toBuffer();
  test.each([
    ['nothing', async () => new Uint8Array()],
    ['text', async () => Buffer.from('not a picture')],
    ['SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['WebP', () => redBlue(16, 16).webp().toBuffer()],
    ['GIF', () => redBlue(16, 16).gif().toBuffer()],
    ['the first bytes of a JPEG alone', async () => (await jpeg()).subarray(0, 20)],
    ['half a JPEG', async () => (await jpeg()).subarray(0, (await jpeg()).length / 2)],
    ['half a PNG', async () => (await redBlue(400, 400).png().toBuffer()).subarray(0, 200)],
  ])('%s is unreadable', async (_, file) => {
    expect(await decodeImage(sharp, await file())).toEqual({ ok: false, error: { code: 'image-unreadable' } });
  });

  test.each([
    ['a file over 4 MiB', async () => Buffer.concat([await jpeg(), Buffer.alloc(MAX_IMAGE_BYTES)])],
    ['a picture 5000 pixels wide', () => redBlue(5000, 2).png().toBuffer()],
    ['a picture 5000 pixels high', () => redBlue(2, 5000).png().toBuffer()],
    ['a small file that unpacks to 400 megapixels', () => bomb()],
  ])('%s is too large', async (_, file) => {
    expect(await decodeImage(sharp, await file())).toEqual({ ok: false, error: { code: 'image-too-large' } });
  });

  /** The PNG of one pixel, its header claiming 20000 x 20000 (with the header's own checksum mended). */
  async function bomb(): Promise<Buffer> {
    const { crc32 } = await import('node:zlib');
    const png = await redBlue(2, 2).png().toBuffer();
    png.writeUInt32BE(20000, 16);
    png.writeUInt32BE(20000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  }
});
