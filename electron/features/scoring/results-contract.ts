import { z } from 'zod';
import { Tenths } from './marks-contract.ts';

/** absent 缺考, irregular 违纪, void 作废: nothing was or is scored; `not-confirmed`: an obstacle stands. */
export const ResultKind = z.enum(['passed', 'failed', 'absent', 'irregular', 'void', 'not-confirmed']);
export type ResultKind = z.infer<typeof ResultKind>;

/** Why nothing is confirmed, with the rule and what is known of it. */
export const Obstacle = z.object({ code: z.string(), ruleId: z.string(), facts: z.record(z.string(), z.string()) });
export type Obstacle = z.infer<typeof Obstacle>;

export const CandidateResult = z.object({
  /** The anonymous number; of a theory session, which nobody marks by hand, the ticket number. */
  anonymousNumber: z.string(),
  totals: z.array(
    z.object({
      examiner: z.string(),
      /** As it was locked and signed; it stays. */
      totalTenths: Tenths,
      /** With corrections, where there is one. */
      correctedTenths: Tenths.nullable(),
    }),
  ),
  /** Highest minus lowest total, corrections counted, before the lead decided anything. */
  spreadTenths: Tenths,
  /** Items the lead has marked in a conference that both have signed. */
  decidedItems: z.array(z.string()),
  /** What failed the candidate outright. */
  vetoes: z.array(z.string()),
  /** Null while an obstacle stands, and where nothing is scored. */
  scoreTenths: Tenths.nullable(),
  result: ResultKind,
  obstacles: z.array(Obstacle),
});
export type CandidateResult = z.infer<typeof CandidateResult>;

export const Revealed = z.object({
  results: z.array(CandidateResult),
  passTenths: Tenths,
  spreadLimitTenths: Tenths,
});
export type Revealed = z.infer<typeof Revealed>;

export const Part = z.enum(['theory', 'skills', 'review']);
export type Part = z.infer<typeof Part>;

/**
 * How a candidate stands in one part of the whole: `passed` and `failed` by a session of this plan, `carried` by an
 * earlier pass that is valid on the day, `expired` by one that no longer is, `open` while the session has no result,
 * `none` where nothing is known of it.
 */
export const PartStanding = z.object({
  part: Part,
  standing: z.enum(['passed', 'failed', 'carried', 'expired', 'open', 'none']),
  /** Of an earlier pass: its day and the last day it counts. */
  passedOn: z.string().nullable(),
  validUntil: z.string().nullable(),
  source: z.string().nullable(),
});
export type PartStanding = z.infer<typeof PartStanding>;
