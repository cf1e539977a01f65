import { expect, test } from 'vitest';
import { eyeOpenness, headPose } from './head-pose.ts';
import { faceBoxOf } from './landmarks.ts';

/** A face of two ears, two eyes, a nose and a mouth; all other points lie on the nose. */
function landmarks({ noseX = 50, noseY = 60, lids = 3 } = {}) {
  const points = Array.from({ length: 68 }, (): readonly [number, number] => [noseX, noseY]);
  points[0] = [0, 55];
  points[16] = [100, 55];
  for (const [first, x] of [
    [36, 20],
    [42, 60],
  ] as const) {
    const eye = [
      [0, 0],
      [6, -lids],
      [14, -lids],
      [20, 0],
      [14, lids],
      [6, lids],
    ] as const;
    for (const [i, [dx, dy]] of eye.entries()) points[first + i] = [x + dx, 40 + dy];
  }
  points[48] = [35, 80];
  points[54] = [65, 80];
  return points;
}

test('facing the camera', () => {
  const { yawDeg, turn, pitchDeg } = headPose(landmarks());
  expect([yawDeg, turn]).toEqual([0, 0]);
  expect(Math.abs(pitchDeg)).toBeLessThan(5);
});

test('the nose to the picture’s right is above 0, the mirror image below', () => {
  const right = headPose(landmarks({ noseX: 75 }));
  const left = headPose(landmarks({ noseX: 25 }));
  expect(right.turn).toBeGreaterThan(0.3);
  expect(right.yawDeg).toBeGreaterThan(12);
  expect(left.turn).toBeCloseTo(-right.turn, 9);
});

test('the head goes back: pitch rises', () => {
  expect(headPose(landmarks({ noseY: 55 })).pitchDeg).toBeGreaterThan(headPose(landmarks()).pitchDeg);
});

test('eyes open by height over width', () => {
  expect(eyeOpenness(landmarks())).toEqual({ eyeOpenLeft: 0.3, eyeOpenRight: 0.3 });
  expect(eyeOpenness(landmarks({ lids: 0 }))).toEqual({ eyeOpenLeft: 0, eyeOpenRight: 0 });
});

test('points that fall together are numbers still', () => {
  const nowhere = Array.from({ length: 68 }, () => [5, 5] as const);
  expect(Object.values({ ...headPose(nowhere), ...eyeOpenness(nowhere) }).every(Number.isFinite)).toBe(true);
});

test('the box is a square around the middle of the points', () => {
  const { left, top, width, height } = faceBoxOf(landmarks());
  expect(width).toBeCloseTo(108);
  expect(height).toBe(width);
  expect(left).toBeCloseTo(-4);
  expect(top + height / 2).toBeCloseTo((37 + 80) / 2);
});
