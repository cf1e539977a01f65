import { expect, test } from 'vitest';
import { PictureWatch, uselessAfterMs } from './picture-watch.ts';

const picture = { width: 64, height: 36, stride: 64 };
/** A room: a gradient with the edges of tables, and noise that differs from frame to frame. */
const room = (frame: number, brightness = 90) =>
  Uint8Array.from(
    { length: 64 * 36 },
    (_, i) => brightness + (i % 64) + (i % 16 < 8 ? 12 : 0) + ((i * 7919 + frame * 104729) % 5),
  );
const dark = (frame: number) => Uint8Array.from({ length: 64 * 36 }, (_, i) => 17 + ((i * 31 + frame * 17) % 3));

/** What is seen after `frames` frames at 10 a second. */
function after(frames: number, draw: (frame: number) => Uint8Array) {
  const watch = new PictureWatch();
  let seen: ReturnType<PictureWatch['look']> = null;
  for (let i = 0; i <= frames; i += 1) seen = watch.look(draw(i), picture, i * 100);
  return seen;
}

test('a lit room with the noise of a sensor is a picture, for however long', () => {
  expect(after(200, room)).toBeNull();
});
test('a dim room is still a picture', () => {
  expect(after(200, (i) => room(i, 20))).toBeNull();
});
test('a covered lens is black after two seconds, since the first dark frame', () => {
  expect(after(uselessAfterMs / 100 - 1, dark)).toBeNull();
  expect(after(uselessAfterMs / 100, dark)).toEqual({ fault: 'black', sinceMs: 0 });
});
test('the same frame again and again is frozen; one changed frame begins the count anew', () => {
  expect(after(uselessAfterMs / 100, () => room(1))).toBeNull();
  expect(after(uselessAfterMs / 100 + 1, () => room(1))).toEqual({ fault: 'frozen', sinceMs: 100 });
  expect(after(40, (i) => room(i === 20 ? 2 : 1))).toBeNull();
});
test('a hand before the lens is covered: light, noisy, changing, and without an edge', () => {
  const hand = (frame: number) =>
    Uint8Array.from({ length: 64 * 36 }, (_, i) => 110 + Math.floor((i % 64) / 4) + ((i * 7919 + frame * 104729) % 4));
  expect(after(uselessAfterMs / 100 - 1, hand)).toBeNull();
  expect(after(uselessAfterMs / 100, hand)).toEqual({ fault: 'covered', sinceMs: 0 });
});
test('black and frozen at once is called black', () => {
  expect(after(50, () => dark(1))?.fault).toBe('black');
});
