import { expect, test } from 'vitest';
import type { CardPicture } from '../../../electron/features/checkin/contract.ts';
import { allSeen, beginReview, correct, isGoodReading, moveTo, numberAddsUp, seeField } from './card-review.ts';

const number = '11010120000101123X';
const picture = (fields: [string, string, string][], guidance: string | null = null) =>
  ({
    pictureId: 'P',
    portrait: true,
    guidance,
    fields: fields.map(([field, text, support]) => ({ field, text, support, confidence: 1 })),
  }) as CardPicture;
const whole = picture([
  ['name', '张三', 'none'],
  ['sex', '男', 'agrees-with-number'],
  ['address', '样本市', 'none'],
  ['number', number, 'check-digit'],
]);

test('Enter goes through what nothing speaks for, and only then may be confirmed', () => {
  const begun = beginReview(whole);
  expect(begun.at).toBe(0);
  expect(allSeen(begun)).toBe(false);
  const second = seeField(begun);
  expect(second.at).toBe(2);
  expect(allSeen(second)).toBe(false);
  const done = seeField(second);
  expect(done.at).toBeNull();
  expect(allSeen(done)).toBe(true);
});

test('a field corrected by hand is looked at again, though something spoke for it', () => {
  const done = seeField(seeField(beginReview(whole)));
  const changed = correct(moveTo(done, -1), '110101200001011231');
  expect(changed.at).toBe(3);
  expect(allSeen(changed)).toBe(false);
  expect(allSeen(seeField(changed))).toBe(true);
});

test('an emptied field is never seen', () => {
  const emptied = seeField(correct(beginReview(whole), ' '));
  expect(allSeen(seeField(emptied))).toBe(false);
});

test('arrows stay within the card', () => {
  const begun = beginReview(whole);
  expect(moveTo(begun, -1).at).toBe(0);
  expect([1, 1, 1, 1, 1].reduce((review) => moveTo(review, 1), begun).at).toBe(3);
});

test.each([
  ['11010519491231002X', true],
  ['11010519491231002x', true],
  ['110105194912310021', false],
  ['1101051949123100', null],
])('%s adds up: %s', (typed, adds) => {
  expect(numberAddsUp(typed)).toBe(adds);
});

test.each([
  [whole, true],
  [picture([['number', number, 'none']]), false],
  [picture([['number', number, 'check-digit']], 'less-glare'), false],
  [picture([], 'no-card'), false],
])('a reading ends the taking: %#', (reading, good) => {
  expect(isGoodReading(reading)).toBe(good);
});
