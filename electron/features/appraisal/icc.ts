import { mean, sum } from 'simple-statistics';
import { fQuantile } from './distributions.ts';

export interface Icc {
  value: number;
  /** 95 % interval. */
  low: number;
  high: number;
}

/** Agreement of a panel over the same candidates. */
export interface PanelAgreement {
  candidates: number;
  examiners: number;
  /** ICC(2,1): how far one examiner's total could stand for another's, severity counted against it. */
  single: Icc;
  /** ICC(2,k): the same for the mean of this panel. */
  panel: Icc;
}

/** Mean squares of a two-way table: between candidates, between examiners, what is left. */
export interface MeanSquares {
  between: number;
  examiners: number;
  residual: number;
  within: number;
}

/** @param table  one row a candidate, one column an examiner, complete; at least 2 x 2 */
export function meanSquares(table: readonly (readonly number[])[]): MeanSquares {
  const [n, k] = [table.length, table[0]!.length];
  const grand = mean(table.flat());
  const rows = table.map((row) => mean([...row]));
  const columns = Array.from({ length: k }, (_, j) => mean(table.map((row) => row[j]!)));
  const square = (values: readonly number[]) => sum(values.map((v) => (v - grand) ** 2));
  const ssRows = k * square(rows);
  const ssColumns = n * square(columns);
  const ssAll = square(table.flat());
  return {
    between: ssRows / (n - 1),
    examiners: ssColumns / (k - 1),
    residual: (ssAll - ssRows - ssColumns) / ((n - 1) * (k - 1)),
    within: (ssAll - ssRows) / (n * (k - 1)),
  };
}

/**
 * Intraclass correlations of a random panel, absolute agreement. Source: Shrout and Fleiss, Psychological Bulletin 86 (1979)
 * 420-428, cases 2; intervals as given there.
 *
 * @returns null where nothing can be said: fewer than two rows or columns, or every total the same
 */
export function panelAgreement(table: readonly (readonly number[])[]): PanelAgreement | null {
  const [n, k] = [table.length, table[0]?.length ?? 0];
  if (n < 2 || k < 2) return null;
  const ms = meanSquares(table);
  const { between: b, examiners: j, residual: e } = ms;
  const whole = b + (k - 1) * e + (k * (j - e)) / n;
  if (!(whole > 0)) return null;
  const single = (b - e) / whole;
  const [low, high] = e > 0 ? interval(n, k, ms, single) : [single, single];
  const ofPanel = (value: number) => (value * k) / (1 + value * (k - 1));
  return {
    candidates: n,
    examiners: k,
    single: { value: single, low, high },
    panel: { value: (b - e) / (b + (j - e) / n), low: ofPanel(low), high: ofPanel(high) },
  };
}

function interval(
  n: number,
  k: number,
  { between: b, examiners: j, residual: e }: MeanSquares,
  icc: number,
): [number, number] {
  const fj = j / e;
  const part = n * (1 + (k - 1) * icc) - k * icc;
  const df = ((k - 1) * (n - 1) * (k * icc * fj + part) ** 2) / ((n - 1) * k ** 2 * icc ** 2 * fj ** 2 + part ** 2);
  const upper = fQuantile(0.975, n - 1, df);
  const lower = fQuantile(0.975, df, n - 1);
  const rest = k * j + (k * n - k - n) * e;
  return [(n * (b - upper * e)) / (upper * rest + n * b), (n * (lower * b - e)) / (rest + n * lower * b)];
}
