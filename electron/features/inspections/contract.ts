import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CandidateId, RoomId, SessionId } from '../../lib/ids.ts';
import { RuleRef } from '../checkin/attempt-schema.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

/** in-order 相符; finding 有问题, with words; not-there: out of the room when looked for. */
export const Verdict = z.enum(['in-order', 'finding', 'not-there']);
export type Verdict = z.infer<typeof Verdict>;

const Words = z.string().trim().max(200).default('');

/** What the supervisor found: of every candidate drawn, and of the room as a whole. */
export const InspectionResult = z.object({
  candidates: z.array(z.object({ candidateId: CandidateId, verdict: Verdict, words: Words })).max(1_000),
  room: z.object({ verdict: z.enum(['in-order', 'finding']), words: Words }),
});
export type InspectionResult = z.infer<typeof InspectionResult>;

export const Inspection = z.object({
  inspectionId: z.string(),
  nth: z.int(),
  roomId: RoomId,
  roomName: z.string(),
  location: z.string(),
  inspectorName: z.string(),
  drawnAtMs: z.number(),
  /** The journal entry of the draw. */
  seq: z.int(),
  /** How many rooms, supervisors and people inside it was drawn from. */
  from: z.object({ rooms: z.int(), inspectors: z.int(), present: z.int() }),
  candidates: z.array(
    z.object({ candidateId: CandidateId, name: z.string(), ticketNumber: z.string(), seat: z.string() }),
  ),
  result: InspectionResult.extend({ atMs: z.number() }).nullable(),
  /** The site lead's signature under the result. */
  signed: z.object({ byName: z.string(), atMs: z.number() }).nullable(),
});
export type Inspection = z.infer<typeof Inspection>;

export const Inspections = z.object({
  /** How many are looked at, and by which clause. */
  count: z.int(),
  rule: RuleRef,
  /** Oldest first. */
  inspections: z.array(Inspection),
  /** Supervisors signed on who have no inspection open. */
  free: z.array(z.string()),
});
export type Inspections = z.infer<typeof Inspections>;

const notFound = { NO_SUCH_INSPECTION: { status: 404 } };
const stateErrors = { WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) } };

export const inspections = {
  /** Inspections of a session, or of one room of it. */
  view: callableBy(['site-lead', 'supervisor', 'invigilator', 'door'])
    .input(z.object({ sessionId: SessionId, roomId: RoomId.nullable().default(null) }))
    .output(Inspections)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** Draws who inspects which room, and whom in it. Nothing can be chosen, and nothing is drawn twice. */
  draw: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ sessionId: SessionId }))
    .output(Inspection)
    .errors({
      NO_SUCH_SESSION: { status: 404 },
      ...stateErrors,
      /** Nobody is inside any room. */
      NOBODY_INSIDE: { status: 409 },
      /** No supervisor is signed on who has no inspection open. */
      NO_INSPECTOR: { status: 409 },
    }),
  /** What the drawn supervisor found, by their own PIN at whatever desk. */
  record: callableBy(['site-lead', 'supervisor', 'invigilator', 'door'])
    .input(z.object({ inspectionId: z.string().max(40), result: InspectionResult, pin: Pin }))
    .output(Inspection)
    .errors({
      ...notFound,
      ...stateErrors,
      ...pinErrors,
      ALREADY_RECORDED: { status: 409 },
      /** Not exactly the candidates drawn. */
      NOT_AS_DRAWN: { status: 422 },
      /** A finding says nothing. */
      WORDS_NEEDED: { status: 422 },
    }),
  /** The site lead signs the record (现场负责人签字). */
  sign: callableBy(['site-lead'])
    .input(z.object({ inspectionId: z.string().max(40), pin: Pin }))
    .output(Inspection)
    .errors({
      ...notFound,
      ...stateErrors,
      ...pinErrors,
      NOT_RECORDED: { status: 409 },
      ALREADY_SIGNED: { status: 409 },
    }),
  /** The draw as a file that anybody repeats with `kaodian draw verify`. */
  published: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ inspectionId: z.string().max(40) }))
    .output(z.string())
    .errors(notFound),
};
