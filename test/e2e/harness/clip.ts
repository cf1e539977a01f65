import { open } from 'node:fs/promises';
import sharp from 'sharp';

/**
 * Writes a clip for the fake camera from still pictures, without ffmpeg: a motion JPEG file is JPEG pictures one after
 * another, all of one size. Each still stands for `framesEach` frames.
 */
export async function clipFromStills(stills: readonly string[], clip: string, framesEach = 30): Promise<void> {
  const file = await open(clip, 'wx');
  try {
    for (const still of stills) {
      // Plain 4:2:0 baseline is what the fake camera decodes.
      const frame = await sharp(still)
        .resize(640, 480, { fit: 'cover' })
        .jpeg({ quality: 90, chromaSubsampling: '4:2:0', progressive: false })
        .toBuffer();
      for (let n = 0; n < framesEach; n += 1) await file.write(frame);
    }
  } finally {
    await file.close();
  }
}
