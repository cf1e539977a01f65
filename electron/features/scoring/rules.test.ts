import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExaminerId } from '../../lib/ids.ts';
import type { SheetFacts } from './counted.ts';
import type { DecisionBody } from './decisions-contract.ts';
import { candidateResult, combineTotals, type ResultFacts, spreadOf, theoryResult, totalOf } from './rules.ts';
import { itemLimitTenths, itemsToDecide } from './spread.ts';

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

const rules: ResultFacts['rules'] = {
  'scoring.combine': 'mean',
  'scoring.spread-limit-tenths': 100,
  'scoring.item-spread-percent': 25,
  'scoring.min-examiners': 2,
};
/** One item of 100, so that a mark is a total. */
const marks = (...totals: number[]): SheetFacts[] =>
  totals.map((total, i) => ({ examinerId: `E${i}`, name: `E${i}`, marks: { a: total }, vetoes: [], signed: true }));
const fine: ResultFacts = {
  anonymousNumber: 'A01',
  admitted: true,
  coverage: { kind: 'covered' },
  decisions: [],
  panelFaults: [],
  sheets: marks(610, 590),
  items: [{ itemId: 'a', maxTenths: 1000 }],
  passTenths: 600,
  rules,
};
const withVetoes = (...vetoes: string[][]): SheetFacts[] =>
  marks(900, 900).map((s, i) => ({ ...s, vetoes: vetoes[i]! }));
const agreed = (body: DecisionBody) => ({ state: 'agreed' as const, body });
const code = (c: 'irregular' | 'void' | 'lifted') =>
  agreed({ kind: 'code', code: c, severity: null, document: '样本', evidence: [] });
const conference = (items: Record<string, number>, vetoes: Record<string, boolean> = {}) =>
  agreed({ kind: 'conference', items, vetoes });
const correction = (examinerId: string, cellId: string, before: number | null, tenths: number | null) =>
  agreed({ kind: 'correction', examinerId: examinerId as ExaminerId, cellId, before, tenths });

test.each<[string, Partial<ResultFacts>, string, string[]]>([
  ['just passed', {}, 'passed', []],
  ['just failed', { sheets: marks(600, 598) }, 'failed', []],
  ['spread at the limit', { sheets: marks(700, 600) }, 'passed', []],
  ['spread over the limit', { sheets: marks(701, 600) }, 'not-confirmed', ['spread-over-limit']],
  ['one examiner alone', { sheets: marks(900) }, 'not-confirmed', ['panel-too-small']],
  ['nobody marked', { sheets: [] }, 'not-confirmed', ['panel-too-small']],
  ['not admitted', { admitted: false, sheets: [] }, 'absent', []],
  [
    'everything at once',
    {
      sheets: marks(900).map((s) => ({ ...s, signed: false })),
      coverage: { kind: 'not-covered', missingMs: 134_000 },
      panelFaults: [{ ruleId: 'recusal.kin', facts: { examiner: 'E1' } }],
      decisions: [{ ...correction('E0', 'a', 900, 800), state: 'open' }],
    },
    'not-confirmed',
    ['not-covered', 'decision-open', 'panel-unlawful', 'panel-too-small', 'not-signed'],
  ],
  ['video of the whole time is not asked for', { coverage: { kind: 'not-judged' } }, 'passed', []],
  ['a spread the lead has decided', { sheets: marks(900, 300), decisions: [conference({ a: 650 })] }, 'passed', []],
  ['a spread decided below the bar', { sheets: marks(900, 300), decisions: [conference({ a: 599 })] }, 'failed', []],
  [
    'a decision the re-checker has not signed',
    { sheets: marks(900, 300), decisions: [{ ...conference({ a: 650 }), state: 'open' }] },
    'not-confirmed',
    ['decision-open', 'spread-over-limit'],
  ],
  [
    'a decision the re-checker does not agree to',
    { sheets: marks(900, 300), decisions: [{ ...conference({ a: 650 }), state: 'refused' }] },
    'not-confirmed',
    ['spread-over-limit'],
  ],
  [
    'a correction that ends a spread',
    { sheets: marks(900, 300), decisions: [correction('E1', 'a', 300, 830)] },
    'passed',
    [],
  ],
  ['what all found fails outright', { sheets: withVetoes(['V1'], ['V1']) }, 'failed', []],
  ['what one found is disputed', { sheets: withVetoes(['V1'], []) }, 'not-confirmed', ['veto-disputed']],
  [
    'the lead says it was so',
    { sheets: withVetoes(['V1'], []), decisions: [conference({}, { V1: true })] },
    'failed',
    [],
  ],
  [
    'the lead says it was not',
    { sheets: withVetoes(['V1'], []), decisions: [conference({}, { V1: false })] },
    'passed',
    [],
  ],
  [
    'found by mistake, corrected',
    { sheets: withVetoes(['V1'], []), decisions: [correction('E0', 'veto:V1', 1, null)] },
    'passed',
    [],
  ],
  ['an irregularity', { decisions: [code('irregular')] }, 'irregular', []],
  [
    'an irregularity of somebody who was never let in',
    { admitted: false, decisions: [code('irregular')] },
    'irregular',
    [],
  ],
  ['an irregularity that was lifted', { decisions: [code('irregular'), code('lifted')] }, 'passed', []],
  [
    'void, unsigned by the second person',
    { decisions: [{ ...code('void'), state: 'open' }] },
    'not-confirmed',
    ['decision-open'],
  ],
])('%s', (_name, over, result, obstacles) => {
  const r = candidateResult({ ...fine, ...over });
  expect([r.result, r.obstacles.map((o) => o.code)]).toEqual([result, obstacles]);
  expect(r.scoreTenths === null).toBe(!['passed', 'failed'].includes(result));
});

test('a correction leaves the mark that was given where it was, beside the new one', () => {
  const r = candidateResult({ ...fine, decisions: [correction('E1', 'a', 590, 650)] });
  expect(r.totals).toEqual([
    { examiner: 'E0', totalTenths: 610, correctedTenths: null },
    { examiner: 'E1', totalTenths: 590, correctedTenths: 650 },
  ]);
  expect(r.scoreTenths).toBe(630);
});

const items = [
  { itemId: 'a', maxTenths: 100 },
  { itemId: 'b', maxTenths: 150 },
  { itemId: 'c', maxTenths: 750 },
];
test.each<[string, Record<string, number>[], string[]]>([
  [
    'nothing within the limit',
    [
      { a: 100, b: 150, c: 700 },
      { a: 50, b: 150, c: 700 },
    ],
    [],
  ],
  [
    'the one item that lies apart',
    [
      { a: 80, b: 150, c: 700 },
      { a: 80, b: 10, c: 700 },
    ],
    ['b'],
  ],
  [
    'two of them',
    [
      { a: 90, b: 150, c: 700 },
      { a: 50, b: 60, c: 700 },
    ],
    ['a', 'b'],
  ],
  [
    'none lies apart, the sum does: the widest',
    [
      { a: 90, b: 110, c: 700 },
      { a: 70, b: 80, c: 600 },
    ],
    ['c'],
  ],
])('to decide: %s', (_name, sheets, expected) => {
  expect(itemsToDecide(sheets, items, rules)).toEqual(expected);
});

test('item limits are whole marks: 10 gives 3, 15 gives 4', () => {
  expect([100, 150, 200].map((max) => itemLimitTenths(max, 25))).toEqual([30, 40, 50]);
});

test('whatever the marks are, marking the items to decide settles the spread, and no item within its limit alone is asked for needlessly', () => {
  const sheet = fc.record({
    a: fc.integer({ min: 0, max: 100 }),
    b: fc.integer({ min: 0, max: 150 }),
    c: fc.integer({ min: 0, max: 750 }),
  });
  fc.assert(
    fc.property(fc.array(sheet, { minLength: 2, maxLength: 5 }), (sheets) => {
      const asked = itemsToDecide(sheets, items, rules);
      const over = spreadOf(sheets.map(totalOf)) > 100;
      expect(asked.length > 0).toBe(over);
      const decided = Object.fromEntries(asked.map((id) => [id, 0]));
      expect(spreadOf(sheets.map((s) => totalOf({ ...s, ...decided })))).toBeLessThanOrEqual(100);
    }),
  );
});

test('a theory mark counts once it is accepted, as corrected last', () => {
  const theory = { ...fine, tenths: 590 };
  expect(theoryResult({ ...theory, tenths: null })).toMatchObject({ result: 'not-confirmed', scoreTenths: null });
  expect(theoryResult(theory)).toMatchObject({ result: 'failed', scoreTenths: 590 });
  const corrected = theoryResult({
    ...theory,
    decisions: [agreed({ kind: 'theory-correction', before: 590, tenths: 600 })],
  });
  expect(corrected).toMatchObject({
    result: 'passed',
    scoreTenths: 600,
    totals: [{ totalTenths: 590, correctedTenths: 600 }],
  });
  expect(theoryResult({ ...theory, tenths: 700, coverage: { kind: 'not-covered', missingMs: 1 } }).result).toBe(
    'not-confirmed',
  );
});
