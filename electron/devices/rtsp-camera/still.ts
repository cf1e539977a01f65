import { spawn } from 'node:child_process';
import { err, ok, type Result } from '../../lib/result.ts';
import type { RtspSource, RtspTrouble } from './port.ts';
import { inputList, stillArguments } from './source.ts';
import { troubleOf } from './trouble.ts';

const MOST_BYTES = 8 * 1024 * 1024;

/** One picture of a camera, to see whether the address is right. Gives up after a while. */
export function takePicture(
  ffmpeg: string,
  source: RtspSource,
  patienceMs = 12_000,
): Promise<Result<Uint8Array, RtspTrouble>> {
  return new Promise((resolve) => {
    const child = spawn(ffmpeg, stillArguments, { stdio: ['pipe', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    let [said, size] = ['', 0];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(err('stalled'));
    }, patienceMs);
    child.stdin.on('error', () => undefined);
    child.stdin.end(inputList(source));
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString('utf8')).slice(-2_000);
    });
    child.stdout.on('data', (bytes: Buffer) => {
      size += bytes.length;
      if (size <= MOST_BYTES) parts.push(bytes);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(err(error.code === 'ENOENT' ? 'no-ffmpeg' : 'ended'));
    });
    child.on('close', () => {
      clearTimeout(timer);
      const jpeg = Buffer.concat(parts);
      resolve(jpeg.length > 0 && size <= MOST_BYTES ? ok(new Uint8Array(jpeg)) : err(troubleOf(said) ?? 'bad-stream'));
    });
  });
}
