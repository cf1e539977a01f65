/**
 * The check character of 17 digits by ISO 7064 MOD 11-2, as GB 11643 uses it: 0 to 9 or X. The whole number, its check
 * character counted as its value, is then 1 modulo 11.
 */
export function mod112CheckCharacter(seventeenDigits: string): string {
  let carried = 0;
  for (const digit of seventeenDigits) carried = ((carried + Number(digit)) * 2) % 11;
  const value = (12 - carried) % 11;
  return value === 10 ? 'X' : String(value);
}

/** The 7-3-1 check digit of travel documents (ICAO 9303): letters count from A = 10. */
export function check731(text: string): string {
  const weights = [7, 3, 1] as const;
  const sum = [...text].reduce((total, c, i) => total + Number.parseInt(c, 36) * weights[(i % 3) as 0 | 1 | 2], 0);
  return String(sum % 10);
}
