import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, CandidateId, RoomId, SessionId } from '../../lib/ids.ts';
import { RuleRef } from '../checkin/attempt-schema.ts';
import { SessionState } from '../session/contract.ts';
import { Pin, pinErrors, SecondPerson } from '../staff/contract.ts';

const Stretch = z.object({ beginMs: z.number(), endMs: z.number() });

/** A stretch without a usable picture of the candidate's place; a cause for every camera that sees it. */
export const Gap = Stretch.extend({
  causes: z.array(z.object({ cameraId: CameraId, reason: z.string() })),
});

/** Two persons let a score be confirmed although the video is short, and why. */
export const Acceptance = z.object({
  reason: z.string(),
  byName: z.string(),
  secondName: z.string(),
  atMs: z.number(),
});

export const CandidateCoverage = z.object({
  candidateId: CandidateId,
  name: z.string(),
  seat: z.string(),
  roomId: RoomId,
  /** The cameras that see the candidate's place, in the order of the plan. */
  cameras: z.array(z.object({ cameraId: CameraId, label: z.string() })),
  /** In the room, oldest first; who is still inside: until now. */
  present: z.array(Stretch),
  presentMs: z.number(),
  /** Of it on video, to the frame; and with late frames between two segments counted in, by which it is judged. */
  leastMs: z.number(),
  mostMs: z.number(),
  /** Longer than the rule pack's limit. */
  gaps: z.array(Gap),
  verdict: z.enum(['covered', 'short']),
  /** One that stands: nothing is missing beyond what was accepted. */
  acceptance: Acceptance.nullable(),
});
export type CandidateCoverage = z.infer<typeof CandidateCoverage>;

export const SessionCoverage = z.object({
  gapLimitMs: z.number(),
  leastPercent: z.int(),
  rule: RuleRef,
  /** Everybody whose admission stands, by seat. */
  candidates: z.array(CandidateCoverage),
});

export const coverage = {
  session: callableBy(['site-lead', 'supervisor', 'score-keeper'])
    .input(z.object({ sessionId: SessionId }))
    .output(SessionCoverage)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /**
   * The caller and a second person accept that a candidate's video is short, for a reason that stays on record and is
   * sealed. Once the session is closed, and before it is sealed; by lead and supervisors, each with their own PIN.
   */
  accept: callableBy(['site-lead', 'supervisor'])
    .input(
      z.object({
        candidateId: CandidateId,
        reason: z.string().trim().min(4).max(400),
        pin: Pin,
        second: SecondPerson,
      }),
    )
    .output(CandidateCoverage)
    .errors({
      ...pinErrors,
      NOT_ADMITTED: { status: 409 },
      WRONG_STATE: { status: 409, data: z.object({ state: SessionState }) },
      /** The video covers the candidate, or what is missing is accepted already. */
      NOT_SHORT: { status: 409 },
      SAME_PERSON: { status: 422 },
    }),
};
