import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fQuantile, incompleteBeta, tQuantile } from './distributions.ts';
import { examinerStatistics, LEAST_CANDIDATES, type Pair } from './examiner-statistics.ts';
import { meanSquares, panelAgreement } from './icc.ts';

/** Table 2 of Shrout and Fleiss 1979: six targets, four judges. */
const SHROUT_FLEISS = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

describe('intraclass correlation, against the published example', () => {
  test('mean squares', () => {
    const ms = meanSquares(SHROUT_FLEISS);
    expect(ms.between).toBeCloseTo(11.24, 2);
    expect(ms.within).toBeCloseTo(6.26, 2);
    expect(ms.examiners).toBeCloseTo(32.49, 2);
    expect(ms.residual).toBeCloseTo(1.02, 2);
  });

  test('ICC(2,1) is .29 and ICC(2,4) is .62, with their intervals', () => {
    const { single, panel, candidates, examiners } = panelAgreement(SHROUT_FLEISS)!;
    expect([candidates, examiners]).toEqual([6, 4]);
    expect(single.value).toBeCloseTo(0.29, 2);
    expect(single.low).toBeCloseTo(0.019, 3);
    expect(single.high).toBeCloseTo(0.76, 2);
    expect(panel.value).toBeCloseTo(0.62, 2);
    expect(panel.low).toBeCloseTo(0.071, 3);
    expect(panel.high).toBeCloseTo(0.93, 2);
  });

  test('judges who agree to the mark agree wholly; what cannot be said is not', () => {
    expect(
      panelAgreement([
        [1, 1],
        [5, 5],
        [9, 9],
      ])!.single,
    ).toEqual({ value: 1, low: 1, high: 1 });
    expect(
      panelAgreement([
        [5, 5],
        [5, 5],
      ]),
    ).toBeNull();
    expect(panelAgreement([[1, 2]])).toBeNull();
    expect(panelAgreement([[1], [2]])).toBeNull();
    expect(panelAgreement([])).toBeNull();
  });

  test('a judge’s constant severity counts against agreement, and marks added to everybody do not', () => {
    const table = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })), {
      minLength: 3,
      maxLength: 20,
    });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 500 }), (rows, more) => {
        const before = panelAgreement(rows);
        const shifted = panelAgreement(rows.map((row) => row.map((v) => v + more)));
        if (before === null) return shifted === null;
        return Math.abs(before.single.value - shifted!.single.value) < 1e-6;
      }),
    );
    const same = [
      [10, 10],
      [20, 20],
      [30, 30],
    ];
    expect(panelAgreement(same.map(([a, b]) => [a!, b! + 15]))!.single.value).toBeLessThan(0.5);
  });
});

describe('quantiles, against printed tables', () => {
  test.each([
    [1, 12.706],
    [9, 2.262],
    [29, 2.045],
    [120, 1.98],
  ])('t with %i degrees of freedom', (df, value) => expect(tQuantile(0.975, df)).toBeCloseTo(value, 2));
  test.each([
    [0.95, 5, 15, 2.9],
    [0.95, 1, 10, 4.96],
    [0.975, 5, 15, 3.58],
    [0.99, 10, 20, 3.37],
  ])('F at %f with %i and %i', (p, df1, df2, value) => expect(fQuantile(p, df1, df2)).toBeCloseTo(value, 2));
  test('the incomplete beta function of a = b = 1 is x itself, and symmetric', () => {
    for (const x of [0, 0.1, 0.5, 0.9, 1]) expect(incompleteBeta(1, 1, x)).toBeCloseTo(x, 12);
    expect(incompleteBeta(2.5, 4, 0.3)).toBeCloseTo(1 - incompleteBeta(4, 2.5, 0.7), 12);
  });
});

describe('how somebody marks', () => {
  const others = [520, 560, 600, 640, 680, 700, 720, 760, 800, 840, 860, 900];
  const pairs = (own: (others: number, i: number) => number): Pair[] =>
    others.map((o, i) => ({ others: o, middle: o, own: own(o, i) }));
  const wobble = (i: number) => (i % 2 === 0 ? 8 : -8);

  test('from a handful nothing is said', () => {
    expect(examinerStatistics(pairs((o) => o).slice(0, LEAST_CANDIDATES - 1))).toBeNull();
    expect(examinerStatistics(pairs((o) => o).slice(0, LEAST_CANDIDATES))).not.toBeNull();
  });

  test.each<[string, (o: number, i: number) => number, string[]]>([
    ['like the others', (o, i) => o + wobble(i), []],
    ['five marks stricter, always', (o, i) => o - 50 + wobble(i), ['severe']],
    ['five marks more generous', (o, i) => o + 50 + wobble(i), ['lenient']],
    ['stricter by less than three marks', (o, i) => o - 25 + wobble(i), []],
    ['all about the same', (_o, i) => 710 + wobble(i), ['narrow', 'disagrees']],
    ['twice the range', (o) => 710 + 2 * (o - 710), ['wide']],
    ['the other way round', (o) => 1420 - o, ['disagrees']],
  ])('%s', (_what, own, look) => {
    expect(examinerStatistics(pairs(own))!.look).toEqual(look);
  });

  test('the interval holds the mean and narrows with more candidates', () => {
    const few = examinerStatistics(pairs((o, i) => o - 20 + wobble(i)).slice(0, 10))!.severity;
    const many = examinerStatistics([
      ...pairs((o, i) => o - 20 + wobble(i)),
      ...pairs((o, i) => o - 20 + wobble(i)),
    ])!.severity;
    for (const s of [few, many]) expect(s.low < s.tenths && s.tenths < s.high).toBe(true);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    expect(many.tenths).toBeCloseTo(-20, 6);
  });

  test('all the same gives no correlation, and no division by nothing', () => {
    const s = examinerStatistics(others.map(() => ({ own: 700, others: 700, middle: 700 })))!;
    expect(s).toMatchObject({ spread: null, agreement: null, severity: { tenths: 0, low: 0, high: 0 }, look: [] });
  });
});
