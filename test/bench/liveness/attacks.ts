import sharp from 'sharp';
import type { FaceBox, FaceEngine } from '../../../electron/devices/face-engine/port.ts';
import type { Ask } from '../../../electron/features/liveness/facts.ts';
import type { Show } from './attempt.ts';
import { FRAMES_A_SECOND } from './clip.ts';
import { heldPicture } from './held-picture.ts';
import { TURNS } from './passages.ts';

export type Attack = { ask: Ask; show: Show };
export type Clips = ReadonlyMap<string, readonly Buffer[]>;

const SIDES = ['left', 'right'] as const;
const frameAt = (seconds: number) => Math.round(seconds * FRAMES_A_SECOND);

/** The kinds of attack, each with its attempts. The pictures are of the very people who would be let in. */
export const ATTACKS: Record<string, (engine: FaceEngine, clips: Clips) => Promise<Attack[]>> = {
  'photograph-still': async (_, clips) => photographs(clips, () => [0, 0]),
  'photograph-turned': async (_, clips) => photographs(clips, (t) => [40 * Math.sin((2 * Math.PI * t) / 3), 0]),
  'photograph-tilted': async (_, clips) =>
    photographs(clips, (t) => [25 * Math.sin((2 * Math.PI * t) / 3), 25 * Math.sin((2 * Math.PI * t) / 4)]),
  'frozen-clip': async (_, clips) =>
    stillsOf(clips).flatMap((still) => SIDES.map((ask) => ({ ask, show: () => still }))),
  'looped-clip': async (_, clips) =>
    [...clips.values()].flatMap((frames) =>
      [2, 10, 18, 26].flatMap((fromS) => SIDES.map((ask) => ({ ask, show: looped(frames, frameAt(fromS), 3) }))),
    ),
  'recording-replayed': async (_, clips) =>
    [...clips.values()].flatMap((frames) => {
      const starts = Array.from({ length: Math.floor(frames.length / frameAt(4)) - 3 }, (_, i) => i * frameAt(4));
      return starts.flatMap((from) => SIDES.map((ask) => ({ ask, show: (i: number) => frames[from + i] ?? null })));
    }),
  'face-exchanged': exchanged,
};

const stillsOf = (clips: Clips): Buffer[] =>
  [...clips.values()].flatMap((frames) => [frames[frameAt(3)]!, frames[frameAt(12)]!]);

/** @param held  degrees turned and tilted at a time in seconds */
async function photographs(clips: Clips, held: (atS: number) => readonly [number, number]): Promise<Attack[]> {
  const pictures = await Promise.all(stillsOf(clips).map(heldPicture));
  return pictures.flatMap((picture) =>
    SIDES.map((ask) => ({ ask, show: (frame: number) => picture(...held(frame / FRAMES_A_SECOND), frame) })),
  );
}

const looped = (frames: readonly Buffer[], from: number, seconds: number): Show => {
  return (i) => frames[from + (i % frameAt(seconds))]!;
};

/** One person looks straight, another one turns, brought to the same place and size at the moment of the question. */
async function exchanged(engine: FaceEngine, clips: Clips): Promise<Attack[]> {
  const attacks: Attack[] = [];
  for (const { clip, side, atS } of TURNS) {
    const turning = clips.get(clip)!;
    // The two cap clips show the same man.
    const [other] = [...clips].find(([name]) => name.slice(0, 3) !== clip.slice(0, 3))!;
    const resting = clips.get(other)!;
    const from = frameAt(atS) - frameAt(1);
    const restFrom = frameAt(3);
    let askedAt: number | null = null;
    const toBox = await boxIn(engine, resting[restFrom]!);
    const fromBox = await boxIn(engine, turning[from]!);
    const show: Show = (i, asked) => {
      if (!asked) return resting[restFrom + i] ?? null;
      askedAt ??= i;
      const frame = turning[from + i - askedAt];
      return frame ? moved(frame, fromBox, toBox) : null;
    };
    attacks.push({ ask: side, show });
  }
  return attacks;
}

async function boxIn(engine: FaceEngine, image: Buffer): Promise<FaceBox> {
  const seen = await engine.follow(image, null);
  if (!seen.ok || seen.value.kind !== 'face') throw new Error('no face where one was expected');
  return seen.value.box;
}

/** The picture shifted and scaled so that one box comes to lie on the other. */
async function moved(jpeg: Buffer, from: FaceBox, to: FaceBox): Promise<Buffer> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const scale = from.width / to.width;
  const out = Buffer.alloc(data.length, 119);
  for (let y = 0; y < info.height; y += 1) {
    const v = Math.round((y - to.top - to.height / 2) * scale + from.top + from.height / 2);
    if (v < 0 || v >= info.height) continue;
    for (let x = 0; x < info.width; x += 1) {
      const u = Math.round((x - to.left - to.width / 2) * scale + from.left + from.width / 2);
      if (u < 0 || u >= info.width) continue;
      data.copy(out, 3 * (y * info.width + x), 3 * (v * info.width + u), 3 * (v * info.width + u) + 3);
    }
  }
  return sharp(out, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
