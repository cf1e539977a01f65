const WINDOW_MS = 5_000;
/** Over less than this a figure would be chance. */
const LEAST_MS = 500;

/**
 * Bytes a second over the last few seconds, fed with the bytes done so far; null while too little time has passed to tell.
 *
 * @param nowMs  a clock that never runs backwards
 */
export function newPace(nowMs: () => number = () => performance.now()): (doneBytes: number) => number | null {
  const points: { atMs: number; bytes: number }[] = [];
  return (bytes) => {
    const atMs = nowMs();
    points.push({ atMs, bytes });
    while (points.length > 2 && atMs - points[0]!.atMs > WINDOW_MS) points.shift();
    const [first] = points;
    const overMs = atMs - first!.atMs;
    return overMs < LEAST_MS ? null : Math.max(0, ((bytes - first!.bytes) / overMs) * 1_000);
  };
}
