import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { ExaminerId, RoomId, SessionId } from '../../lib/ids.ts';
import { Violation } from '../examiners/violation.ts';
import { Pin, pinErrors, SecondPerson } from '../staff/contract.ts';
import { drawProcedures } from './draw/contract.ts';

export { DrawParty, DrawStage, DrawView, ShortageView } from './draw/contract.ts';

/** A finding with the clause it rests on, for the person who decides. */
export const ShownFinding = Violation.extend({
  text: z.object({ zh: z.string(), en: z.string() }),
  source: z.string(),
});
export type ShownFinding = z.infer<typeof ShownFinding>;

/** A finding about the panel in force; `accepted` with reason and name where the lead has set a warning aside. */
export const StandingFinding = ShownFinding.extend({
  accepted: z.object({ reason: z.string(), byName: z.string(), atMs: z.number() }).nullable(),
  /** It was not so when the panel was assigned: what is on file has changed since. */
  cameUpLater: z.boolean(),
});
export type StandingFinding = z.infer<typeof StandingFinding>;

export const SeatOnBoard = z.object({
  duty: z.enum(['lead', 'member']),
  /** Null while the seat is open. */
  examiner: z
    .object({
      examinerId: ExaminerId,
      name: z.string(),
      grade: z.enum(['examiner', 'senior']).nullable(),
      findings: z.array(StandingFinding),
      /** When they signed on at their panel desk. */
      signedOnMs: z.number().nullable(),
    })
    .nullable(),
});
export type SeatOnBoard = z.infer<typeof SeatOnBoard>;

const Act = z.enum(['planned', 'drawn', 'set', 'replaced', 'removed', 'recused', 'demanded']);

export const RoomOnBoard = z.object({
  roomId: RoomId,
  name: z.string(),
  location: z.string(),
  candidates: z.int(),
  /** Changes of this room's panel so far: what a desk has seen when it asks for the next. */
  version: z.int(),
  wanted: z.object({
    seats: z.int(),
    odd: z.boolean(),
    text: z.object({ zh: z.string(), en: z.string() }),
    source: z.string(),
  }),
  /** Lead first; open ones last of their kind. */
  seats: z.array(SeatOnBoard),
  /** About the panel as a whole, its supervisors among it. */
  findings: z.array(StandingFinding),
  state: z.enum(['full', 'short', 'unlawful', 'undecided']),
  lastChange: z.object({ act: Act, byName: z.string(), atMs: z.number(), reason: z.string() }).nullable(),
});
export type RoomOnBoard = z.infer<typeof RoomOnBoard>;

export const RecusalGround = z.enum(['kin', 'taught', 'employer', 'master-apprentice', 'other']);

export const AssignmentBoard = z.object({
  session: z.object({
    sessionId: SessionId,
    label: z.string(),
    occupation: z.string(),
    level: z.string(),
    part: z.string(),
    startsAtMs: z.number(),
    state: z.enum(['preparing', 'open', 'running', 'closed', 'sealed']),
    /** False for theory, which no panel marks. */
    hasPanels: z.boolean(),
  }),
  rooms: z.array(RoomOnBoard),
  /** `changedSince`: panels are others now; `factsSince`: they are the same, but something is found that nobody has decided. */
  submitted: z
    .object({ byName: z.string(), atMs: z.number(), changedSince: z.boolean(), factsSince: z.boolean() })
    .nullable(),
  /** The draw whose result was taken over last, if any. */
  drawn: z.object({ drawId: z.string(), atMs: z.number(), examiners: z.int(), excluded: z.int() }).nullable(),
  recusals: z.array(
    z.object({
      examinerId: z.string(),
      name: z.string(),
      roomName: z.string(),
      by: z.enum(['self', 'demand']),
      ground: RecusalGround,
      note: z.string(),
      atMs: z.number(),
    }),
  ),
  soleProvider: z
    .object({
      number: z.string(),
      officialName: z.string(),
      fileName: z.string(),
      fileSha256: z.string(),
      signedOnMs: z.number().nullable(),
    })
    .nullable(),
});
export type AssignmentBoard = z.infer<typeof AssignmentBoard>;

/** Somebody who could, or could not, take a seat; those who could not are shown too. */
export const SeatCandidate = z.object({
  examinerId: ExaminerId,
  name: z.string(),
  grade: z.enum(['examiner', 'senior']).nullable(),
  /** `reserve`: in this place among the reserves of the draw, or of the plan where there was none. */
  place: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('drawn-here') }),
    z.object({ kind: z.literal('reserve'), nth: z.int() }),
    z.object({ kind: z.literal('elsewhere'), roomName: z.string() }),
    z.object({ kind: z.literal('not-drawn') }),
    z.object({ kind: z.literal('in-plan') }),
  ]),
  verdict: z.enum(['can', 'warn', 'cannot']),
  findings: z.array(ShownFinding),
  /** Sessions at this site in a row, this one counted. */
  inARow: z.int(),
});
export type SeatCandidate = z.infer<typeof SeatCandidate>;

const lead = callableBy(['site-lead']);
const office = callableBy(['site-lead', 'supervisor', 'score-keeper']);
const Where = z.object({ sessionId: SessionId, roomId: RoomId });
const Reason = z.string().trim().max(200).default('');

const placeErrors = {
  NO_SUCH_SESSION: { status: 404 },
  NO_SUCH_PLACE: { status: 404 },
  WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
};
const changeErrors = {
  ...placeErrors,
  /** Another desk was faster: what the panel is now, and who made it so. */
  PANEL_CHANGED: {
    status: 409,
    data: z.object({ version: z.int(), byName: z.string(), atMs: z.number(), examiners: z.array(z.string()) }),
  },
};

export const assignment = {
  board: office
    .input(z.object({ sessionId: SessionId }))
    .output(AssignmentBoard)
    .errors(placeErrors),
  /** For a seat, everybody in the order of the draw, also those who may not take it. */
  candidates: office
    .input(Where.extend({ duty: z.enum(['lead', 'member']), replacing: ExaminerId.nullable().default(null) }))
    .output(z.array(SeatCandidate))
    .errors(placeErrors),
  /** Puts somebody on an open seat, or in the place of somebody. */
  seat: lead
    .input(
      Where.extend({
        version: z.int(),
        duty: z.enum(['lead', 'member']),
        examinerId: ExaminerId,
        replacing: ExaminerId.nullable().default(null),
        reason: Reason,
      }),
    )
    .output(AssignmentBoard)
    .errors({
      ...changeErrors,
      /** A rule stands against it; nobody can set that aside. */
      UNLAWFUL: { status: 422, data: z.object({ findings: z.array(ShownFinding).min(1) }) },
      /** A warning, or somebody passed over in the order of the draw: say why. */
      REASON_NEEDED: {
        status: 422,
        data: z.object({ findings: z.array(ShownFinding), passedOver: z.string().nullable() }),
      },
    }),
  /** Takes somebody off; once the door is open that is the lead's demand, and binds for the session. */
  remove: lead
    .input(
      Where.extend({
        version: z.int(),
        examinerId: ExaminerId,
        ground: RecusalGround,
        reason: z.string().trim().min(2).max(200),
      }),
    )
    .output(AssignmentBoard)
    .errors(changeErrors),
  /** Hands the whole assignment in: every seat taken, nothing against it, every warning set aside for a reason. */
  submit: lead
    .input(z.object({ sessionId: SessionId, versions: z.record(z.string(), z.int()), reason: Reason }))
    .output(AssignmentBoard)
    .errors({
      ...changeErrors,
      SEATS_OPEN: { status: 422, data: z.object({ roomName: z.string(), seat: z.int() }) },
      UNLAWFUL: { status: 422, data: z.object({ findings: z.array(ShownFinding).min(1) }) },
      REASON_NEEDED: {
        status: 422,
        data: z.object({ findings: z.array(ShownFinding), passedOver: z.string().nullable() }),
      },
    }),
  /** An examiner takes themselves off a session (自行回避), at their own desk. */
  recuse: callableBy(['examiner'])
    .input(Where.extend({ ground: RecusalGround, note: z.string().trim().min(2).max(200), pin: Pin }))
    .output(z.object({}))
    .errors({ ...placeErrors, ...pinErrors, NOT_ON_PANEL: { status: 403 } }),
  /** The approval (批文) that lets the only institution train and assess, with the official who will watch. */
  approveSoleProvider: lead
    .input(
      z.object({
        sessionId: SessionId,
        number: z.string().trim().min(2).max(80),
        file: z.instanceof(File),
        official: SecondPerson,
      }),
    )
    .output(AssignmentBoard)
    .errors({
      ...placeErrors,
      ...pinErrors,
      SAME_PERSON: { status: 422 },
      FILE_TOO_LARGE: { status: 413, data: z.object({ maxBytes: z.int() }) },
      DISK_FULL: { status: 507 },
    }),
  draw: drawProcedures,
};
