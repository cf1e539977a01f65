import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import {
  type MuxedFragment,
  muxFragment,
  type Packet,
} from '../../../renderer/features/recording/capture/mux-fragment.ts';

const FRAMES_PER_SECOND = 15;
const frameMs = 1000 / FRAMES_PER_SECOND;

/** Seconds of real H.264, each beginning with a key frame, to be muxed as the desk does. */
export interface Film {
  readonly decoderConfig: VideoDecoderConfig;
  readonly seconds: readonly { data: Uint8Array; isKey: boolean }[][];
}

/** Draws a moving test picture with ffmpeg. @throws Error where ffmpeg is not installed */
export async function drawFilm(seconds: number, size = '1280x720'): Promise<Film> {
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-film-'));
  try {
    const file = join(folder, 'film.mp4');
    const source = `testsrc2=size=${size}:rate=${FRAMES_PER_SECOND}:duration=${seconds}`;
    const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'baseline', '-b:v', '1200k', '-g', '15'];
    const keys = ['-keyint_min', '15', '-sc_threshold', '0', '-bf', '0', '-pix_fmt', 'yuv420p'];
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...encode, ...keys, file]);
    return await read(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(file: string): Promise<Film> {
  const input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('the film that was drawn has no picture');
  const seconds: { data: Uint8Array; isKey: boolean }[][] = [];
  for await (const { data, type } of new EncodedPacketSink(track).packets()) {
    const isKey = type === 'key';
    if (isKey) seconds.push([]);
    seconds.at(-1)!.push({ data, isKey });
  }
  return { decoderConfig, seconds };
}

/** Second `n` of the film, over and over, as the fragment that begins at `beginMs` of a recording that began at `originMs`. */
export function fragmentOf(
  film: Film,
  n: number,
  beginMs: number,
  originMs: number,
  number: number,
): Promise<MuxedFragment> {
  const frames = film.seconds[n % film.seconds.length]!;
  const packets = frames.map(
    (f, i): Packet => ({ ...f, wallMs: beginMs + i * frameMs, monoMs: beginMs + i * frameMs }),
  );
  const { decoderConfig } = film;
  return muxFragment({ family: 'avc', decoderConfig, packets, endMs: beginMs + 1_000, originMs, number, sound: null });
}

export const framesOf = (film: Film, n: number): number => film.seconds[n % film.seconds.length]!.length;
