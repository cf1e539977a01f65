import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { luminanceStepsOf } from './jpeg-steps.ts';

const grey = sharp({ create: { width: 32, height: 32, channels: 3, background: '#777' } });

/** The first rows of table K.1 of ITU-T T.81, annex K, which quality 50 of the common scale uses as it stands. */
const FIRST_ROWS = [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55];

test('quality 50 is the table of the standard, row by row', async () => {
  const steps = luminanceStepsOf(await grey.jpeg({ quality: 50 }).toBuffer())!;
  expect([...steps.subarray(0, 16)]).toEqual(FIRST_ROWS);
  expect(steps[63]).toBe(99);
});

test('half the quality, twice the steps', async () => {
  const steps = luminanceStepsOf(await grey.jpeg({ quality: 25 }).toBuffer())!;
  expect([...steps.subarray(0, 16)]).toEqual(FIRST_ROWS.map((step) => 2 * step));
});

test('a table of 16-bit steps, behind a table for colour', () => {
  const colour = [0x01, ...Array(64).fill(7)];
  const luminance = [0x10, ...Array.from({ length: 64 }, () => [1, 4]).flat()];
  const length = 2 + colour.length + luminance.length;
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, length >> 8, length & 255, ...colour, ...luminance]);
  expect([...luminanceStepsOf(jpeg)!]).toEqual(Array(64).fill(260));
});

test.each([
  ['nothing', []],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG without a table', [0xff, 0xd8, 0xff, 0xda, 0, 8]],
  ['a table cut short', [0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, 1, 2, 3]],
  ['a step of nought, by which nothing can be divided', [0xff, 0xd8, 0xff, 0xdb, 0, 67, ...Array(65).fill(0)]],
  ['a segment that claims to end before it begins', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]],
])('%s has no steps', (_, bytes) => {
  expect(luminanceStepsOf(Uint8Array.from(bytes))).toBeNull();
});

test('no bytes whatever hang it or throw', () => {
  const segments = fc.array(fc.oneof(fc.constantFrom(0xff, 0xdb, 0x00, 0x43), fc.nat(255)), { maxLength: 300 });
  fc.assert(
    fc.property(segments, (bytes) => {
      const steps = luminanceStepsOf(Uint8Array.from([0xff, 0xd8, ...bytes]));
      expect(steps === null || (steps.length === 64 && !steps.includes(0))).toBe(true);
    }),
  );
});
