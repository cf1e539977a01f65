import { spawnSync } from 'node:child_process';

/** What ffmpeg finds in a segment: how many frames it decodes, and what it complains of. */
export function playable(segment: Uint8Array): { frames: number; complaint: string } {
  const played = spawnSync('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-f', 'framemd5', '-'], {
    input: segment,
    maxBuffer: 64 * 1024 * 1024,
  });
  const frames = played.stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('0,')).length;
  return { frames, complaint: played.stderr.toString().trim() };
}
