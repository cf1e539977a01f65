import { expect, test } from 'vitest';
import { stillStands } from './accepted.ts';

const then = { mostMs: 1000, gaps: [{ beginMs: 100, endMs: 300 }] };

test.each([
  ['the same', { mostMs: 1000, gaps: [{ beginMs: 100, endMs: 300 }] }, true],
  ['video that came late', { mostMs: 1100, gaps: [{ beginMs: 200, endMs: 300 }] }, true],
  ['a gap that turned out longer', { mostMs: 1000, gaps: [{ beginMs: 100, endMs: 301 }] }, false],
  ['one more gap', { mostMs: 1000, gaps: [...then.gaps, { beginMs: 400, endMs: 420 }] }, false],
  ['less video in all', { mostMs: 999, gaps: [] }, false],
])('an acceptance and %s', (_, now, stands) => {
  expect(stillStands(then, now)).toBe(stands);
});
