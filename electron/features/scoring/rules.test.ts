import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateResult, combineTotals, type ResultFacts } from './rules.ts';

test.each([
  ['mean', [600, 601], 601],
  ['mean', [599, 600], 600],
  ['mean', [600, 600, 601], 600],
  ['mean', [1], 1],
  ['median', [500, 900, 600], 600],
  ['median', [500, 600, 601, 900], 601],
  ['trimmed-mean', [0, 700, 702, 1000], 701],
  ['trimmed-mean', [600, 700], 650],
] as const)('%s of %j is %i tenths', (how, totals, tenths) => {
  expect(combineTotals(totals, how)).toBe(tenths);
});

test('a combined score lies between the lowest and the highest, whatever their order', () => {
  const how = fc.constantFrom('mean' as const, 'median' as const, 'trimmed-mean' as const);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 7 }), how, (totals, rule) => {
      const score = combineTotals(totals, rule);
      expect(score).toBeGreaterThanOrEqual(Math.min(...totals));
      expect(score).toBeLessThanOrEqual(Math.max(...totals));
      expect(Number.isInteger(score)).toBe(true);
      expect(combineTotals(totals.toReversed(), rule)).toBe(score);
    }),
  );
});

const rules = { 'scoring.combine': 'mean', 'scoring.spread-limit-tenths': 100, 'scoring.min-examiners': 2 } as const;
const fine: ResultFacts = {
  anonymousNumber: 'A01',
  admitted: true,
  totals: [
    { examiner: 'E1', totalTenths: 610, signed: true },
    { examiner: 'E2', totalTenths: 590, signed: true },
  ],
  passTenths: 600,
  rules,
};
const marks = (...totals: number[]) =>
  totals.map((totalTenths, i) => ({ examiner: `E${i}`, totalTenths, signed: true }));

test.each<[string, Partial<ResultFacts>, string, string[]]>([
  ['just passed', {}, 'passed', []],
  ['just failed', { totals: marks(600, 598) }, 'failed', []],
  ['spread at the limit', { totals: marks(700, 600) }, 'passed', []],
  ['spread over the limit', { totals: marks(701, 600) }, 'not-confirmed', ['spread-over-limit']],
  ['one examiner alone', { totals: marks(900) }, 'not-confirmed', ['panel-too-small']],
  ['nobody marked', { totals: [] }, 'not-confirmed', ['panel-too-small']],
  ['not admitted', { admitted: false, totals: [] }, 'absent', []],
  [
    'everything at once',
    { totals: [{ examiner: 'E1', totalTenths: 900, signed: false }] },
    'not-confirmed',
    ['panel-too-small', 'not-signed'],
  ],
])('%s', (_name, over, result, obstacles) => {
  const r = candidateResult({ ...fine, ...over });
  expect([r.result, r.obstacles.map((o) => o.code)]).toEqual([result, obstacles]);
  expect(r.scoreTenths === null).toBe(result === 'not-confirmed' || result === 'absent');
});
