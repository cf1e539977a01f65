import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { ExaminerId, SessionId } from '../../lib/ids.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

/** How somebody did in one respect: good 好, fair 一般, poor 差. */
export const Rating = z.enum(['good', 'fair', 'poor']);
export type Rating = z.infer<typeof Rating>;

/** discipline 工作纪律 (on time, at the post, silent about candidates), standard 标准掌握, record 评分记录. */
export const Aspects = z.strictObject({ discipline: Rating, standard: Rating, record: Rating });
export type Aspects = z.infer<typeof Aspects>;

const Given = z.object({
  byRole: z.enum(['site-lead', 'supervisor']),
  byName: z.string(),
  result: z.enum(['fit', 'unfit']),
  aspects: Aspects,
  remark: z.string(),
  atMs: z.number(),
});

const Icc = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const Statistics = z.object({
  candidates: z.int(),
  /** In tenths of a mark, with its 95 % interval. */
  severity: z.object({ tenths: z.number(), low: z.number(), high: z.number() }),
  spread: z.number().nullable(),
  agreement: z.number().nullable(),
  look: z.array(z.enum(['severe', 'lenient', 'narrow', 'wide', 'disagrees'])),
});

export const AppraisedExaminer = z.object({
  examinerId: ExaminerId,
  name: z.string(),
  roomName: z.string(),
  duty: z.enum(['lead', 'member']),
  /** Candidates marked together with others, in the scope asked for. */
  together: z.int(),
  /** Null below the least number of candidates. */
  statistics: Statistics.nullable(),
  /** The last word of each of the two about this session. */
  given: z.array(Given),
  /** Earlier sessions at this station: how often fit and unfit were said of this person. */
  before: z.object({ fit: z.int(), unfit: z.int() }),
});
export type AppraisedExaminer = z.infer<typeof AppraisedExaminer>;

export const AppraisalView = z.object({
  leastCandidates: z.int(),
  scope: z.enum(['session', 'plan']),
  /** Whether it is time: nobody is appraised before the session has begun. */
  open: z.boolean(),
  examiners: z.array(AppraisedExaminer),
  /** Agreement of each room's panel in this session; null below the least number of candidates. */
  rooms: z.array(
    z.object({
      roomName: z.string(),
      candidates: z.int(),
      examiners: z.int(),
      agreement: z.object({ single: Icc, panel: Icc }).nullable(),
    }),
  ),
});
export type AppraisalView = z.infer<typeof AppraisalView>;

const appraisers = ['site-lead', 'supervisor'] as const;

export const appraisal = {
  view: callableBy(appraisers)
    .input(z.object({ sessionId: SessionId, scope: z.enum(['session', 'plan']) }))
    .output(AppraisalView)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** One appraisal, signed by the caller's PIN. */
  give: callableBy(appraisers)
    .input(
      z.object({
        sessionId: SessionId,
        examinerId: ExaminerId,
        result: z.enum(['fit', 'unfit']),
        aspects: Aspects,
        remark: z.string().trim().max(300),
        pin: Pin,
      }),
    )
    .output(z.object({ appraisalId: z.string() }))
    .errors({
      NO_SUCH_SESSION: { status: 404 },
      ...pinErrors,
      /** Nobody on a panel of this session. */
      NOT_ON_PANEL: { status: 403 },
      /** The session has not begun. */
      NOT_OPENED: { status: 409 },
      /** `unfit`, or a poor mark, without a word why. */
      REMARK_NEEDED: { status: 422 },
    }),
};
