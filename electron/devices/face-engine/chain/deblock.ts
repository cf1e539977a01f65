import type { Picture } from './picture.ts';

const SIDE = 8;
const AREA = SIDE * SIDE;
/** Every second shift in both directions: all 64 were no better and four times the work. */
const SHIFT_STEP = 2;

/**
 * A JPEG's picture with the edges of its 8 x 8 blocks smoothed away. The brightness is compressed again with the same steps
 * at sixteen shifts of the grid of blocks, and the results are averaged: what is of the face survives every shift, the
 * edges of the blocks only one. Colour stays as it is.
 *
 * @param steps  the 64 quantisation steps of the file's luminance, row by row (not in zigzag order)
 * Method: Nosratinia, Enhancement of JPEG-compressed images by re-application of JPEG (J. VLSI Signal Processing 27, 2001).
 */
export function deblock(picture: Picture, steps: Uint16Array): Picture {
  const { data, width, height } = picture;
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i += 1) {
    luma[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  const sum = new Float32Array(luma.length);
  let shifts = 0;
  for (let down = 0; down < SIDE; down += SHIFT_STEP) {
    for (let right = 0; right < SIDE; right += SHIFT_STEP) {
      addCompressed(sum, luma, width, height, right, down, steps);
      shifts += 1;
    }
  }
  const smooth = new Uint8ClampedArray(data.length); // rounds to the nearest
  for (let i = 0; i < luma.length; i += 1) {
    const change = sum[i]! / shifts - luma[i]!;
    for (let colour = 3 * i; colour < 3 * i + 3; colour += 1) smooth[colour] = data[colour]! + change;
  }
  return { ...picture, data: new Uint8Array(smooth.buffer) };
}

/** Mean of the lowest four steps from which blocks are seen in a small face: JPEG below quality 50 of the common scale. */
const COARSE_STEP = 13;
/** In larger pictures a block is a small part of a face, and smoothing would take long. */
const MOST_SMOOTHED_PIXELS = 400 * 500;

/** The deblocked picture where that helps: a small one from a coarse JPEG. Null for any other. */
export function deblockIfCoarse(picture: Picture): Picture | null {
  const { jpegSteps: steps, width, height } = picture;
  if (!steps || width * height > MOST_SMOOTHED_PIXELS) return null;
  const lowest = (steps[0]! + steps[1]! + steps[SIDE]! + steps[SIDE + 1]!) / 4;
  return lowest >= COARSE_STEP ? deblock(picture, steps) : null;
}

/** Adds to `sum` the brightness as it comes out of blocks that begin at (right, down); edge pixels are repeated outwards. */
function addCompressed(
  sum: Float32Array,
  luma: Float32Array,
  width: number,
  height: number,
  right: number,
  down: number,
  steps: Uint16Array,
): void {
  const block = new Float32Array(AREA);
  for (let top = down - SIDE; top < height; top += SIDE) {
    for (let left = right - SIDE; left < width; left += SIDE) {
      for (let i = 0; i < AREA; i += 1) {
        const x = Math.min(width - 1, Math.max(0, left + (i % SIDE)));
        const y = Math.min(height - 1, Math.max(0, top + (i >> 3)));
        block[i] = luma[y * width + x]! - 128;
      }
      multiplyBothSides(FORWARD, block);
      for (let i = 0; i < AREA; i += 1) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!;
      multiplyBothSides(BACKWARD, block);
      for (let i = 0; i < AREA; i += 1) {
        const x = left + (i % SIDE);
        const y = top + (i >> 3);
        if (x >= 0 && y >= 0 && x < width && y < height) sum[y * width + x]! += block[i]! + 128;
      }
    }
  }
}

/** The orthonormal cosine transform of eight values, as rows, and its inverse. */
const FORWARD = Float32Array.from({ length: AREA }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.sqrt(1 / SIDE) : Math.sqrt(2 / SIDE);
  return scale * Math.cos(((2 * (i % SIDE) + 1) * frequency * Math.PI) / (2 * SIDE));
});
const BACKWARD = FORWARD.map((_, i) => FORWARD[(i % SIDE) * SIDE + (i >> 3)]!);

const half = new Float32Array(AREA);

/** block = matrix * block * transposed matrix, in place. */
function multiplyBothSides(matrix: Float32Array, block: Float32Array): void {
  for (let row = 0; row < AREA; row += SIDE) {
    for (let column = 0; column < SIDE; column += 1) {
      let value = 0;
      for (let k = 0; k < SIDE; k += 1) value += matrix[row + k]! * block[k * SIDE + column]!;
      half[row + column] = value;
    }
  }
  for (let row = 0; row < AREA; row += SIDE) {
    for (let column = 0; column < SIDE; column += 1) {
      let value = 0;
      for (let k = 0; k < SIDE; k += 1) value += half[row + k]! * matrix[column * SIDE + k]!;
      block[row + column] = value;
    }
  }
}
