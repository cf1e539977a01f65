import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { AttemptId, CandidateId, RoomId, SessionId } from '../../lib/ids.ts';
import { pinErrors, SecondPerson } from '../staff/contract.ts';
import {
  Attempt,
  Away,
  CandidateStatus,
  CardField,
  CardPicture,
  Decision,
  DoorAt,
  Guidance,
  Lane,
  LookUpAnswer,
  LookUpMatch,
  ManualReason,
  OtherDocument,
  RuleRef,
} from './attempt-schema.ts';

export * from './attempt-schema.ts';

const attemptErrors = {
  /** The attempt is closed, or another has taken its place; `attempt` is the record as it stands. */
  ATTEMPT_CLOSED: { status: 409, data: z.object({ attempt: Attempt }) },
  NO_SUCH_ATTEMPT: { status: 404 },
};
/** The door's session is over and no other is to come: nobody is taken up any more. */
const overErrors = { WRONG_STATE: { status: 409, data: z.object({ state: z.enum(['closed', 'sealed']) }) } };
/** The rules do not allow this admission now; the decision says why. */
const decisionErrors = { NOT_ALLOWED: { status: 422, data: z.object({ decision: Decision }) } };

const ticketErrors = {
  NOT_A_TICKET: { status: 422 },
  /** It says it is the centre's, and nothing proves it; damaged beyond reading is one of the reasons. */
  TICKET_NOT_GENUINE: {
    status: 422,
    data: z.object({ reason: z.enum(['bad-signature', 'unknown-key', 'malformed']) }),
  },
  /** The centre made it with a key that it has withdrawn since. */
  TICKET_REVOKED: { status: 422 },
  TICKET_OTHER_SITE: { status: 422 },
  /** Sessions it is good for, as far as this site's plan knows them. */
  TICKET_OTHER_SESSION: {
    status: 422,
    data: z.object({ sessions: z.array(z.object({ label: z.string(), startsAtMs: z.number() })) }),
  },
  TICKET_UNKNOWN: { status: 404 },
};

const doorStaff = callableBy(['door', 'invigilator', 'site-lead']);

export const checkin = {
  /**
   * Everything the door of one room shows. The reader comes to this door, unless an open window only asks `again`: two
   * windows of two rooms must not pull it to and fro.
   */
  lane: doorStaff
    .input(DoorAt.extend({ again: z.boolean().default(false) }))
    .output(Lane)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** A scanned or typed ticket. Opens an attempt where none is open. */
  presentTicket: doorStaff
    .input(DoorAt.extend({ text: z.string().min(1).max(4096) }))
    .output(Attempt)
    .errors({
      ...overErrors,
      ...ticketErrors,
    }),
  /** No card, or a reader that is lost: the number typed by staff. Always ends at a person. */
  typeDocument: doorStaff
    .input(DoorAt.extend({ documentNumber: z.string().min(4).max(30) }))
    .output(Attempt)
    .errors({
      ...overErrors,
      NUMBER_INVALID: { status: 422, data: z.object({ reason: z.string() }) },
      PERSON_UNKNOWN: { status: 404 },
    }),
  /** Candidates of this door's session by the last characters of their document or ticket number. */
  lookUp: doorStaff
    .input(DoorAt.extend({ tail: z.string().regex(/^[0-9A-Za-z]{4,8}$/) }))
    .output(LookUpAnswer)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** Whose ticket this is, signed or plain, of this door's session: for signing ahead. Begins nothing and uses nothing up. */
  whoseTicket: doorStaff
    .input(DoorAt.extend({ text: z.string().min(1).max(4096) }))
    .output(LookUpMatch)
    .errors(ticketErrors),
  /**
   * One of the matches, or of those who wait, chosen by staff. Whose card was read before goes on with it; for anybody else it is
   * as if the whole number had been typed, which always ends at a person.
   */
  chooseMatch: doorStaff
    .input(DoorAt.extend({ candidateId: CandidateId }))
    .output(Attempt)
    .errors({ ...overErrors, PERSON_UNKNOWN: { status: 404 } }),
  /**
   * A picture of a resident card laid before the camera: no reader, or a broken one. Nothing is decided by it; staff
   * confirm what was read. The picture is forgotten when another is taken, the lane moves on, they leave or three minutes pass.
   */
  readCardPicture: doorStaff
    .input(DoorAt.extend({ picture: z.instanceof(Blob) }))
    .output(CardPicture)
    .errors({
      ...overErrors,
      PICTURE_UNREADABLE: { status: 422 },
      /** The models for reading cards are missing or do not load; type the number instead. */
      CARD_CAMERA_UNAVAILABLE: { status: 503, data: z.object({ code: z.string() }) },
    }),
  /** Staff have left without confirming: nothing stays of the card. */
  forgetCardPicture: doorStaff.input(DoorAt).output(z.object({})),
  /** The crop of one field, the portrait, or the whole card set upright (JPEG). */
  cardPictureCrop: doorStaff
    .input(z.object({ pictureId: z.string().max(40), which: z.union([CardField, z.enum(['portrait', 'card'])]) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
  /** Staff have looked at every crop; what they corrected is on record as corrected. Ends at a person by rule pack. */
  confirmCardPicture: doorStaff
    .input(
      DoorAt.extend({
        pictureId: z.string().max(40),
        fields: z.array(z.object({ field: CardField, text: z.string().max(70), seen: z.literal(true) })).max(6),
      }),
    )
    .output(Attempt)
    .errors({
      ...overErrors,
      NO_SUCH_PICTURE: { status: 404 },
      NUMBER_INVALID: { status: 422, data: z.object({ reason: z.string() }) },
      /** These fields stand on the card and were not confirmed. */
      FIELDS_MISSING: { status: 422, data: z.object({ fields: z.array(CardField) }) },
      PERSON_UNKNOWN: { status: 404 },
    }),
  /** A travel permit, passport or military document: typed, with its picture. Always ends at two persons. */
  presentOtherDocument: doorStaff
    .input(
      DoorAt.extend({
        type: OtherDocument,
        documentNumber: z.string().min(4).max(30),
        name: z.string().trim().min(1).max(60),
        picture: z.instanceof(Blob),
      }),
    )
    .output(Attempt)
    .errors({
      ...overErrors,
      DOCUMENT_NOT_ACCEPTED: { status: 422, data: z.object({ rule: RuleRef }) },
      NUMBER_INVALID: { status: 422, data: z.object({ reason: z.string() }) },
      PICTURE_UNREADABLE: { status: 422 },
      PERSON_UNKNOWN: { status: 404 },
    }),
  /**
   * One frame of the door's camera (JPEG). Frames that cannot decide return guidance and leave no trace but a count. With
   * ENGINE_UNAVAILABLE the newest whole picture is kept for two persons to decide by.
   *
   * While the head turn goes on, frames should come ten a second: `camera` is the device's label, by which virtual cameras
   * are known.
   */
  presentFace: doorStaff
    .input(z.object({ attemptId: AttemptId, frame: z.instanceof(Blob), camera: z.string().max(120).default('') }))
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
  /** A possible impersonation: the lead is called to this lane, by sound and word in the office. */
  callLead: doorStaff
    .input(z.object({ attemptId: AttemptId }))
    .output(Attempt)
    .errors(attemptErrors),
  /**
   * A supervisor or the site lead has looked at both pictures, and says so by their own PIN. `different-person`: the
   * check goes on where it stood. `held`: the attempt ends without admission and is theirs to settle.
   */
  settleImpersonation: doorStaff
    .input(
      z.object({
        attemptId: AttemptId,
        verdict: z.enum(['different-person', 'held']),
        note: z.string().trim().min(2).max(200),
        second: SecondPerson,
      }),
    )
    .output(Attempt)
    .errors({ ...attemptErrors, ...decisionErrors, ...pinErrors, SAME_PERSON: { status: 422 } }),
  /** One of the two pictures of a likeness found late (see `Lane`). Each look is on record. */
  lateLikenessPicture: doorStaff
    .input(z.object({ suspicionId: z.int(), which: z.enum(['live', 'like']) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
  /**
   * Two different persons after all, says a supervisor or the site lead by their own PIN. Where it is one person, the lead takes
   * the admission back.
   */
  clearLateLikeness: doorStaff
    .input(z.object({ suspicionId: z.int(), note: z.string().trim().min(2).max(200), second: SecondPerson }))
    .output(z.object({ clearedAtMs: z.number() }))
    .errors({ ...pinErrors, SAME_PERSON: { status: 422 }, NO_SUCH_SUSPICION: { status: 404 } }),
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
    .input(z.object({ attemptId: AttemptId, which: z.enum(['live', 'card', 'plan', 'like', 'document']) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
  /**
   * Takes an admission back, by the site lead's own PIN: the wrong person was let in, or the wrong key pressed. The record
   * stays and is marked as taken back; the person may be admitted anew. Not once the session is closed.
   */
  undoAdmission: doorStaff
    .input(
      z.object({
        candidateId: CandidateId,
        reason: z.string().trim().min(2).max(200),
        lead: SecondPerson,
        /** The lead was told that draft marks exist, and confirms. */
        despiteMarks: z.boolean().default(false),
      }),
    )
    .output(z.object({ undoneAtMs: z.number() }))
    .errors({
      ...overErrors,
      ...pinErrors,
      NOT_ADMITTED: { status: 409 },
      /** Only the site lead may. */
      NOT_THE_LEAD: { status: 403 },
      /** Somebody of the panel has given marks: drafts can be overridden, what is locked stands for good. */
      MARKING_BEGUN: { status: 409, data: z.object({ locked: z.boolean() }) },
    }),
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
          away: Away.nullable(),
          attempts: z.int(),
        }),
      ),
    ),
};
