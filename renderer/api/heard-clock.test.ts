import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeardClock } from './heard-clock.ts';

/** The sender's clocks at second `i`, and this computer's, which began elsewhere. */
const at = (i: number, setMs = 0) => ({
  wallMs: 1_000_000 + i * 1000 + setMs,
  monoMs: 50 + i * 1000,
  localMs: 700 + i * 1000,
});
const truth = at(0).wallMs - at(0).localMs;

test('messages that come late by any time move the clock by no more than the quickest of the last', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(8000), { minLength: 1, maxLength: 29 }), (delaysMs) => {
      const clock = new HeardClock();
      const first = at(0);
      expect(clock.heard(first.wallMs, first.monoMs, first.localMs + 3)).toBe(truth - 3);
      for (const [i, delayMs] of delaysMs.entries()) {
        const { wallMs, monoMs, localMs } = at(i + 1);
        const heard = clock.heard(wallMs, monoMs, localMs + delayMs);
        expect(heard).toBe(truth - Math.min(3, ...delaysMs.slice(0, i + 1)));
      }
    }),
  );
});

test('a clock that was set is followed at the next message, forwards and backwards, also when that one comes late', () => {
  for (const setMs of [-3_600_000, -2_000, -151, 151, 2_000, 3_600_000]) {
    const clock = new HeardClock();
    const [first, next] = [at(0), at(1, setMs)];
    clock.heard(first.wallMs, first.monoMs, first.localMs);
    expect(clock.heard(next.wallMs, next.monoMs, next.localMs + 1_500)).toBe(truth + setMs);
  }
});

test('a sender that began anew counts its monotonic time from elsewhere, and its wall clock stands', () => {
  const clock = new HeardClock();
  const [first, hello, next] = [at(0), at(5), at(6)];
  clock.heard(first.wallMs, first.monoMs, first.localMs);
  expect(clock.heard(hello.wallMs, null, hello.localMs + 900)).toBe(truth);
  expect(clock.heard(next.wallMs, 12, next.localMs + 40)).toBe(truth);
});

test('computers whose monotonic clocks drift apart are followed within half a minute', () => {
  const clock = new HeardClock();
  let heard = 0;
  for (let i = 0; i < 100; i += 1) {
    const { wallMs, monoMs, localMs } = at(i);
    heard = clock.heard(wallMs, monoMs, localMs + i);
  }
  expect(truth - heard).toBeLessThanOrEqual(99);
  expect(truth - heard).toBeGreaterThanOrEqual(70);
});
