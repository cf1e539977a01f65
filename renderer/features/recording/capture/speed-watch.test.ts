import { expect, test } from 'vitest';
import { SpeedWatch } from './speed-watch.ts';

/** What is said of the last of these frames, 15 a second. */
function after(frames: readonly boolean[]) {
  const watch = new SpeedWatch();
  let said: ReturnType<SpeedWatch['frame']> = null;
  for (const [i, isEncoded] of frames.entries()) said = watch.frame(isEncoded, i * 66);
  return said;
}
const frames = (n: number, isEncoded: (i: number) => boolean) => Array.from({ length: n }, (_, i) => isEncoded(i));

test.each<[string, boolean[], number | null]>([
  ['every frame is encoded', frames(100, () => true), null],
  ['a single one is let go', frames(30, (i) => i !== 20), null],
  ['one in five is let go', frames(30, (i) => i % 5 !== 0), null],
  ['one in three is let go', frames(30, (i) => i % 3 !== 0), 9 * 66],
  ['the first frames, before an encoder is warm', frames(9, () => false), null],
  ['it was slow three seconds ago', frames(90, (i) => i > 45), null],
])('%s', (_name, given, sinceMs) => {
  expect(after(given)).toEqual(sinceMs === null ? null : { fault: 'slow-encoder', sinceMs: expect.any(Number) });
});
