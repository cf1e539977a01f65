import { expect, test } from 'vitest';
import { leavesOut } from './read-fields.ts';

/** A name's line from 15.3 mm as read: the middles of its characters, in millimetres. */
const leavesOutAt = (right: number, ...middles: number[]) => {
  const strip = { left: 14.7, right, middle: 8.4, height: 5 };
  const read = middles.map((mm) => ({ character: '王', probability: 1, at: (mm - 14.7) / (right - 14.7) }));
  return leavesOut(read, strip, 3.7);
};

test.each([
  ['three in a row', 27, [17.2, 20.9, 24.6], false],
  ['a narrow dot between two', 25, [17.2, 19.6, 22.1], false],
  ['one in the middle not read', 27, [17.2, 24.6], true],
  ['the first not read', 27, [20.9, 24.6], true],
  ['the last not read', 27, [17.2, 20.9], true],
  ['none read', 27, [], true],
])('%s', (_, right, middles, left) => {
  expect(leavesOutAt(right, ...middles)).toBe(left);
});
