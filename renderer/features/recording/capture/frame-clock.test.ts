import { expect, test } from 'vitest';
import { FrameClock, steppedMs } from './frame-clock.ts';

const offset = 1_000_000;
/** Frame `i` of 15 a second, stamped by a device whose clock began elsewhere, seen `delayMs` after it was taken. */
const frameOf = (i: number, delayMs: number) => ({
  stampUs: 7_000_000 + i * 66_667,
  seenMs: 500 + i * 66.667 + delayMs,
});
const never = () => false;
const always = () => true;

test('the shortest delay ever seen counts, so late frames do not move the clock', () => {
  const clock = new FrameClock(offset);
  const first = frameOf(0, 40);
  clock.frame(first.stampUs, first.seenMs, always);
  const quick = frameOf(1, 10);
  const { wallMs } = clock.frame(quick.stampUs, quick.seenMs, always);
  expect(wallMs).toBeCloseTo(offset + quick.seenMs, 3);
  const late = frameOf(2, 400);
  expect(clock.frame(late.stampUs, late.seenMs, always).wallMs).toBeCloseTo(offset + quick.seenMs + 66.667, 2);
});

test('inside a segment the distances are the device’s own, whatever the station’s clock does', () => {
  const clock = new FrameClock(offset);
  const times = [0, 1, 2, 3].map((i) => {
    const { stampUs, seenMs } = frameOf(i, 30 - i * 5);
    clock.heard(offset + i * 100);
    return clock.frame(stampUs, seenMs, never).wallMs;
  });
  for (const [i, t] of times.slice(1).entries()) expect(t - times[i]!).toBeCloseTo(66.667, 2);
});

test('a clock set by less than a second is followed at the next segment, one set by more means a new recording', () => {
  const clock = new FrameClock(offset);
  const a = frameOf(0, 10);
  clock.frame(a.stampUs, a.seenMs, always);
  expect(clock.heard(offset + 200)).toBe(true);
  const b = frameOf(1, 10);
  expect(clock.frame(b.stampUs, b.seenMs, always).wallMs).toBeCloseTo(offset + 200 + b.seenMs, 2);
  expect([clock.heard(offset + 200 + steppedMs), clock.heard(offset - steppedMs)]).toEqual([false, false]);
});

test('time never runs backwards, neither at a set clock nor at another device', () => {
  const clock = new FrameClock(offset);
  const a = frameOf(5, 10);
  const before = clock.frame(a.stampUs, a.seenMs, always).wallMs;
  clock.heard(offset - 900);
  clock.forgetDevice();
  expect(clock.frame(1, a.seenMs + 5, always).wallMs).toBeGreaterThan(before);
});
