import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { bmpFile } from '../../../electron/devices/photo-decoder/specimen-bmp.ts';

/** Width and height of the photograph on a card's chip. */
const [WIDTH, HEIGHT] = [102, 126];
const DECODER = resolve(import.meta.dirname, 'card-photo-decoder.mjs');

/**
 * The photographs that lie on the chips of specimen cards. What the chip holds is a number in place of the makers' form; the
 * decoder command stands for their software and gives the photograph of that number.
 *
 * @param photos  in the order of their numbers
 * @returns the command line for the setting
 */
export async function decoderOf(photos: readonly Uint8Array[], folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [number, photo] of photos.entries()) {
    const scaled = sharp(photo).resize(WIDTH, HEIGHT, { fit: 'cover' }).removeAlpha().toColourspace('srgb');
    const { data, info } = await scaled.raw().toBuffer({ resolveWithObject: true });
    await writeFile(join(folder, `${number}.bmp`), bmpFile({ width: info.width, height: info.height, data }));
  }
  return `"${process.execPath}" "${DECODER}" "${folder}" {wlt} {picture}`;
}

/** What the chip holds for the photograph of this number. */
export const chipPhoto = (number: number): Uint8Array => new Uint8Array(1024).fill(number, 0, 1);
