import { expect, test } from 'vitest';
import { PlayClock } from './play-clock.ts';

test('wall time runs by the speed while it plays, waits when told to, and stops at the end', () => {
  let now = 0;
  const clock = new PlayClock({ beginMs: 1000, endMs: 9000 }, () => now);
  const tick = (ms: number, wait = false) => {
    now += ms;
    clock.tick(wait);
    return clock.state.wallMs;
  };
  expect(tick(500)).toBe(1000);
  clock.play(true);
  expect(tick(500)).toBe(1500);
  expect(tick(500, true)).toBe(1500);
  clock.nextSpeed();
  expect(tick(500)).toBe(2500);
  clock.seek(99_999);
  expect(clock.state.wallMs).toBe(9000);
  clock.seek(8900);
  expect([tick(500), clock.state.playing]).toEqual([9000, false]);
});
