import { expect, test } from 'vitest';
import { guide, type Observation } from './guidance.ts';

const good: Observation = {
  box: { left: 220, top: 140, width: 200, height: 200 },
  imageWidth: 640,
  imageHeight: 480,
  yawDeg: 3,
  turn: 0.05,
  quality: { sizePx: 200, brightness: 130, contrast: 34, sharpness: 0.09, darkShare: 0, brightShare: 0 },
};
const quality = (change: Partial<Observation['quality']>) => ({ ...good, quality: { ...good.quality, ...change } });
const boxed = (left: number, top: number, width: number): Observation => ({
  ...quality({ sizePx: width }),
  box: { left, top, width, height: width },
});

test.each<[string, Observation, ReturnType<typeof guide>, ReturnType<typeof guide>]>([
  ['a good picture', good, null, null],
  ['far away', boxed(290, 210, 60), 'closer', null],
  ['hardly a face', boxed(300, 220, 39), 'closer', 'closer'],
  ['too near', boxed(120, 40, 400), 'back', null],
  ['left of the middle', boxed(20, 140, 200), 'centre', null],
  ['low in the picture', boxed(220, 300, 180), 'centre', null],
  ['forehead out of the picture', boxed(140, -45, 360), 'centre', null],
  ['dim', quality({ brightness: 39 }), 'more-light', null],
  ['nearly black', quality({ brightness: 24 }), 'more-light', 'more-light'],
  ['a window on the face', quality({ brightShare: 0.4 }), 'less-light', null],
  ['turned to the right', { ...good, yawDeg: 19 }, 'face-camera', null],
  ['turned to the left', { ...good, yawDeg: -31 }, 'face-camera', 'face-camera'],
  ['turned, by the nose', { ...good, turn: -0.5 }, 'face-camera', null],
  ['moving', quality({ sharpness: 0.01 }), 'hold-still', null],
  ['a smear', quality({ sharpness: 0.003 }), 'hold-still', 'hold-still'],
  ['far, dim and moving: first come closer', { ...boxed(290, 210, 60), yawDeg: 40 }, 'closer', 'face-camera'],
  ['dim and moving: first the light', quality({ brightness: 20, sharpness: 0 }), 'more-light', 'more-light'],
])('%s', (_, seen, live, photo) => {
  expect(guide(seen, 'live')).toBe(live);
  expect(guide(seen, 'photo')).toBe(photo);
});
