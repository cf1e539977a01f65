import type { RehearsalStep } from '../features/rehearsal/contract.ts';
import type { Day } from './day.ts';

/** What a step found, in a sentence or two of both languages; numbers first. */
export interface Found {
  zh: string;
  en: string;
  /** Set where the step could not be played here; the sentence then says why. */
  skipped?: true;
}

/**
 * One scene of the day. It may be played again from its beginning when the station was killed in its middle, so it
 * looks at the record before it repeats what may be done already.
 */
export interface Step {
  readonly id: string;
  readonly title: { zh: string; en: string };
  /** Nothing after it makes sense when it fails. */
  readonly vital?: true;
  readonly play: (day: Day) => Promise<Found>;
}

/** A step as it went, for the terminal, the report and the office desk. */
export type Played = Omit<RehearsalStep, 'detail'> & { found: Found };
