import { type Interval, joinIntervals, seamMs } from '../recording/rules.ts';
import { type CameraRecord, overlapping, usablePicture } from './usable-picture.ts';

/** Rule pack: recording.gap-limit-seconds and recording.coverage-least-percent. */
export interface CoverageLimits {
  /** A gap longer than this is named, and leaves the candidate not covered. */
  gapLimitMs: number;
  /** Share of the time present that has to be covered in any case, 0 to 100. */
  leastPercent: number;
}

/** Somebody who was in the room, and which cameras see their place. */
export interface PersonPresent {
  /** Oldest first, apart from each other. */
  present: readonly Interval[];
  /** Ids of cameras, in the order of the plan. */
  seenBy: readonly string[];
}

/** Why a camera has no usable picture: as its gap entry says, or `no-entry` where recording had not begun or was over. */
export interface GapCause {
  cameraId: string;
  reason: string;
}

export interface UncoveredGap extends Interval {
  /** At least one for every camera that sees the place, in the order of the plan. */
  causes: GapCause[];
}

/**
 * What the video shows of one candidate. Frames are known to within a frame or two, so the share is a range: `leastMs`
 * counts from the first to after the last frame of what is stored, `mostMs` also what lies between two segments of one
 * camera closer than a second, which is a late frame and no gap. `mostMs` decides.
 */
export interface Covered {
  presentMs: number;
  leastMs: number;
  mostMs: number;
  /** Longer than the limit, oldest first. */
  gaps: UncoveredGap[];
  verdict: 'covered' | 'short';
}

/**
 * What the video shows of each person, in the order given.
 *
 * A person is covered where at least one camera that sees their place has a usable picture. Everybody is short who was
 * present without such a picture for longer than the limit at once, or for more than the share allows in all.
 * Source: rule pack, clauses recording.every-room, recording.gap-limit-seconds, recording.coverage-least-percent.
 */
export function coverageOfAll(
  people: readonly PersonPresent[],
  cameras: readonly CameraRecord[],
  limits: CoverageLimits,
): Covered[] {
  const recordOf = new Map(cameras.map((camera) => [camera.cameraId, camera]));
  const picture = new Map<string, { exact: Interval[]; bridged: Interval[] }>();
  const pictureOf = (cameraId: string) => {
    let known = picture.get(cameraId);
    if (known === undefined) {
      const record = recordOf.get(cameraId);
      known = record
        ? { exact: usablePicture(record, 1), bridged: usablePicture(record, seamMs) }
        : { exact: [], bridged: [] };
      picture.set(cameraId, known);
    }
    return known;
  };
  // A room's candidates mostly share their cameras: each group of cameras is joined once.
  const groups = new Map<string, { exact: Interval[]; bridged: Interval[] }>();
  const seenThrough = (seenBy: readonly string[]) => {
    const key = seenBy.join('\n');
    let known = groups.get(key);
    if (known === undefined) {
      const each = seenBy.map(pictureOf);
      known =
        each.length === 1
          ? each[0]!
          : {
              exact: joinIntervals(
                each.flatMap((p) => p.exact),
                1,
              ),
              bridged: joinIntervals(
                each.flatMap((p) => p.bridged),
                1,
              ),
            };
      groups.set(key, known);
    }
    return known;
  };
  return people.map(({ present, seenBy }) => {
    const { exact, bridged } = seenThrough(seenBy);
    const seen = seenBy.flatMap((id) => recordOf.get(id) ?? { cameraId: id, stored: [], gaps: [] });
    const presentMs = sumOf(present);
    const [leastMs, mostMs] = [sharedMs(present, exact), sharedMs(present, bridged)];
    const gaps = present
      .flatMap((stay) => holesIn(stay, bridged))
      .filter((hole) => hole.endMs - hole.beginMs > limits.gapLimitMs)
      .map((hole) => ({ ...hole, causes: seen.flatMap((camera) => causesIn(camera, hole)) }));
    const enough = mostMs * 100 >= presentMs * limits.leastPercent;
    return { presentMs, leastMs, mostMs, gaps, verdict: enough && gaps.length === 0 ? 'covered' : 'short' };
  });
}

const sumOf = (intervals: readonly Interval[]): number => intervals.reduce((ms, i) => ms + i.endMs - i.beginMs, 0);

/** @param intervals  oldest first, apart from each other */
function sharedMs(stays: readonly Interval[], intervals: readonly Interval[]): number {
  let ms = 0;
  for (const stay of stays) {
    for (let i = firstAfter(intervals, stay.beginMs); i < intervals.length; i += 1) {
      const { beginMs, endMs } = intervals[i]!;
      if (beginMs >= stay.endMs) break;
      ms += Math.min(endMs, stay.endMs) - Math.max(beginMs, stay.beginMs);
    }
  }
  return ms;
}

/** The parts of a stay that no interval covers. @param intervals  oldest first, apart from each other */
function holesIn(stay: Interval, intervals: readonly Interval[]): Interval[] {
  const holes: Interval[] = [];
  let fromMs = stay.beginMs;
  for (let i = firstAfter(intervals, stay.beginMs); i < intervals.length; i += 1) {
    const { beginMs, endMs } = intervals[i]!;
    if (beginMs >= stay.endMs) break;
    if (beginMs > fromMs) holes.push({ beginMs: fromMs, endMs: beginMs });
    fromMs = Math.max(fromMs, endMs);
  }
  if (fromMs < stay.endMs) holes.push({ beginMs: fromMs, endMs: stay.endMs });
  return holes;
}

/** Index of the first interval that ends after this moment. */
function firstAfter(intervals: readonly Interval[], atMs: number): number {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle]!.endMs > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

function causesIn(camera: CameraRecord, hole: Interval): GapCause[] {
  const reasons = new Set(camera.gaps.filter((gap) => overlapping(gap, hole)).map((gap) => gap.reason));
  if (reasons.size === 0) reasons.add('no-entry');
  return [...reasons].map((reason) => ({ cameraId: camera.cameraId, reason }));
}
