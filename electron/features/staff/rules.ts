/** Free tries before the first delay; a mistyped digit happens to everyone. */
const FREE_TRIES = 2;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/**
 * How long a PIN is not looked at after so many failures in a row: nothing for two, then half a minute, doubling to
 * half an hour. Six digits, three tries, then ever slower: a year of guessing covers under two per cent.
 */
export function delayAfterMs(failuresInARow: number): number {
  if (failuresInARow <= FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(20, failuresInARow - FREE_TRIES - 1));
}
