import { coverageOfAll, type PersonPresent } from '../../../electron/features/coverage/rules.ts';
import type { CameraRecord } from '../../../electron/features/coverage/usable-picture.ts';
import type { Interval } from '../../../electron/features/recording/rules.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating, timeMs } from '../measure.ts';

const PEOPLE = 1_000;
const CAMERAS = 20;
const HOURS = 8;
const SEGMENT_MS = 4_000;
const ROUNDS = 5;
const LIMITS = { gapLimitMs: 10_000, leastPercent: 95 };

/** Coverage of everybody of a large day from the segments themselves, beside clipping every segment for every person. */
export const coverage: Benchmark = async (print) => {
  for (const everybodySeen of [false, true]) {
    const cameras = day();
    const people = crowd(cameras, everybodySeen);
    const ways = {
      ours: () => timeMs(() => coverageOfAll(people, cameras, LIMITS)),
      naive: () => timeMs(() => people.map((person) => clipped(person, cameras))),
    };
    check(people, cameras);
    const { ours, naive } = await alternating(ROUNDS, ways);
    print({
      name: everybodySeen ? 'coverage.1000x20x8h-all-cameras' : 'coverage.1000x20x8h',
      value: rounded(ours),
      unit: 'ms',
      goal: '<= 200',
      ...against(ours, naive, 'ms', 'every segment clipped for every person'),
      note: `${cameras.reduce((n, c) => n + c.stored.length, 0)} segments, ${everybodySeen ? CAMERAS : 2} cameras see each person, median of ${ROUNDS}`,
    });
  }
};

/** Segments of four seconds; one in two hundred is missing, another ends 80 ms early. */
function day(): CameraRecord[] {
  return Array.from({ length: CAMERAS }, (_, c) => {
    const count = (HOURS * 3_600_000) / SEGMENT_MS;
    const all = Array.from({ length: count }, (_, i) => ({
      beginMs: i * SEGMENT_MS,
      endMs: (i + 1) * SEGMENT_MS - (i % 200 === 7 ? 80 : 0),
    }));
    const missing = (i: number) => (i + c * 31) % 200 === 0;
    return {
      cameraId: `C${c}`,
      stored: all.filter((_, i) => !missing(i)),
      gaps: all.filter((_, i) => missing(i)).map((i) => ({ ...i, reason: 'no-segments' })),
    };
  });
}

const crowd = (cameras: readonly CameraRecord[], everybodySeen: boolean): PersonPresent[] =>
  Array.from({ length: PEOPLE }, (_, i) => ({
    present: [
      { beginMs: i * 1_000, endMs: 10_000_000 + i * 100 },
      { beginMs: 10_400_000 + i * 100, endMs: 26_000_000 + i * 1_000 },
    ],
    seenBy: everybodySeen ? cameras.map((c) => c.cameraId) : [`C${(2 * i) % CAMERAS}`, `C${(2 * i + 1) % CAMERAS}`],
  }));

/** Milliseconds of a person on video, segment by segment. Counts twice what two cameras see, and so is only a measure of work. */
function clipped({ present, seenBy }: PersonPresent, cameras: readonly CameraRecord[]): number {
  let ms = 0;
  for (const camera of cameras) {
    if (!seenBy.includes(camera.cameraId)) continue;
    for (const stay of present) for (const segment of camera.stored) ms += shared(stay, segment);
  }
  return ms;
}

const shared = (a: Interval, b: Interval): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.beginMs, b.beginMs));

/** With one camera each, both must come to the same. @throws Error where they do not */
function check(people: readonly PersonPresent[], cameras: readonly CameraRecord[]): void {
  const alone = people.slice(0, 20).map((p) => ({ ...p, seenBy: p.seenBy.slice(0, 1) }));
  const found = coverageOfAll(alone, cameras, LIMITS);
  alone.forEach((person, i) => {
    if (clipped(person, cameras) !== found[i]!.leastMs) throw new Error('two ways to count came to two results');
  });
}
