import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CandidateId, ExaminerId, RoomId, SessionId } from '../../lib/ids.ts';
import { Pin, pinErrors } from '../staff/contract.ts';
import { CellId, RubricItemView, Strokes, Tenths, VetoView } from './marks-contract.ts';
import { Obstacle } from './results-contract.ts';

/**
 * What was decided about marks after they were locked. Each stands beside what was there before, which stays: made and
 * signed by one person, in force once a second one has checked and signed it too.
 */
export const DecisionBody = z.discriminatedUnion('kind', [
  /** The lead's marks for the items over the limit, and whether what one examiner found fails the candidate. */
  z.object({
    kind: z.literal('conference'),
    items: z.record(z.string(), Tenths),
    vetoes: z.record(z.string(), z.boolean()),
  }),
  /** One examiner's mark that was written down wrong. For a veto `tenths` is 1 where it was found, null where not. */
  z.object({
    kind: z.literal('correction'),
    examinerId: ExaminerId,
    cellId: CellId,
    before: Tenths.nullable(),
    tenths: Tenths.nullable(),
  }),
  /** The theory mark of a candidate that was read or typed wrong. */
  z.object({ kind: z.literal('theory-correction'), before: Tenths, tenths: Tenths }),
  /** irregular 违纪 or void 作废, and `lifted` where one is taken back; with the decision it rests on. */
  z.object({
    kind: z.literal('code'),
    code: z.enum(['irregular', 'void', 'lifted']),
    severity: z.enum(['general', 'serious', 'grave']).nullable(),
    /** Number of the written decision, or of the record of the irregularity. */
    document: z.string().trim().min(1).max(80),
    evidence: z.array(z.object({ name: z.string().max(120), sha256: z.string(), evidenceId: z.string() })).max(10),
  }),
]);
export type DecisionBody = z.infer<typeof DecisionBody>;

const Hand = z.object({ name: z.string(), atMs: z.number() });

export const DecisionView = z.object({
  decisionId: z.string(),
  roomId: RoomId,
  /** Anonymous number, or ticket number of a theory session. */
  number: z.string(),
  body: DecisionBody,
  reason: z.string(),
  checkCode: z.string(),
  by: Hand,
  check: Hand.extend({ agrees: z.boolean(), note: z.string() }).nullable(),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** A candidate whose marks lie too far apart, as the lead and the re-checker see it: numbers and letters, no names. */
export const ConferenceView = z.object({
  session: z.object({ label: z.string(), occupation: z.string(), level: z.string(), part: z.string() }),
  room: z.object({ roomId: RoomId, name: z.string() }),
  duty: z.enum(['lead', 'member']),
  rubric: z.object({ title: z.string(), items: z.array(RubricItemView), vetoes: z.array(VetoView) }),
  /** The panel in its order; `letter` 甲 乙 丙 for the screen is the place in this list. */
  examiners: z.array(z.object({ examinerId: ExaminerId, name: z.string(), isLead: z.boolean() })),
  spreadLimitTenths: Tenths,
  itemLimitsTenths: z.record(z.string(), Tenths),
  /** Sheets of the panel not signed yet: nothing is decided before all are. */
  unsigned: z.int(),
  candidates: z.array(
    z.object({
      number: z.string(),
      /** By examiner in the panel's order: marks by item as they count now, corrections included. */
      marks: z.array(z.record(z.string(), Tenths)),
      locked: z.array(z.record(z.string(), Tenths)),
      vetoes: z.array(z.array(z.string())),
      spreadTenths: Tenths,
      /** Items and vetoes the lead is to decide; both empty where nothing is to be. */
      toDecide: z.array(z.string()),
      vetoesToDecide: z.array(z.string()),
      obstacles: z.array(Obstacle),
    }),
  ),
  decisions: z.array(DecisionView),
});
export type ConferenceView = z.infer<typeof ConferenceView>;

const Where = z.object({ sessionId: SessionId, roomId: RoomId });
const Reason = z.string().trim().min(4).max(400);
const Hands = { pin: Pin, strokes: Strokes };
const decisionErrors = {
  NOT_ON_PANEL: { status: 403 },
  NO_SUCH_SESSION: { status: 404 },
  SESSION_SEALED: { status: 409 },
  NOT_REVEALED: { status: 409, data: z.object({ waitingFor: z.int() }) },
};
const makeErrors = {
  ...decisionErrors,
  ...pinErrors,
  /** Only the panel's lead decides and corrects. */
  NOT_THE_PANEL_LEAD: { status: 403 },
  /** Some of the panel have not signed their marks yet. */
  NOT_ALL_SIGNED: { status: 409, data: z.object({ missing: z.int() }) },
  NO_SUCH_CANDIDATE: { status: 404 },
  NO_SUCH_CELL: { status: 404 },
  OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
  OFF_STEP: { status: 422, data: z.object({ stepTenths: Tenths }) },
  /** Something decided about this candidate still waits for the re-checker. */
  DECISION_OPEN: { status: 409 },
};

export const decisionsContract = {
  /** Spread conferences and corrections of a room, once its marks lie open. */
  conference: callableBy(['examiner']).input(Where).output(ConferenceView).errors(decisionErrors),
  /** The lead's marks for one candidate: exactly the items and vetoes to decide. */
  decide: callableBy(['examiner'])
    .input(
      Where.extend({
        number: z.string(),
        items: z.record(z.string(), Tenths),
        vetoes: z.record(z.string(), z.boolean()),
        reason: Reason,
        ...Hands,
      }),
    )
    .output(DecisionView)
    .errors({ ...makeErrors, NOT_THESE_ITEMS: { status: 422, data: z.object({ toDecide: z.array(z.string()) }) } }),
  /** A mark that was written down wrong; the old one stays beside it. */
  correct: callableBy(['examiner'])
    .input(
      Where.extend({
        number: z.string(),
        examinerId: ExaminerId,
        cellId: CellId,
        tenths: Tenths.nullable(),
        reason: Reason,
        ...Hands,
      }),
    )
    .output(DecisionView)
    .errors({ ...makeErrors, NOTHING_CHANGES: { status: 422 } }),
  /** The second person signs a decision, or does not agree: then it never comes into force. */
  recheck: callableBy(['examiner', 'supervisor', 'score-keeper'])
    .input(
      z.object({
        decisionId: z.string(),
        checkCode: z.string(),
        agrees: z.boolean(),
        note: z.string().trim().max(400),
        ...Hands,
      }),
    )
    .output(DecisionView)
    .errors({
      ...pinErrors,
      NO_SUCH_DECISION: { status: 404 },
      ALREADY_CHECKED: { status: 409 },
      SESSION_SEALED: { status: 409 },
      SAME_PERSON: { status: 422 },
      /** Conferences and corrections are checked by somebody else of the panel, codes by a supervisor, theory by a score keeper. */
      NOT_THE_RECHECKER: { status: 403 },
      CHECK_CODE_DIFFERS: { status: 409 },
      NOTE_NEEDED: { status: 422 },
    }),
  /** irregular, void or lifted, with the written decision and what proves it; a supervisor checks it. */
  setCode: callableBy(['site-lead'])
    .input(
      z.object({
        candidateId: CandidateId,
        code: z.enum(['irregular', 'void', 'lifted']),
        severity: z.enum(['general', 'serious', 'grave']).nullable(),
        document: z.string().trim().min(1).max(80),
        reason: Reason,
        evidence: z.array(z.instanceof(File)).max(10),
        ...Hands,
      }),
    )
    .output(DecisionView)
    .errors({
      ...pinErrors,
      NO_SUCH_CANDIDATE: { status: 404 },
      SESSION_SEALED: { status: 409 },
      NOT_OPENED: { status: 409 },
      NOTHING_CHANGES: { status: 422 },
      DECISION_OPEN: { status: 409 },
      EVIDENCE_TOO_LARGE: { status: 413, data: z.object({ maxMib: z.int() }) },
    }),
};
