const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const QUANTISATION_TABLES = 0xdb;
const COEFFICIENTS = 64;

/**
 * The steps to which a JPEG's luminance was rounded when it was compressed, 64 in rows (lowest frequency first): the larger,
 * the coarser. Null when the bytes are no JPEG or name no table 0, which every common encoder uses for luminance.
 * Format: ITU-T T.81, B.2.4.1.
 */
export function luminanceStepsOf(image: Uint8Array): Uint16Array | null {
  if (image[0] !== 0xff || image[1] !== START_OF_IMAGE) return null;
  for (let at = 2; at + 4 <= image.length && image[at] === 0xff; ) {
    const marker = image[at + 1]!;
    const length = (image[at + 2]! << 8) | image[at + 3]!;
    if (marker === START_OF_SCAN || length < 2) return null;
    const segment = image.subarray(at + 4, at + 2 + length);
    const steps = marker === QUANTISATION_TABLES ? tableZeroIn(segment) : null;
    if (steps) return steps;
    at += 2 + length;
  }
  return null;
}

function tableZeroIn(segment: Uint8Array): Uint16Array | null {
  for (let at = 0; at < segment.length; ) {
    const bytesPerStep = segment[at]! >> 4 === 0 ? 1 : 2;
    const table = segment[at]! & 15;
    const from = at + 1;
    at = from + COEFFICIENTS * bytesPerStep;
    if (table !== 0) continue;
    if (at > segment.length) return null;
    const stepAt = (i: number) =>
      bytesPerStep === 1 ? segment[from + i]! : (segment[from + 2 * i]! << 8) | segment[from + 2 * i + 1]!;
    const steps = new Uint16Array(COEFFICIENTS);
    for (const [i, place] of ZIGZAG.entries()) steps[place] = stepAt(i);
    return steps.includes(0) ? null : steps;
  }
  return null;
}

/** Places in rows of the coefficients in the order of the file: diagonal by diagonal, to and fro. */
const ZIGZAG: readonly number[] = Array.from({ length: 15 }, (_, diagonal) => {
  const rows = Array.from({ length: 8 }, (_, row) => row).filter((row) => diagonal - row >= 0 && diagonal - row < 8);
  const upwards = diagonal % 2 === 0;
  return (upwards ? rows.toReversed() : rows).map((row) => row * 8 + (diagonal - row));
}).flat();
