import type sharp from 'sharp';
import { err, ok, type Result } from '../../lib/result.ts';
import { readBmp } from './bmp.ts';

export type PhotoFault = 'too-large' | 'not-a-picture' | 'unreadable' | 'wrong-size';

/** A card's photograph as its chip holds it. */
export const CARD_PHOTO = { width: 102, height: 126 } as const;

const MAX_BYTES = 1024 * 1024;
const SIDE_PX = { least: 48, most: 1_200 } as const;
const JPEG_QUALITY = 92;

type Sharp = typeof sharp;
/** Loaded on first use: a machine whose native library does not load still reads cards, only without this photograph. */
const loadSharp = async (): Promise<Sharp> => (await import('sharp')).default;

/**
 * A card's photograph from makers' software, as JPEG. A JPEG that decodes is kept byte for byte; a bitmap is converted.
 * No other format is looked at.
 *
 * @param size  the only size accepted; left out, any that a portrait may have
 */
export async function cardPhotoJpeg(
  picture: Uint8Array,
  size?: { readonly width: number; readonly height: number },
): Promise<Result<Uint8Array, PhotoFault>> {
  if (picture.length > MAX_BYTES) return err('too-large');
  const isAllowed = (width: number, height: number) =>
    size
      ? width === size.width && height === size.height
      : [width, height].every((side) => side >= SIDE_PX.least && side <= SIDE_PX.most);
  const bitmap = readBmp(picture);
  if (bitmap.ok) {
    const { data, width, height } = bitmap.value;
    if (!isAllowed(width, height)) return err('wrong-size');
    const open = await loadSharp();
    const jpeg = await open(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return ok(new Uint8Array(jpeg));
  }
  if (bitmap.error !== 'not-a-bitmap') return err('unreadable');
  if (picture[0] !== 0xff || picture[1] !== 0xd8 || picture[2] !== 0xff) return err('not-a-picture');
  try {
    const open = await loadSharp();
    const limits = { failOn: 'error', limitInputPixels: SIDE_PX.most * SIDE_PX.most, pages: 1 } as const;
    const { width, height } = await open(picture, limits).metadata();
    if (!isAllowed(width, height)) return err('wrong-size');
    // A header says little: only unpacking shows that the picture is whole.
    await open(picture, limits).raw().toBuffer();
    return ok(picture);
  } catch {
    return err('unreadable');
  }
}
