import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const supervisorRecordEvents = {
  sealedApart: event(
    'supervisor-record.sealed-apart',
    '督导记录另行密封',
    "A supervisor's record was encrypted to the supervision's key alone",
    z.object({ recordId: z.string(), evidenceId: z.string(), storedSha256: z.string(), recipient: z.string() }),
  ),
  refused: refusal(
    'supervisor-record.refused',
    '督导记录没有存下',
    "A supervisor's record was not taken",
    z.object({ code: z.string() }),
  ),
};
