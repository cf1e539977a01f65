import { expect, test } from 'vitest';
import { face } from './a-challenge.ts';
import { newBlinkWatch, watchEyes } from './blink.ts';

type Step = { left: number; right?: number; pitch?: number; yaw?: number };
const open = (n: number): Step[] => Array(n).fill({ left: 1 });
const down = (n: number, more: Partial<Step> = {}): Step[] => Array(n).fill({ left: 0.4, ...more });

function blinksIn(steps: readonly Step[], everyMs = 1_000 / 24): number {
  let watch = newBlinkWatch();
  for (const [i, { left, right = left, pitch = 0, yaw = 0 }] of steps.entries()) {
    const seen = face({ eyeOpenLeft: 0.3 * left, eyeOpenRight: 0.27 * right, pitchDeg: pitch, yawDeg: yaw });
    watch = watchEyes(watch, i * everyMs, seen);
  }
  return watch.count;
}

test.each([
  ['two frames down', [...open(24), ...down(2), ...open(5)], 1],
  ['ten frames down', [...open(24), ...down(10), ...open(5)], 1],
  ['two blinks', [...open(24), ...down(3), ...open(12), ...down(3), ...open(5)], 2],
  ['not up again yet', [...open(24), ...down(3)], 0],
  ['half up only', [...open(24), ...down(3), ...Array(5).fill({ left: 0.85 })], 0],
  ['asleep', [...open(24), ...down(20), ...open(5)], 0],
  ['one eye', [...open(24), ...down(3, { right: 1 }), ...open(5)], 0],
  ['lids hardly lowered', [...open(24), ...Array(3).fill({ left: 0.85 }), ...open(5)], 0],
  [
    'a slow look downwards',
    [...open(24), ...[0.88, 0.87, 0.86, 0.85, 0.84, 0.83, 0.82].map((left) => ({ left })), ...down(4), ...open(5)],
    0,
  ],
  ['a photograph tilted back', [...open(24), ...down(3, { pitch: 20 }), ...open(5)], 0],
  ['while the head turns', [...open(24), ...down(3, { yaw: 12 }), ...open(5)], 0],
  ['before it is known what open looks like', [...open(3), ...down(2), ...open(3)], 0],
] as const)('%s', (_, steps, blinks) => {
  expect(blinksIn(steps)).toBe(blinks);
});

test('at twelve frames a second one frame down is enough', () => {
  expect(blinksIn([...open(12), ...down(1), ...open(4)], 1_000 / 12)).toBe(1);
});
