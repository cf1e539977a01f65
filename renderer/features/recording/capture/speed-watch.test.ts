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

test.each<[string, boolean[], boolean]>([
  ['every frame is encoded', frames(100, () => true), false],
  ['a single one is let go', frames(30, (i) => i !== 20), false],
  ['one in five is let go', frames(30, (i) => i % 5 !== 0), false],
  ['one in three is let go', frames(30, (i) => i % 3 !== 0), true],
  ['the first frames, before an encoder is warm', frames(9, () => false), false],
  ['it was slow three seconds ago', frames(90, (i) => i > 45), false],
])('%s', (_name, given, isSlow) => {
  expect(after(given)?.fault ?? null).toBe(isSlow ? 'slow-encoder' : null);
});

test('it is slow since the first frame that was let go, and over when the frames of two seconds are encoded again', () => {
  const stalls = [...frames(20, () => true), ...frames(20, (i) => i % 2 === 0)];
  expect(after(stalls)).toEqual({ fault: 'slow-encoder', sinceMs: 21 * 66 });
  expect(after([...stalls, ...frames(31, () => true)])).toBeNull();
});
