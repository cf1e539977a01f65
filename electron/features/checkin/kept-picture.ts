import { decodeImage } from '../../devices/face-engine/decode-image.ts';
import { MAX_IMAGE_BYTES } from '../../devices/face-engine/port.ts';
import { checkPhoto } from '../plan/photo.ts';

/** A camera's picture of a person is tens of kilobytes; what is smaller shows nobody. */
const MIN_BYTES = 1_000;

/**
 * Whether a frame that no engine has looked at may be kept as the live picture: a whole JPEG from its first mark to its
 * last, of a person's size, that decodes. Where the decoder itself does not load (the same machine that runs no engine),
 * the header's word is taken.
 */
export async function isWholePicture(jpeg: Uint8Array): Promise<boolean> {
  if (jpeg.length < MIN_BYTES || jpeg.length > MAX_IMAGE_BYTES) return false;
  if (jpeg.at(-2) !== 0xff || jpeg.at(-1) !== 0xd9) return false;
  const said = checkPhoto(jpeg);
  if (!said.ok || said.value.kind !== 'jpeg') return false;
  const sharp = await import('sharp').then(
    (module) => module.default,
    () => null,
  );
  return sharp === null || (await decodeImage(sharp, jpeg)).ok;
}
