import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As a desk sends them: frames of 480 rows, twelve a second, and not mirrored. */
export const FRAMES_A_SECOND = 12;

/** A clip as the JPEGs a desk would have sent. @throws Error when ffmpeg cannot read it */
export async function framesOf(clip: string): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-clip-'));
  try {
    const filter = `fps=${FRAMES_A_SECOND},scale=-2:480`;
    const args = ['-v', 'error', '-i', clip, '-vf', filter, '-q:v', '3', join(folder, '%05d.jpg')];
    const done = spawnSync('ffmpeg', args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`ffmpeg: ${done.stderr || done.error}`);
    const files = (await readdir(folder)).sort();
    return await Promise.all(files.map((file) => readFile(join(folder, file))));
  } finally {
    await rm(folder, { recursive: true });
  }
}
