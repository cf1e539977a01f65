import type { Sharp, SharpOptions } from 'sharp';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Picture } from './chain/picture.ts';
import { luminanceStepsOf } from './jpeg-steps.ts';
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE_PX } from './port.ts';

export type Decoder = (image: Uint8Array, options: SharpOptions) => Sharp;

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Strictness: a truncated or damaged file is refused, a mere warning is not; common phones write JPEGs that draw one.
 * The pixel limit holds before anything is unpacked, so that a small file cannot ask for gigabytes.
 */
const OPTIONS: SharpOptions = { failOn: 'error', limitInputPixels: MAX_IMAGE_SIDE_PX * MAX_IMAGE_SIDE_PX, pages: 1 };

/**
 * The upright picture in a JPEG or PNG file from outside. Other formats are refused by their first bytes, before the
 * decoder, which would open many more, sees them.
 */
export async function decodeImage(
  decoder: Decoder,
  image: Uint8Array,
): Promise<Result<Picture, { code: 'image-unreadable' } | { code: 'image-too-large' }>> {
  if (image.byteLength > MAX_IMAGE_BYTES) return err({ code: 'image-too-large' });
  if (!startsWith(image, JPEG) && !startsWith(image, PNG)) return err({ code: 'image-unreadable' });
  try {
    const { width, height, orientation = 1 } = await decoder(image, { ...OPTIONS, limitInputPixels: false }).metadata();
    if (width > MAX_IMAGE_SIDE_PX || height > MAX_IMAGE_SIDE_PX) return err({ code: 'image-too-large' });
    const { data, info } = await decoder(image, OPTIONS)
      .autoOrient()
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return err({ code: 'image-unreadable' });
    const jpegSteps = orientation === 1 ? luminanceStepsOf(image) : null;
    return ok({ data, width: info.width, height: info.height, ...(jpegSteps && { jpegSteps }) });
  } catch {
    // sharp throws plain Errors for whatever is wrong with a file; the file's text is not worth a log line.
    return err({ code: 'image-unreadable' });
  }
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);
