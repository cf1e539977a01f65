import { ALIGNED_SIZE } from './chain/alignment.ts';
import type { FaceQuality } from './port.ts';

const PIXELS = ALIGNED_SIZE * ALIGNED_SIZE;
const NEARLY_BLACK = 16;
const NEARLY_WHITE = 240;

/** The part of the aligned picture that is skin on nearly everyone: below the hair, between the ears, above the collar. */
const FACE = { left: 24, right: 88, top: 30, bottom: 102 };

/**
 * Light and sharpness of a face, measured on the aligned picture so that two people at the same desk are measured alike.
 * Measures and names after ISO/IEC 29794-5.
 *
 * @param aligned  three planes of 112 x 112, red, green, blue, 0-255
 * @param sizePx   width of the detector's box in the picture
 */
export function measureQuality(aligned: Float32Array, sizePx: number): FaceQuality {
  const luma = lumaOf(aligned);
  let count = 0;
  let sum = 0;
  let squares = 0;
  let dark = 0;
  let bright = 0;
  let edgeSum = 0;
  let edgeSquares = 0;
  for (let y = FACE.top; y < FACE.bottom; y += 1) {
    for (let x = FACE.left; x < FACE.right; x += 1) {
      const at = y * ALIGNED_SIZE + x;
      const value = luma[at]!;
      const around = luma[at - 1]! + luma[at + 1]! + luma[at - ALIGNED_SIZE]! + luma[at + ALIGNED_SIZE]!;
      const edge = around - 4 * value;
      count += 1;
      sum += value;
      squares += value * value;
      edgeSum += edge;
      edgeSquares += edge * edge;
      if (value < NEARLY_BLACK) dark += 1;
      if (value > NEARLY_WHITE) bright += 1;
    }
  }
  const spread = variance(sum, squares, count);
  return {
    sizePx,
    brightness: sum / count,
    contrast: Math.sqrt(spread),
    // Relative to the contrast: otherwise a dim picture would pass for a blurred one.
    sharpness: spread < 1 ? 0 : variance(edgeSum, edgeSquares, count) / spread,
    darkShare: dark / count,
    brightShare: bright / count,
  };
}

/** Luma by ITU-R BT.601, as JPEG uses it. */
function lumaOf(aligned: Float32Array): Float32Array {
  const luma = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i += 1) {
    luma[i] = 0.299 * aligned[i]! + 0.587 * aligned[PIXELS + i]! + 0.114 * aligned[2 * PIXELS + i]!;
  }
  return luma;
}

const variance = (sum: number, squares: number, count: number): number =>
  Math.max(0, squares / count - (sum / count) ** 2);
