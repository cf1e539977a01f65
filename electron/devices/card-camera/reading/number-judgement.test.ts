import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mod112CheckCharacter } from '../../../lib/check-digits.ts';
import { believedNumber, birthOf, isConsistent, likeliestNumber, sexOf } from './number-judgement.ts';

const GOOD = '11010119900307109X';
const OTHER = '110101199003071081';
const sure = (text: string, confidence = 0.95) => ({ text, confidence });

test('the two specimens hold', () => {
  expect([isConsistent(GOOD), isConsistent(OTHER)]).toEqual([true, true]);
  expect([birthOf(GOOD), sexOf(GOOD), sexOf(OTHER)]).toEqual(['1990-03-07', '男', '女']);
});

describe('what is believed', () => {
  test('two looks that agree', () => {
    expect(believedNumber([sure(GOOD), sure(GOOD, 0.7)])).toEqual(sure(GOOD));
  });

  test.each([
    ['one look', [sure(GOOD)]],
    ['two looks, neither of them sure', [sure(GOOD, 0.7), sure(GOOD, 0.79)]],
    ['however many, if all doubt', Array(5).fill(sure(GOOD, 0.4))],
    ['two looks that agree and a third with another number that holds', [sure(GOOD), sure(GOOD), sure(OTHER)]],
    ['two that hold and differ', [sure(GOOD), sure(OTHER)]],
    ['the same wrong check character twice', [sure('110101199003071090'), sure('110101199003071090')]],
    ['no birth date of the calendar', Array(2).fill(sure(withCheck('11010119900230109')))],
    ['one character short', [sure(GOOD.slice(1)), sure(GOOD.slice(1))]],
    ['nothing', []],
  ])('not %s', (_, readings) => {
    expect(believedNumber(readings)).toBeNull();
  });

  test('three looks that agree, none of them sure', () => {
    expect(believedNumber([sure(GOOD, 0.6), sure(GOOD, 0.7), sure(GOOD, 0.55)])).toEqual(sure(GOOD, 0.7));
  });

  test('a third look decides when one of two misread', () => {
    const misread = sure('110101199003071090');
    expect(believedNumber([sure(GOOD), misread, sure(GOOD)])).toEqual(sure(GOOD));
  });

  test('a single misread character is never believed, however sure', () => {
    const place = fc.nat(17);
    const character = fc.constantFrom(...'0123456789X');
    fc.assert(
      fc.property(place, character, (at, wrong) => {
        fc.pre(GOOD[at] !== wrong);
        const misread = GOOD.slice(0, at) + wrong + GOOD.slice(at + 1);
        expect(believedNumber([sure(misread, 1), sure(misread, 1)])).toBeNull();
      }),
    );
  });
});

test('what is shown when nothing is believed: what holds, then what has the length, then the surest', () => {
  expect(likeliestNumber([sure('1234', 1), sure('110101199003071090', 0.6), sure(GOOD, 0.2)])).toEqual(sure(GOOD, 0.2));
  expect(likeliestNumber([sure('1234', 1), sure('110101199003071090', 0.6)])?.text).toBe('110101199003071090');
  expect(likeliestNumber([])).toBeNull();
});

function withCheck(seventeen: string): string {
  return seventeen + mod112CheckCharacter(seventeen);
}
