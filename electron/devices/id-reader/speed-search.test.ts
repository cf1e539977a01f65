import { expect, test } from 'vitest';
import { BAUD_RATES } from './sam-commands.ts';
import { SpeedSearch } from './speed-search.ts';

test('silence moves on through every speed and around, until something was heard', () => {
  const search = new SpeedSearch(BAUD_RATES);
  const tried = BAUD_RATES.map(() => {
    const rate = search.now();
    search.silent();
    return rate;
  });
  expect(tried).toEqual([...BAUD_RATES]);
  expect([search.now(), search.isTrial()]).toEqual([115_200, false]);
  search.silent();
  search.heard();
  search.silent();
  expect([search.now(), search.isTrial()]).toEqual([57_600, false]);
});

test('a slow module is asked once to be fast; where it does not follow, it is found again and left slow', () => {
  const search = new SpeedSearch([115_200, 9_600]);
  search.silent();
  search.heard();
  expect(search.faster()).toBe(115_200);
  search.raise(true);
  expect(search.now()).toBe(115_200);
  search.silent();
  expect(search.now()).toBe(9_600);
  search.heard();
  expect(search.faster()).toBe(null);
});

test('a given speed is the only one, and a line without speeds has none', () => {
  const given = new SpeedSearch([9_600]);
  given.silent();
  expect([given.now(), given.faster()]).toEqual([9_600, null]);
  const none = new SpeedSearch([]);
  none.silent();
  expect([none.now(), none.faster(), none.isTrial()]).toEqual([undefined, null, false]);
});
