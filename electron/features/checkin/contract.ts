import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { AttemptId, CandidateId, RoomId, SessionId, StaffId } from '../../lib/ids.ts';
import { pinErrors, SecondPerson } from '../staff/contract.ts';

/** What the reader strip of the door shows. */
export const ReaderView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('lost'), reason: z.string() }),
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('reading') }),
  z.object({ kind: z.literal('take-away') }),
  z.object({ kind: z.literal('replace'), reason: z.string() }),
  z.object({ kind: z.literal('rejected'), status: z.int() }),
]);
export type ReaderView = z.infer<typeof ReaderView>;

/** The reader as one door sees it. `elsewhere`: it works for the door of another room. */
export const DoorReader = z.discriminatedUnion('kind', [
  ...ReaderView.options,
  z.object({ kind: z.literal('elsewhere'), roomName: z.string() }),
]);
export type DoorReader = z.infer<typeof DoorReader>;

export const EdgeName = z.enum(['card-ticket', 'live-card', 'live-plan']);
export type EdgeName = z.infer<typeof EdgeName>;

/**
 * One side of the triangle card - ticket - face. `near`: a face score below the threshold but above the one of a ten
 * times higher false-match rate; it calls a person in amber. A number or name that differs is `fail` or `near`.
 */
export const Edge = z.object({
  edge: EdgeName,
  result: z.enum(['pass', 'near', 'fail', 'not-done']),
  /** A code with a sentence in the texts: 'number-and-name-agree', 'card-photo-unreadable', ... */
  reason: z.string(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
});
export type Edge = z.infer<typeof Edge>;

export const RuleRef = z.object({
  ruleId: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
  source: z.string(),
  facts: z.record(z.string(), z.string()),
});
export type RuleRef = z.infer<typeof RuleRef>;

export const Place = z.object({
  sessionId: SessionId,
  sessionLabel: z.string(),
  startsAtMs: z.number(),
  roomId: RoomId,
  roomName: z.string(),
  location: z.string(),
  seat: z.string(),
});
export type Place = z.infer<typeof Place>;

export const Decision = z.discriminatedUnion('kind', [
  /** Evidence is still being gathered; `needs` in the order to ask for it. */
  z.object({ kind: z.literal('pending'), needs: z.array(z.enum(['card', 'ticket', 'face'])) }),
  z.object({ kind: z.literal('admit') }),
  z.object({ kind: z.literal('call-person'), reasons: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('not-here'), place: Place }),
  z.object({ kind: z.literal('unknown-person') }),
  /** `attemptId`: the attempt that admitted them; its live picture is the one to compare with. */
  z.object({
    kind: z.literal('already-in'),
    admittedAtMs: z.number(),
    byName: z.string(),
    attemptId: AttemptId.optional(),
  }),
  z.object({ kind: z.literal('too-early'), opensAtMs: z.number(), rule: RuleRef }),
  z.object({ kind: z.literal('refuse'), rule: RuleRef }),
]);
export type Decision = z.infer<typeof Decision>;

export const Outcome = z.enum(['admitted', 'admitted-by-hand', 'set-aside', 'sent-elsewhere', 'refused', 'abandoned']);
export type Outcome = z.infer<typeof Outcome>;

export const Attempt = z.object({
  attemptId: AttemptId,
  startedAtMs: z.number(),
  candidateId: CandidateId.nullable(),
  /** As the plan has it, or as the card has it where the plan does not know the person. */
  name: z.string().nullable(),
  maskedDocumentNumber: z.string().nullable(),
  ticketNumber: z.string().nullable(),
  documentBy: z.enum(['reader', 'typed', 'none']),
  place: Place.nullable(),
  edges: z.array(Edge).length(3),
  decision: Decision,
  images: z.object({ live: z.boolean(), card: z.boolean(), plan: z.boolean() }),
  /** Good live frames so far of those needed. */
  frames: z.object({ good: z.int(), needed: z.int() }),
  outcome: Outcome.nullable(),
  closedAtMs: z.number().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Counts = z.object({
  expected: z.int(),
  admitted: z.int(),
  setAside: z.int(),
  notYet: z.int(),
  absent: z.int(),
});
export type Counts = z.infer<typeof Counts>;

export const Lane = z.object({
  roomId: RoomId,
  session: z
    .object({
      sessionId: SessionId,
      label: z.string(),
      occupation: z.string(),
      level: z.string(),
      part: z.string(),
      startsAtMs: z.number(),
      endsAtMs: z.number(),
      state: z.enum(['preparing', 'open', 'running', 'closed', 'sealed']),
    })
    .nullable(),
  room: z.object({ name: z.string(), location: z.string() }),
  reader: DoorReader,
  counts: Counts,
  lateAtMs: z.number().nullable(),
  attempt: Attempt.nullable(),
  secondPersons: z.array(z.object({ staffId: StaffId, name: z.string(), roles: z.array(z.string()) })),
});
export type Lane = z.infer<typeof Lane>;

/** One short instruction to the person before the camera, or null when the frame was good. */
export const Guidance = z.enum([
  'no-face',
  'several-faces',
  'closer',
  'back',
  'centre',
  'face-camera',
  'more-light',
  'less-light',
  'hold-still',
]);
export type Guidance = z.infer<typeof Guidance>;

export const manualReasons = [
  'face-near-miss',
  'face-not-taken',
  'declines-face',
  'card-unreadable',
  'no-card',
  'name-spelling',
  'reader-lost',
  'other',
] as const;
export const ManualReason = z.enum(manualReasons);
export type ManualReason = z.infer<typeof ManualReason>;

export const CandidateStatus = z.enum(['not-yet', 'admitted', 'admitted-by-hand', 'set-aside', 'absent']);
export type CandidateStatus = z.infer<typeof CandidateStatus>;

/** Ten matches at most, of `total`: with more, more digits have to be typed. */
export const LookUpAnswer = z.object({
  total: z.int(),
  matches: z
    .array(
      z.object({
        candidateId: CandidateId,
        name: z.string(),
        maskedDocumentNumber: z.string(),
        ticketNumber: z.string(),
        roomId: RoomId,
        roomName: z.string(),
        seat: z.string(),
        status: CandidateStatus,
      }),
    )
    .max(10),
});
export type LookUpAnswer = z.infer<typeof LookUpAnswer>;

const attemptErrors = {
  /** The attempt is closed, or another has taken its place; `attempt` is the record as it stands. */
  ATTEMPT_CLOSED: { status: 409, data: z.object({ attempt: Attempt }) },
  NO_SUCH_ATTEMPT: { status: 404 },
};
/** The door's session is over and no other is to come: nobody is taken up any more. */
const overErrors = { WRONG_STATE: { status: 409, data: z.object({ state: z.enum(['closed', 'sealed']) }) } };
/** The rules do not allow this admission now; the decision says why. */
const decisionErrors = { NOT_ALLOWED: { status: 422, data: z.object({ decision: Decision }) } };

const doorStaff = callableBy(['door', 'invigilator', 'site-lead']);

export const checkin = {
  /**
   * Everything the door of one room shows. The reader comes to this door, unless an open window only asks `again`: two
   * windows of two rooms must not pull it to and fro.
   */
  lane: doorStaff
    .input(z.object({ roomId: RoomId, again: z.boolean().default(false) }))
    .output(Lane)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** A scanned or typed ticket. Opens an attempt where none is open. */
  presentTicket: doorStaff
    .input(z.object({ roomId: RoomId, text: z.string().min(1).max(2000) }))
    .output(Attempt)
    .errors({
      ...overErrors,
      NOT_A_TICKET: { status: 422, data: z.object({ reason: z.string() }) },
      TICKET_UNKNOWN: { status: 404 },
    }),
  /** No card, or a reader that is lost: the number typed by staff. Always ends at a person. */
  typeDocument: doorStaff
    .input(z.object({ roomId: RoomId, documentNumber: z.string().min(4).max(30) }))
    .output(Attempt)
    .errors({
      ...overErrors,
      NUMBER_INVALID: { status: 422, data: z.object({ reason: z.string() }) },
      PERSON_UNKNOWN: { status: 404 },
    }),
  /** Candidates of this door's session by the last characters of their document or ticket number. */
  lookUp: doorStaff
    .input(z.object({ roomId: RoomId, tail: z.string().regex(/^[0-9A-Za-z]{4,8}$/) }))
    .output(LookUpAnswer)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** One of the matches, chosen by staff: as if the whole number had been typed. Always ends at a person. */
  chooseMatch: doorStaff
    .input(z.object({ roomId: RoomId, candidateId: CandidateId }))
    .output(Attempt)
    .errors({ ...overErrors, PERSON_UNKNOWN: { status: 404 } }),
  /**
   * One frame of the door's camera (JPEG). Frames that cannot decide return guidance and leave no trace but a count. With
   * ENGINE_UNAVAILABLE the newest whole picture is kept for two persons to decide by.
   */
  presentFace: doorStaff
    .input(z.object({ attemptId: AttemptId, frame: z.instanceof(Blob) }))
    .output(z.object({ guidance: Guidance.nullable(), attempt: Attempt }))
    .errors({
      ...attemptErrors,
      FRAME_UNREADABLE: { status: 422 },
      ENGINE_UNAVAILABLE: { status: 503, data: z.object({ code: z.string() }) },
    }),
  admit: doorStaff
    .input(z.object({ attemptId: AttemptId }))
    .output(Attempt)
    .errors({ ...attemptErrors, ...decisionErrors }),
  /** Two persons look and say so: the four checks all seen, the second by their own PIN. */
  admitByHand: doorStaff
    .input(
      z.object({
        attemptId: AttemptId,
        reason: ManualReason,
        note: z.string().max(200).default(''),
        checks: z.object({
          sameAsDocumentPhoto: z.literal(true),
          sameAsPlanPhoto: z.literal(true),
          numberAgrees: z.literal(true),
          documentValid: z.literal(true),
        }),
        second: SecondPerson,
      }),
    )
    .output(Attempt)
    .errors({ ...attemptErrors, ...decisionErrors, ...pinErrors, SAME_PERSON: { status: 422 } }),
  setAside: doorStaff
    .input(z.object({ attemptId: AttemptId, note: z.string().max(200).default('') }))
    .output(Attempt)
    .errors(attemptErrors),
  /** Closes an attempt that ends without admission: told where to go, refused by rule, or abandoned. */
  dismiss: doorStaff
    .input(z.object({ attemptId: AttemptId }))
    .output(Attempt)
    .errors(attemptErrors),
  image: doorStaff
    .input(z.object({ attemptId: AttemptId, which: z.enum(['live', 'card', 'plan']) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
  /** The latest record of every candidate of a session, by ticket number. */
  list: callableBy(['door', 'invigilator', 'supervisor', 'site-lead'])
    .input(z.object({ sessionId: SessionId }))
    .output(
      z.array(
        z.object({
          candidateId: CandidateId,
          name: z.string(),
          ticketNumber: z.string(),
          roomId: RoomId,
          seat: z.string(),
          status: CandidateStatus,
          atMs: z.number().nullable(),
          attempts: z.int(),
        }),
      ),
    ),
};
