/** MOD 11-2 of GB 11643 over 18 characters. */
export function checkDigitHolds(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const sum = [...number].reduce((total, c, i) => total + (c === 'X' ? 10 : Number(c)) * (2 ** (17 - i) % 11), 0);
  return sum % 11 === 1;
}
