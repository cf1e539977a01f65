import { expect, test } from 'vitest';
import { ManualClock } from '../lib/clock.ts';
import { clockWatch } from './watch.ts';

test.each([
  ['time that passes', 60_000, 0, null],
  ['a drift of two seconds', 1_000, 2_000, null],
  ['a jump forward', 1_000, 2_001, 2_001],
  ['a jump back', 1_000, -3_600_000, -3_600_000],
])('%s', (_what, passesMs, jumpMs, seen) => {
  const clock = new ManualClock(1_000_000);
  const watch = clockWatch(clock);
  clock.advance(passesMs);
  clock.setWall(clock.wallMs() + jumpMs);
  expect(watch()?.jumpMs ?? null).toBe(seen);
  expect(watch()).toBeNull();
});
