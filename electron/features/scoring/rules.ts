import type { RuleValues } from '../rules/rule-values.ts';
import type { CandidateResult } from './contract.ts';

/** One examiner's locked marks: tenths by anonymous number, then by item. */
export type LockedMarks = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const totalOf = (marks: Readonly<Record<string, number>>): number =>
  Object.values(marks).reduce((sum, tenths) => sum + tenths, 0);

/**
 * One score out of several examiners' totals, in tenths, half a tenth rounded up. Integers all the way: a score is a
 * decimal and never passes through binary fractions. Rule pack: scoring.combine, a parameter of site and centre, since
 * no official averaging rule is known.
 *
 * @param totals  at least one
 */
export function combineTotals(totals: readonly number[], how: RuleValues['scoring.combine']): number {
  const sorted = [...totals].sort((a, b) => a - b);
  if (how === 'median') {
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : halfUp(sorted[middle - 1]! + sorted[middle]!, 2);
  }
  const counted = how === 'trimmed-mean' && sorted.length >= 3 ? sorted.slice(1, -1) : sorted;
  return halfUp(
    counted.reduce((a, b) => a + b, 0),
    counted.length,
  );
}

/** dividend / divisor to the nearest integer, halves up; both non-negative. */
const halfUp = (dividend: number, divisor: number): number => Math.floor((2 * dividend + divisor) / (2 * divisor));

export interface ResultFacts {
  anonymousNumber: string;
  admitted: boolean;
  /** Totals in the order of the panel, lead first. */
  totals: readonly { examiner: string; totalTenths: number; signed: boolean }[];
  passTenths: number;
  rules: Pick<RuleValues, 'scoring.combine' | 'scoring.spread-limit-tenths' | 'scoring.min-examiners'>;
}

/**
 * The result of one candidate. Every obstacle is listed; while one stands, no score is stated, so that nothing can be
 * copied as final. Pass rule: each part at 60.0 of 100 or the rubric's own bar (国家职业技能标准).
 */
export function candidateResult(f: ResultFacts): CandidateResult {
  const totals = f.totals.map(({ examiner, totalTenths }) => ({ examiner, totalTenths }));
  const values = totals.map((t) => t.totalTenths);
  const spreadTenths = values.length > 0 ? Math.max(...values) - Math.min(...values) : 0;
  const base = { anonymousNumber: f.anonymousNumber, totals, spreadTenths };
  if (!f.admitted) return { ...base, scoreTenths: null, result: 'absent', obstacles: [] };

  const obstacles: CandidateResult['obstacles'] = [];
  const obstacle = (code: string, ruleId: string, facts: Record<string, string>) =>
    obstacles.push({ code, ruleId, facts });
  const needs = f.rules['scoring.min-examiners'];
  if (values.length < needs) {
    obstacle('panel-too-small', 'scoring.min-examiners', { has: String(values.length), needs: String(needs) });
  }
  const limit = f.rules['scoring.spread-limit-tenths'];
  if (spreadTenths > limit) {
    obstacle('spread-over-limit', 'scoring.spread-limit-tenths', {
      spread: String(spreadTenths),
      limit: String(limit),
    });
  }
  const unsigned = f.totals.filter((t) => !t.signed);
  if (unsigned.length > 0) obstacle('not-signed', 'scoring.signed', { missing: String(unsigned.length) });

  if (obstacles.length > 0 || values.length === 0) {
    return { ...base, scoreTenths: null, result: 'not-confirmed', obstacles };
  }
  const scoreTenths = combineTotals(values, f.rules['scoring.combine']);
  return { ...base, scoreTenths, result: scoreTenths >= f.passTenths ? 'passed' : 'failed', obstacles };
}
