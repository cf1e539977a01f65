/** The number that an IEEE 754 half-precision bit pattern stands for; every NaN pattern and infinity reads as NaN. */
export function halfToNumber(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return Number.NaN; // a weight that is not finite is a broken file
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
