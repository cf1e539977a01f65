import { expect, test } from 'vitest';
import { newPace } from './pace.ts';

test('the pace is that of the last seconds, and nothing is said too early', () => {
  let now = 0;
  const pace = newPace(() => now);
  const at = (ms: number, bytes: number) => {
    now = ms;
    return pace(bytes);
  };
  expect(at(0, 0)).toBeNull();
  expect(at(499, 1_000)).toBeNull();
  expect(at(1_000, 2_000)).toBe(2_000);
  for (let s = 2; s <= 20; s += 1) at(s * 1_000, 2_000 + (s - 1) * 500);
  expect(at(21_000, 12_000)).toBe(500);
  // A file that is written anew takes bytes back.
  expect(at(21_500, 0)).toBe(0);
});
