import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';
import { Strokes } from '../scoring/contract.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

/** What a supervisor looks at: 考务准备, 入场核验, 考评, 录像, 考场纪律, 材料清点. */
export const SupervisedTopic = z.enum(['preparation', 'admission', 'panel', 'recording', 'discipline', 'papers']);
export type SupervisedTopic = z.infer<typeof SupervisedTopic>;

export const Finding = z.strictObject({
  topic: SupervisedTopic,
  judgement: z.enum(['in-order', 'problem', 'not-seen']),
  note: z.string().trim().max(500),
});

export type Finding = z.infer<typeof Finding>;

/** What the supervisor writes (督导记录). The site never sees it again. */
export const SupervisorWords = z.strictObject({
  findings: z.array(Finding).length(SupervisedTopic.options.length),
  summary: z.string().trim().min(2).max(4000),
});
export type SupervisorWords = z.infer<typeof SupervisorWords>;

export const SupervisorRecords = z.object({
  sessionId: SessionId,
  /** The public half of the supervision's key in the centre's card, or null: then nothing can be sealed apart. */
  recipient: z.string().nullable(),
  centre: z.string(),
  /** Whether one may still be written. */
  open: z.boolean(),
  records: z.array(
    z.object({ recordId: z.string(), byName: z.string(), atMs: z.number(), storedSha256: z.string(), bytes: z.int() }),
  ),
});
export type SupervisorRecords = z.infer<typeof SupervisorRecords>;

const InSession = z.object({ sessionId: SessionId });

export const supervisorRecord = {
  /** That there is one, by whom and when; never what it says. */
  list: callableBy(['supervisor', 'site-lead', 'score-keeper'])
    .input(InSession)
    .output(SupervisorRecords)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** Encrypts what was written to the supervision's key alone. A later one stands beside the earlier. */
  write: callableBy(['supervisor'])
    .input(InSession.extend({ words: SupervisorWords, pin: Pin, strokes: Strokes }))
    .output(SupervisorRecords)
    .errors({
      ...pinErrors,
      NO_SUCH_SESSION: { status: 404 },
      WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
      /** The centre's card in the plan names no key for supervision. */
      NO_SUPERVISION_KEY: { status: 409, data: z.object({ centre: z.string() }) },
      /** A problem without a word what it is. */
      REMARK_NEEDED: { status: 422 },
      DISK_FULL: { status: 507 },
    }),
};
