import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CandidateId, RoomId, SessionId } from '../../lib/ids.ts';
import { Guidance, RuleRef } from '../checkin/attempt-schema.ts';
import { Strokes } from '../scoring/contract.ts';
import { pinErrors, SecondPerson } from '../staff/contract.ts';

/** Why a person goes: for a break, back only through the door; or for good, the work handed in (签退). */
export const LeaveKind = z.enum(['break', 'finished']);
export type LeaveKind = z.infer<typeof LeaveKind>;

/** Where somebody admitted is now. */
export const Whereabouts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inside'), sinceMs: z.number() }),
  /** `overdue`: longer than the rule pack's break. */
  z.object({ kind: z.literal('break'), sinceMs: z.number(), dueAtMs: z.number(), overdue: z.boolean() }),
  /** `signed`: by the candidate's own hand. */
  z.object({ kind: z.literal('finished'), sinceMs: z.number(), signed: z.boolean() }),
  /** The session ended while they were inside or on a break: signed out by the closing, and by nobody's hand. */
  z.object({ kind: z.literal('session-end'), sinceMs: z.number(), from: z.enum(['inside', 'break']) }),
]);
export type Whereabouts = z.infer<typeof Whereabouts>;

export const PersonInRoom = z.object({
  candidateId: CandidateId,
  name: z.string(),
  ticketNumber: z.string(),
  seat: z.string(),
  admittedAtMs: z.number(),
  byHand: z.boolean(),
  where: Whereabouts,
});
export type PersonInRoom = z.infer<typeof PersonInRoom>;

/**
 * A re-check in the room. `due`: to be done now, by the face or by eye. `by-eye`: only persons decide it: the candidate
 * declined the comparison of faces, there is nothing to compare with, or the faces did not agree.
 */
export const RecheckState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('due') }),
  z.object({
    kind: z.literal('by-eye'),
    reason: z.enum(['declines-face', 'nothing-to-compare', 'faces-differ']),
    score: z.number().nullable(),
    threshold: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('done'),
    by: z.enum(['face', 'eye']),
    verdict: z.enum(['same', 'doubt']),
    atMs: z.number(),
    score: z.number().nullable(),
    threshold: z.number().nullable(),
  }),
]);
export type RecheckState = z.infer<typeof RecheckState>;

export const Recheck = z.object({
  recheckId: z.string(),
  candidateId: CandidateId,
  roomId: RoomId,
  name: z.string(),
  seat: z.string(),
  dueAtMs: z.number(),
  /** Out of the room now: the re-check waits, or cannot be done any more. */
  inside: z.boolean(),
  state: RecheckState,
  /** Good live frames so far of those needed. */
  frames: z.object({ good: z.int(), needed: z.int() }),
});
export type Recheck = z.infer<typeof Recheck>;

export const RoomPresence = z.object({
  roomId: RoomId,
  session: z
    .object({
      sessionId: SessionId,
      label: z.string(),
      startsAtMs: z.number(),
      endsAtMs: z.number(),
      state: z.enum(['preparing', 'open', 'running', 'closed', 'sealed']),
    })
    .nullable(),
  /** Before this time, leaving shows the clause and needs a note. */
  leave: z.object({ fromMs: z.number(), rule: RuleRef }).nullable(),
  counts: z.object({ admitted: z.int(), inside: z.int(), onBreak: z.int(), finished: z.int(), overdue: z.int() }),
  /** Everyone admitted to this room, by seat in the order of the plan. */
  people: z.array(PersonInRoom),
  /** Due by now or done, by due time. Those still to come are not told: nobody is to know beforehand. */
  rechecks: z.array(Recheck),
});
export type RoomPresence = z.infer<typeof RoomPresence>;

const roomStaff = callableBy(['door', 'invigilator', 'site-lead']);
const stateErrors = {
  WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
};
const recheckErrors = {
  ...stateErrors,
  /** No such re-check, or it is not due yet. */
  NO_SUCH_RECHECK: { status: 404 },
  /** Decided already; `recheck` as it stands. */
  RECHECK_DONE: { status: 409, data: z.object({ recheck: Recheck }) },
  /** The candidate is not in the room now. */
  NOT_INSIDE: { status: 409, data: z.object({ where: Whereabouts }) },
};

export const presence = {
  /** Who is in the room: for the invigilator. */
  room: callableBy(['door', 'invigilator', 'supervisor', 'site-lead'])
    .input(z.object({ roomId: RoomId }))
    .output(RoomPresence)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** Somebody leaves the room. Strokes are the candidate's own hand, where they sign out for good. */
  signOut: roomStaff
    .input(
      z.object({
        candidateId: CandidateId,
        kind: LeaveKind,
        note: z.string().trim().max(200).default(''),
        strokes: Strokes.optional(),
      }),
    )
    .output(PersonInRoom)
    .errors({
      ...stateErrors,
      NOT_ADMITTED: { status: 409 },
      NOT_INSIDE: { status: 409, data: z.object({ where: Whereabouts }) },
      /** Before the earliest leave: read the clause, then say why in the note. */
      EARLY_LEAVE: { status: 422, data: z.object({ rule: RuleRef }) },
      /** The strokes are a dot or a slip of the pen. */
      NO_SIGNATURE: { status: 422 },
      DISK_FULL: { status: 507 },
    }),
  /** The wrong person was signed out, or the wrong key pressed: they are inside as before, by a new entry. */
  undoSignOut: roomStaff
    .input(z.object({ candidateId: CandidateId, note: z.string().trim().min(2).max(200) }))
    .output(PersonInRoom)
    .errors({ ...stateErrors, NOT_ADMITTED: { status: 409 }, NOT_OUT: { status: 409 } }),
  /**
   * One frame (JPEG) of the person at the seat, as at the door. After enough good ones the faces are compared with the
   * plan's photograph and the picture taken at admission: they agree, or persons decide.
   */
  presentRecheckFace: roomStaff
    .input(
      z.object({
        recheckId: z.string().max(40),
        frame: z.instanceof(Blob),
        camera: z.string().max(120).default(''),
      }),
    )
    .output(z.object({ guidance: Guidance.nullable(), recheck: Recheck }))
    .errors({
      ...recheckErrors,
      /** Persons decide this one; see the state of `recheck`. */
      BY_EYE_ONLY: { status: 409, data: z.object({ recheck: Recheck }) },
      FRAME_UNREADABLE: { status: 422 },
      ENGINE_UNAVAILABLE: { status: 503, data: z.object({ code: z.string() }) },
      DISK_FULL: { status: 507 },
    }),
  /** Two persons have compared candidate, document and pictures. A doubt is an alarm in the office. */
  recheckByEye: roomStaff
    .input(
      z.object({
        recheckId: z.string().max(40),
        verdict: z.enum(['same', 'doubt']),
        /** Needed with a doubt. */
        note: z.string().trim().max(200).default(''),
        second: SecondPerson,
      }),
    )
    .output(Recheck)
    .errors({
      ...recheckErrors,
      ...pinErrors,
      SAME_PERSON: { status: 422 },
      NOTE_NEEDED: { status: 422 },
    }),
  /** What a re-check is compared with, for the eye: the plan's photograph, and the live picture of the admission. */
  recheckImage: roomStaff
    .input(z.object({ recheckId: z.string().max(40), which: z.enum(['plan', 'admission', 'live']) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
};
