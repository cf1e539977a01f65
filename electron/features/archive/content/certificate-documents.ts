import { z } from 'zod';
import { SiteFiling } from '../../plan/plan-schema.ts';

export { CANDIDATES_PATH, PLAN_PATH, RESULTS_PATH, ResultsDocument } from './documents.ts';

const text = z.string().max(200);

/** What certificate data is judged by, as the plan in the second volume has it. */
export const CertificatePlan = z.object({
  session: z.object({ occupation: text, level: text, startsAtMs: z.number() }),
  filing: SiteFiling.nullable().optional(),
});
/** Who has passed every part of the whole. */
export const StandingOfParts = z.object({
  candidates: z.array(z.object({ candidateId: text, qualified: z.boolean() })),
});
export const SeatedCandidates = z.array(z.object({ candidateId: text, documentNumber: text, name: text }));
