import { mean, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { tQuantile } from './distributions.ts';

/** Candidates an examiner must have marked together with others before anything is said of how they mark. */
export const LEAST_CANDIDATES = 10;

/**
 * From where a figure is worth a look, as advice. No official rule is known; these are the station's own: a mean difference
 * of 3.0 marks that chance alone does not explain, a range a third narrower or half as wide again as the others', and a
 * correlation with the others under 0.5.
 */
export const WORTH_A_LOOK = { severityTenths: 30, narrow: 2 / 3, wide: 1.5, agreement: 0.5 } as const;

/** One candidate's total by this examiner beside the rest of the panel, in tenths. */
export interface Pair {
  own: number;
  /** Mean of the others' totals. */
  others: number;
  /**
   * What severity is held against: the panel's median, so that one strict member does not make the rest look generous; of a
   * panel of two the other's total.
   */
  middle: number;
}

export type Look = 'severe' | 'lenient' | 'narrow' | 'wide' | 'disagrees';

export interface ExaminerStatistics {
  candidates: number;
  /** Mean of own minus middle, in tenths: below 0 stricter (偏严), above 0 more generous (偏宽); with its 95 % interval. */
  severity: { tenths: number; low: number; high: number };
  /** Standard deviation of the own totals over that of the others' mean; null where the others gave all the same. */
  spread: number | null;
  /** Pearson correlation with the others' mean; null where either gave all the same. */
  agreement: number | null;
  /** What is worth a look: advice, never a verdict. */
  look: Look[];
}

/**
 * How somebody marks beside the rest of their panels.
 *
 * @returns null below `LEAST_CANDIDATES`: nothing is said from a handful
 */
export function examinerStatistics(pairs: readonly Pair[]): ExaminerStatistics | null {
  if (pairs.length < LEAST_CANDIDATES) return null;
  const [own, others] = [pairs.map((p) => p.own), pairs.map((p) => p.others)];
  const differences = pairs.map((p) => p.own - p.middle);
  const severity = mean(differences);
  const half = (tQuantile(0.975, pairs.length - 1) * sampleStandardDeviation(differences)) / Math.sqrt(pairs.length);
  const [sdOwn, sdOthers] = [sampleStandardDeviation(own), sampleStandardDeviation(others)];
  const spread = sdOthers > 0 ? sdOwn / sdOthers : null;
  const agreement = sdOwn > 0 && sdOthers > 0 ? sampleCorrelation(own, others) : null;
  const interval = { tenths: severity, low: severity - half, high: severity + half };
  return { candidates: pairs.length, severity: interval, spread, agreement, look: looks(interval, spread, agreement) };
}

function looks(s: ExaminerStatistics['severity'], spread: number | null, agreement: number | null): Look[] {
  const found: Look[] = [];
  if (s.tenths <= -WORTH_A_LOOK.severityTenths && s.high < 0) found.push('severe');
  if (s.tenths >= WORTH_A_LOOK.severityTenths && s.low > 0) found.push('lenient');
  if (spread !== null && spread < WORTH_A_LOOK.narrow) found.push('narrow');
  if (spread !== null && spread > WORTH_A_LOOK.wide) found.push('wide');
  if (agreement !== null && agreement < WORTH_A_LOOK.agreement) found.push('disagrees');
  return found;
}
