import { expect, test } from 'vitest';
import { missingParts } from './manual-draft.ts';

const all = { allSeen: true, explained: true, secondChosen: true, pinWhole: true };

test.each([
  [{}, []],
  [{ explained: false }, ['note']],
  [{ secondChosen: false, pinWhole: false }, ['second', 'pin']],
  [{ allSeen: false, explained: false, secondChosen: false, pinWhole: false }, ['checks', 'note', 'second', 'pin']],
])('done but for %j, it names %j', (undone, named) => {
  expect(missingParts({ ...all, ...undone })).toEqual(named);
});
