/**
 * Quantiles of Student's t and Fisher's F, by bisection over the regularised incomplete beta function (continued fraction,
 * Abramowitz and Stegun 26.5.8). Good to eight digits for what is asked here; degrees of freedom need not be whole.
 */

/** The value that t with `df` degrees of freedom stays under with this probability. @param p above 0.5 and under 1 */
export function tQuantile(p: number, df: number): number {
  const under = (t: number) => 1 - 0.5 * incompleteBeta(df / 2, 0.5, df / (df + t * t));
  return bisect(under, p);
}

/** The value that F with these degrees of freedom stays under with this probability. @param p between 0 and 1 */
export function fQuantile(p: number, df1: number, df2: number): number {
  const under = (f: number) => incompleteBeta(df1 / 2, df2 / 2, (df1 * f) / (df1 * f + df2));
  return bisect(under, p);
}

/** Where a function that grows from below `p` reaches it; positive. */
function bisect(under: (x: number) => number, p: number): number {
  let high = 1;
  while (under(high) < p && high < 1e12) high *= 2;
  let low = 0;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (under(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b), the part of a beta distribution's weight below x. */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on one side of the mean; the other is its mirror image.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, 1 - x)) / b;
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return h;
}

/** ln of the gamma function for positive numbers (Lanczos, g = 7). */
function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = coefficients.reduce((s, c, i) => s + c / (z + i + 1), 0.9999999999998099);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
