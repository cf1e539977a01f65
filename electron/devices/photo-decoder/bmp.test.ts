import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBmp } from './bmp.ts';
import { bmpFile } from './specimen-bmp.ts';

const picture = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    data: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
  }),
);

test('a bitmap gives back every pixel, whichever way its rows run', () => {
  fc.assert(
    fc.property(picture, (rgb) => {
      const fromBelow = bmpFile(rgb);
      expect(readBmp(fromBelow)).toEqual({ ok: true, value: rgb });
      const { width, height } = rgb;
      const turned = new Uint8Array(rgb.data.length);
      for (let y = 0; y < height; y += 1)
        turned.set(rgb.data.subarray(y * width * 3, (y + 1) * width * 3), (height - 1 - y) * width * 3);
      const fromAbove = bmpFile({ width, height, data: turned });
      new DataView(fromAbove.buffer).setInt32(22, -height, true);
      expect(readBmp(fromAbove)).toEqual({ ok: true, value: rgb });
    }),
  );
});

const small = () => bmpFile({ width: 5, height: 3, data: new Uint8Array(45).fill(9) });
const changed = (at: number, write: (view: DataView, at: number) => void) => {
  const file = small();
  write(new DataView(file.buffer), at);
  return file;
};

test('a card photo has the size makers name', () => {
  expect(bmpFile({ width: 102, height: 126, data: new Uint8Array(38_556) })).toHaveLength(38_862);
});

test.each([
  ['no bitmap', new Uint8Array(100), 'not-a-bitmap'],
  ['too short for a header', small().subarray(0, 53), 'not-a-bitmap'],
  ['a row cut off', small().subarray(0, -16), 'bitmap-damaged'],
  ['a byte cut off', small().subarray(0, -1), 'bitmap-damaged'],
  ['much after the end', Uint8Array.of(...small(), ...new Uint8Array(4)), 'bitmap-damaged'],
  ['pixels said to begin inside the header', changed(10, (v, at) => v.setUint32(at, 20, true)), 'bitmap-damaged'],
  ['pixels said to begin beyond the end', changed(10, (v, at) => v.setUint32(at, 0xffff_ffff, true)), 'bitmap-damaged'],
  ['8 bits a pixel', changed(28, (v, at) => v.setUint16(at, 8, true)), 'bitmap-unsupported'],
  ['compressed', changed(30, (v, at) => v.setUint32(at, 1, true)), 'bitmap-unsupported'],
  ['another header', changed(14, (v, at) => v.setUint32(at, 12, true)), 'bitmap-unsupported'],
  ['no width', changed(18, (v, at) => v.setInt32(at, 0, true)), 'bitmap-unsupported'],
  ['a negative width', changed(18, (v, at) => v.setInt32(at, -5, true)), 'bitmap-unsupported'],
  ['a width beyond all cards', changed(18, (v, at) => v.setInt32(at, 2_049, true)), 'bitmap-unsupported'],
  ['the most negative height', changed(22, (v, at) => v.setInt32(at, -(2 ** 31), true)), 'bitmap-unsupported'],
])('%s is refused', (_what, file, error) => {
  expect(readBmp(file)).toEqual({ ok: false, error });
});

test('hostile bytes behind a right beginning never throw and never ask for more than the file has', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 52, maxLength: 400 }), (tail) => {
      const read = readBmp(Uint8Array.of(0x42, 0x4d, ...tail));
      if (read.ok) expect(read.value.data.length).toBeLessThanOrEqual(tail.length);
    }),
  );
});
