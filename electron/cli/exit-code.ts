/** What a command tells the shell that called it. */
export const EXIT = {
  /** Done; for `verify`: every claim passed or was not present. */
  good: 0,
  /** Something was refused: a claim failed, a file did not open. */
  failed: 1,
  /** The command line, or a file it names, cannot be used: nothing was done. */
  usage: 2,
  /** A defect in this program. */
  defect: 70,
} as const;
