import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const appraisalEvents = {
  given: event(
    'appraisal.given',
    '考评员工作考核',
    "An examiner's work in a session was appraised",
    z.object({
      appraisalId: z.string(),
      examinerId: z.string(),
      byRole: z.enum(['site-lead', 'supervisor']),
      result: z.enum(['fit', 'unfit']),
      aspects: z.record(z.string(), z.string()),
    }),
  ),
  /** The year's result in the dossier follows from what both said. */
  yearRecorded: event(
    'appraisal.year-recorded',
    '考核结果记入考评员档案',
    "A year's result was entered in an examiner's dossier",
    z.object({ dossierId: z.string(), versionId: z.int(), year: z.int(), result: z.enum(['fit', 'unfit']) }),
  ),
  refused: refusal(
    'appraisal.refused',
    '考核没有存',
    'An appraisal was not saved',
    z.object({ examinerId: z.string(), code: z.string() }),
  ),
};
