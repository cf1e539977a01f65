import type { Interval } from '../recording/rules.ts';

/** What of a candidate's coverage an acceptance is held against. */
export interface AcceptedFacts {
  mostMs: number;
  gaps: readonly Interval[];
}

/**
 * Whether an acceptance still says what was meant: nothing is missing now that was not missing then. Video that arrives
 * late only makes it better.
 */
export const stillStands = (then: AcceptedFacts, now: AcceptedFacts): boolean =>
  now.mostMs >= then.mostMs &&
  now.gaps.every((gap) => then.gaps.some((known) => known.beginMs <= gap.beginMs && known.endMs >= gap.endMs));
