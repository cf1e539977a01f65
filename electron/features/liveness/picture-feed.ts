import type { Sketch } from '../../devices/face-engine/port.ts';
import type { LivenessFailure } from './verdict.ts';

/** Whether the frames come from a camera: it never gives the same picture twice, and it keeps time. */
export type PictureFeed = {
  /** The newest sketches, oldest first. */
  sketches: readonly Sketch[];
  lastMs: number | null;
  intervalsMs: readonly number[];
  still: { frames: number; sinceMs: number } | null;
  /** For every earlier frame that the newest repeats: how many moving frames in a row have been repeated up to it. */
  repeats: ReadonlyMap<number, number>;
};

export type FeedBreak = Extract<LivenessFailure['code'], 'frozen-picture' | 'looping-picture' | 'frame-times'>;

/** Twenty seconds at ten frames a second; a longer loop outlasts a challenge. */
const REMEMBERED = 200;

/**
 * Mean distance of two sketches in grey levels. Between neighbours of three webcam clips at twelve frames a second it is
 * 0.008 at the least (a strongly compressed one) and 0.2 to 0.4 in the middle; between frames farther apart 0.07 at the least. A
 * frame that is shown again has 0, or next to nothing where it was packed anew.
 */
const UNCHANGED_BELOW = 0.004;
const REPEATED_BELOW = 0.03;

/** A slow camera's frame is sent twice, or three times, by a desk that asks faster. */
const STILL_FRAMES = 8;
const STILL_MS = 800;
/** Neighbours of a slow movement are alike without being repeats. */
const MIN_LAG = 4;
const REPEATED_FRAMES = 8;

/** No camera of a desk gives more than 120 frames a second: what comes faster was not filmed as it came. */
const MIN_INTERVAL_MS = 8;
const INTERVALS_TO_JUDGE = 12;

export const newPictureFeed = (): PictureFeed => ({
  sketches: [],
  lastMs: null,
  intervalsMs: [],
  still: null,
  repeats: new Map(),
});

/** Takes one more frame in, and says what it gives away, if anything. */
export function watchFeed(
  before: PictureFeed,
  atMs: number,
  sketch: Sketch,
): { after: PictureFeed; broken: FeedBreak | null } {
  const last = before.sketches.at(-1);
  const moved = !last || distance(last, sketch) >= UNCHANGED_BELOW;
  const still = moved
    ? null
    : { frames: (before.still?.frames ?? 1) + 1, sinceMs: before.still?.sinceMs ?? before.lastMs! };
  const repeats = repeatsOf(before, sketch, moved);
  const intervalsMs = before.lastMs === null ? [] : [...before.intervalsMs, atMs - before.lastMs].slice(-REMEMBERED);
  const forgotten = before.sketches.length === REMEMBERED ? 1 : 0;
  const after = {
    sketches: [...before.sketches.slice(forgotten), sketch],
    lastMs: atMs,
    intervalsMs,
    still,
    // Indices count from the oldest remembered frame.
    repeats: new Map([...repeats].map(([i, run]) => [i - forgotten, run])),
  };
  return { after, broken: breakOf(after, atMs) };
}

function breakOf({ still, repeats, intervalsMs }: PictureFeed, atMs: number): FeedBreak | null {
  if (still && still.frames >= STILL_FRAMES && atMs - still.sinceMs >= STILL_MS) return 'frozen-picture';
  if (Math.max(0, ...repeats.values()) >= REPEATED_FRAMES) return 'looping-picture';
  if (intervalsMs.some((ms) => ms < 0)) return 'frame-times';
  const { medianMs } = intervalsOf(intervalsMs);
  const tooFast = intervalsMs.length >= INTERVALS_TO_JUDGE && medianMs !== null && medianMs < MIN_INTERVAL_MS;
  return tooFast ? 'frame-times' : null;
}

/**
 * A loop shows an earlier passage frame after frame; the desk may skip one of them or send one twice, so a run goes on from the
 * frame before the repeated one or the one before that.
 */
function repeatsOf(before: PictureFeed, sketch: Sketch, moved: boolean): Map<number, number> {
  const repeats = new Map<number, number>();
  for (let i = 0; i <= before.sketches.length - MIN_LAG; i += 1) {
    if (distance(before.sketches[i]!, sketch) >= REPEATED_BELOW) continue;
    const run = Math.max(...[i, i - 1, i - 2].map((earlier) => before.repeats.get(earlier) ?? 0));
    repeats.set(i, run + (moved ? 1 : 0));
  }
  return repeats;
}

/** Mean absolute difference in grey levels. */
function distance(a: Sketch, b: Sketch): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(a[i]! - (b[i] ?? 0));
  return sum / (256 * a.length);
}

/** Median time between frames and median distance from it; null before the second frame. */
export function intervalsOf(intervalsMs: readonly number[]): { medianMs: number | null; spreadMs: number | null } {
  const medianMs = medianOf(intervalsMs);
  return { medianMs, spreadMs: medianMs === null ? null : medianOf(intervalsMs.map((ms) => Math.abs(ms - medianMs))) };
}

const medianOf = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
