import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, CandidateId, ExaminerId, RoomId, SessionId } from '../../lib/ids.ts';

const TwoTongues = z.object({ zh: z.string(), en: z.string() });

/** One thing to mend in the file, and where it stands. `row` counts as Excel does, from 1; 0 means the whole sheet. */
export const PlanProblem = z.object({
  sheet: z.string(),
  row: z.int(),
  column: z.string(),
  code: z.string(),
  text: TwoTongues,
});
export type PlanProblem = z.infer<typeof PlanProblem>;

export const PlanSummary = z.object({
  planId: z.string(),
  batch: z.string(),
  siteName: z.string(),
  centreName: z.string(),
  sessions: z.int(),
  rooms: z.int(),
  candidates: z.int(),
  examiners: z.int(),
  photos: z.int(),
  /** SHA-256 of the plan's canonical JSON: the same on the centre's paper and here. */
  digest: z.string(),
  signed: z.boolean(),
  warnings: z.array(TwoTongues),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

export const PlanCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problems'), problems: z.array(PlanProblem).min(1) }),
  z.object({ kind: z.literal('ready'), checkId: z.string(), summary: PlanSummary }),
]);
export type PlanCheck = z.infer<typeof PlanCheck>;

export const PlanOverview = z.object({
  summary: PlanSummary,
  adoptedAtMs: z.number(),
  sessions: z.array(
    z.object({
      sessionId: SessionId,
      label: z.string(),
      part: z.enum(['theory', 'skills', 'review']),
      occupation: z.string(),
      level: z.string(),
      startsAtMs: z.number(),
      endsAtMs: z.number(),
      rooms: z.array(
        z.object({
          roomId: RoomId,
          name: z.string(),
          location: z.string(),
          candidates: z.int(),
          cameras: z.array(z.object({ cameraId: CameraId, label: z.string() })),
        }),
      ),
    }),
  ),
  examiners: z.array(z.object({ examinerId: ExaminerId, name: z.string(), grade: z.enum(['examiner', 'senior']) })),
});
export type PlanOverview = z.infer<typeof PlanOverview>;

export const plan = {
  /** The empty workbook to fill in (.xlsx). */
  template: callableBy(['site-lead']).output(z.instanceof(Blob)),
  /** Reads and checks everything; saves nothing. `photos`: single pictures, or one zip of them. */
  check: callableBy(['site-lead'])
    .input(z.object({ workbook: z.instanceof(File), photos: z.array(z.instanceof(File)).max(2000) }))
    .output(PlanCheck),
  /** The centre's signed package (.zip). */
  checkPackage: callableBy(['site-lead'])
    .input(z.object({ package: z.instanceof(File), trustOnFirstUse: z.boolean().default(false) }))
    .output(
      z.discriminatedUnion('kind', [
        ...PlanCheck.options,
        /** Signed by a key this station does not know yet: the lead compares the fingerprint with the centre's paper. */
        z.object({ kind: z.literal('unknown-signer'), fingerprint: z.string() }),
      ]),
    ),
  /** Saves what `check` found good, whole, in one commit. */
  adopt: callableBy(['site-lead'])
    .input(z.object({ checkId: z.string() }))
    .output(PlanOverview)
    .errors({
      CHECK_EXPIRED: { status: 410 },
      /** Something is on record of a session of the present plan that is not sealed, or under an id of the next one. */
      PLAN_IN_USE: { status: 409 },
      OTHER_SITE: { status: 422, data: z.object({ planSite: z.string() }) },
    }),
  current: callableBy('signed-in').output(PlanOverview.nullable()),
  /** Who looks is on record, unless the candidate stands at a door just then. */
  photo: callableBy(['door', 'invigilator', 'supervisor', 'site-lead'])
    .input(z.object({ candidateId: CandidateId }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
};
