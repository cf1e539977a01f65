import { err, ok, type Result } from '../../lib/result.ts';

/** Rows from the top, three bytes a pixel: red, green, blue. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const HEADERS_BYTES = 54;
const INFO_HEADER_BYTES = 40;
/** A card's photograph has 102 x 126; what a maker's software scales up is still far below. */
const MAX_SIDE_PX = 2_048;
/** Some writers round the file up to whole words. */
const TRAILING_BYTES = 3;

/**
 * Reads a Windows bitmap as the decoders of card photographs write it: 24 bits a pixel, not compressed, one plane, rows
 * from below or from above. Everything else, and a file that is shorter or longer than its header says, is refused:
 * sharp reads no bitmaps, and a lenient reader of foreign bytes is a risk for nothing. Never throws.
 */
export function readBmp(
  file: Uint8Array,
): Result<RgbPicture, 'not-a-bitmap' | 'bitmap-unsupported' | 'bitmap-damaged'> {
  if (file.length < HEADERS_BYTES || file[0] !== 0x42 || file[1] !== 0x4d) return err('not-a-bitmap');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pixelsAt = view.getUint32(10, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const isPlain =
    view.getUint32(14, true) === INFO_HEADER_BYTES &&
    view.getUint16(26, true) === 1 &&
    view.getUint16(28, true) === 24 &&
    view.getUint32(30, true) === 0;
  if (!isPlain) return err('bitmap-unsupported');
  if (width < 1 || height < 1 || width > MAX_SIDE_PX || height > MAX_SIDE_PX) return err('bitmap-unsupported');
  const rowBytes = (width * 3 + 3) & ~3;
  const excess = file.length - pixelsAt - rowBytes * height;
  if (pixelsAt < HEADERS_BYTES || excess < 0 || excess > TRAILING_BYTES) return err('bitmap-damaged');

  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = pixelsAt + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x += 1) {
      const from = row + x * 3;
      const to = (y * width + x) * 3;
      data[to] = file[from + 2]!;
      data[to + 1] = file[from + 1]!;
      data[to + 2] = file[from]!;
    }
  }
  return ok({ width, height, data });
}
