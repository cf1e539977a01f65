import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A fragmented MP4 film of a test picture with a running clock, in fragments of one second that each begin with a key
 * frame, as a desk or a network camera delivers it. Needs ffmpeg.
 */
export function specimenFilm(seconds: number, size = '320x240', fps = 25): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-film-'));
  try {
    const file = join(folder, 'film.mp4');
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}`, '-t', String(seconds)],
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-crf',
        '36',
        '-g',
        String(fps),
        '-bf',
        '0',
        '-pix_fmt',
        'yuv420p',
      ],
      ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', file],
    ]);
    return new Uint8Array(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
