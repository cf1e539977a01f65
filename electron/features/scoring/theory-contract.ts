import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CandidateId, RoomId, SessionId, StaffId } from '../../lib/ids.ts';
import { PlanProblem } from '../plan/contract.ts';
import { SessionState } from '../session/contract.ts';
import { Pin, pinErrors, SecondPerson } from '../staff/contract.ts';
import { DecisionView } from './decisions-contract.ts';
import { changedElsewhere, Strokes, Tenths } from './marks-contract.ts';
import { CandidateResult, PartStanding } from './results-contract.ts';

/** One candidate of a theory session as a score keeper sees them: numbers, no name. */
export const TheoryRow = z.object({
  candidateId: CandidateId,
  roomId: RoomId,
  ticketNumber: z.string(),
  admitted: z.boolean(),
  /** What the caller has typed; null before, and while nothing is to be typed. */
  typedTenths: Tenths.nullable(),
  version: z.int(),
  /** Both typists' marks where they differ, once both have finished. */
  differs: z.tuple([Tenths, Tenths]).nullable(),
  settledTenths: Tenths.nullable(),
  /** The mark on record, once accepted. */
  acceptedTenths: Tenths.nullable(),
  /** What a correction that two score keepers signed has made of it; null where none is in force. */
  correctedTenths: Tenths.nullable(),
  /** A correction is signed by one and waits for the second. */
  correctionOpen: z.boolean(),
});

export const TheoryView = z.object({
  sessionId: SessionId,
  label: z.string(),
  state: z.enum(['nothing', 'typing', 'waiting-for-second', 'differences', 'agreed', 'accepted']),
  /** Who has typed: at most two, by name, and whether they have finished. */
  typists: z.array(z.object({ staffId: StaffId, name: z.string(), isMe: z.boolean(), finished: z.boolean() })),
  rows: z.array(TheoryRow),
  /** Over the marks that would be accepted now; empty before they agree. */
  checkCode: z.string(),
  accepted: z
    .object({
      source: z.enum(['machine', 'typed-twice']),
      fileName: z.string().nullable(),
      fileSha256: z.string().nullable(),
      checkCode: z.string(),
      by: z.string(),
      second: z.string().nullable(),
      atMs: z.number(),
    })
    .nullable(),
});
export type TheoryView = z.infer<typeof TheoryView>;

export const TheoryCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problems'), problems: z.array(PlanProblem).min(1) }),
  z.object({
    kind: z.literal('ready'),
    checkId: z.string(),
    sha256: z.string(),
    checkCode: z.string(),
    marks: z.int(),
    absent: z.int(),
    passed: z.int(),
  }),
]);
export type TheoryCheck = z.infer<typeof TheoryCheck>;

export const FileCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problems'), problems: z.array(PlanProblem).min(1) }),
  z.object({
    kind: z.literal('ready'),
    checkId: z.string(),
    sha256: z.string(),
    lines: z.array(z.string()),
  }),
]);
export type FileCheck = z.infer<typeof FileCheck>;

/** Everybody of a session with the result, what keeps it open, and how the parts stand together. */
export const ScoreBoard = z.object({
  sessionId: SessionId,
  label: z.string(),
  part: z.string(),
  occupation: z.string(),
  level: z.string(),
  sealed: z.boolean(),
  rows: z.array(
    CandidateResult.extend({
      candidateId: CandidateId,
      roomId: RoomId,
      roomName: z.string(),
      ticketNumber: z.string(),
      parts: z.array(PartStanding),
      qualified: z.boolean(),
    }),
  ),
  decisions: z.array(DecisionView),
});
export type ScoreBoard = z.infer<typeof ScoreBoard>;

const keeperOnly = callableBy(['score-keeper']);
const InSession = z.object({ sessionId: SessionId });
const keeperErrors = {
  NO_SUCH_SESSION: { status: 404 },
  SESSION_SEALED: { status: 409 },
  /** The score keeper has not declared yet to be neither site staff nor trainer. */
  NOT_DECLARED: { status: 403 },
  /** By the dossiers this person holds a training post, or stands in the plan as an examiner. */
  KEEPER_NOT_INDEPENDENT: { status: 403, data: z.object({ posts: z.array(z.string()) }) },
};
const theoryErrors = {
  ...keeperErrors,
  /** Marks come once the session is over. */
  WRONG_STATE: { status: 409, data: z.object({ state: SessionState }) },
  ALREADY_ACCEPTED: { status: 409 },
  NOT_A_THEORY_SESSION: { status: 422 },
};

export const theoryContract = {
  scoreBoard: callableBy(['score-keeper', 'supervisor', 'site-lead'])
    .input(InSession)
    .output(ScoreBoard)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** Whether the caller has declared for this session to be neither site staff nor trainer. */
  keeper: keeperOnly.input(InSession).output(z.object({ declaredAtMs: z.number().nullable() })),
  declareKeeper: keeperOnly
    .input(InSession.extend({ pin: Pin }))
    .output(z.object({ declaredAtMs: z.number() }))
    .errors({
      ...pinErrors,
      NO_SUCH_SESSION: { status: 404 },
      KEEPER_NOT_INDEPENDENT: keeperErrors.KEEPER_NOT_INDEPENDENT,
    }),
  theory: keeperOnly.input(InSession).output(TheoryView).errors(theoryErrors),
  /** An empty file to fill in (.xlsx), with the ticket numbers of the session. */
  theoryTemplate: keeperOnly.input(InSession).output(z.instanceof(Blob)).errors(theoryErrors),
  /** Reads and checks a machine-marked file (.csv or .xlsx) against the session; saves nothing. */
  checkTheoryFile: keeperOnly
    .input(InSession.extend({ file: z.instanceof(File) }))
    .output(TheoryCheck)
    .errors(theoryErrors),
  /** Keeps the file and its marks, signed. */
  acceptTheoryFile: keeperOnly
    .input(z.object({ checkId: z.string(), pin: Pin, strokes: Strokes, checkCode: z.string() }))
    .output(TheoryView)
    .errors({ ...theoryErrors, ...pinErrors, CHECK_EXPIRED: { status: 410 }, CHECK_CODE_DIFFERS: { status: 409 } }),
  /** One mark of a paper, as the caller reads it. The other typist's are not shown before both have finished. */
  typeTheory: keeperOnly
    .input(InSession.extend({ candidateId: CandidateId, tenths: Tenths.nullable(), version: z.int() }))
    .output(z.object({ savedAtMs: z.number(), version: z.int() }))
    .errors({
      ...theoryErrors,
      NO_SUCH_CANDIDATE: { status: 404 },
      NOT_ADMITTED: { status: 409 },
      OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
      CHANGED_ELSEWHERE: changedElsewhere(Tenths.nullable()),
      TWO_HAVE_TYPED: { status: 409 },
      TYPING_FINISHED: { status: 409 },
    }),
  finishTyping: keeperOnly
    .input(InSession)
    .output(TheoryView)
    .errors({
      ...theoryErrors,
      INCOMPLETE: { status: 422, data: z.object({ missing: z.int() }) },
      TYPING_FINISHED: { status: 409 },
    }),
  /** Both look at the paper once more and agree on one mark. */
  settleDifference: keeperOnly
    .input(
      InSession.extend({
        candidateId: CandidateId,
        tenths: Tenths,
        reason: z.string().trim().min(2).max(200),
        second: SecondPerson,
      }),
    )
    .output(TheoryView)
    .errors({
      ...theoryErrors,
      ...pinErrors,
      NO_DIFFERENCE: { status: 409 },
      SAME_PERSON: { status: 422 },
      NOT_THE_TYPISTS: { status: 403 },
      OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
    }),
  /** Both typists' marks agree: they become the marks, signed by one and confirmed by the other's PIN. */
  acceptTyped: keeperOnly
    .input(InSession.extend({ pin: Pin, strokes: Strokes, checkCode: z.string(), second: SecondPerson }))
    .output(TheoryView)
    .errors({
      ...theoryErrors,
      ...pinErrors,
      NOT_AGREED: { status: 409 },
      SAME_PERSON: { status: 422 },
      NOT_THE_TYPISTS: { status: 403 },
      CHECK_CODE_DIFFERS: { status: 409 },
    }),
  /** A theory mark that was read or typed wrong; a second score keeper checks it. */
  correctTheory: keeperOnly
    .input(
      InSession.extend({
        candidateId: CandidateId,
        tenths: Tenths,
        reason: z.string().trim().min(4).max(400),
        pin: Pin,
        strokes: Strokes,
      }),
    )
    .output(DecisionView)
    .errors({
      ...keeperErrors,
      ...pinErrors,
      NO_SUCH_CANDIDATE: { status: 404 },
      NOTHING_CHANGES: { status: 422 },
      DECISION_OPEN: { status: 409 },
      OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
    }),
};

export const RubricOnShelf = z.object({
  rubricId: z.string(),
  title: z.string(),
  occupation: z.string(),
  level: z.string(),
  part: z.string(),
  items: z.int(),
  vetoes: z.int(),
  sha256: z.string(),
  atMs: z.number(),
});
export type RubricOnShelf = z.infer<typeof RubricOnShelf>;

/** Rubrics and earlier part passes that come as files of their own. */
export const filesContract = {
  rubrics: callableBy(['site-lead', 'score-keeper', 'supervisor']).output(z.array(RubricOnShelf)),
  rubricTemplate: callableBy(['site-lead']).output(z.instanceof(Blob)),
  /** A workbook (.xlsx) or JSON file of rubrics; saves nothing. */
  checkRubrics: callableBy(['site-lead'])
    .input(z.object({ file: z.instanceof(File) }))
    .output(FileCheck),
  /** The next plan workbook that names one of them takes it from here. */
  adoptRubrics: callableBy(['site-lead'])
    .input(z.object({ checkId: z.string() }))
    .output(z.array(RubricOnShelf))
    .errors({ CHECK_EXPIRED: { status: 410 } }),
  partPassTemplate: keeperOnly.output(z.instanceof(Blob)),
  checkPartPasses: keeperOnly.input(z.object({ file: z.instanceof(File) })).output(FileCheck),
  adoptPartPasses: keeperOnly
    .input(z.object({ checkId: z.string(), pin: Pin }))
    .output(z.object({ added: z.int() }))
    .errors({ ...pinErrors, CHECK_EXPIRED: { status: 410 } }),
};
