import { z } from 'zod';
import { AttemptId, CandidateId, RoomId, SessionId, StaffId } from '../../lib/ids.ts';

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

/** The reader as one lane sees it. `elsewhere`: it works for another lane, perhaps of another room. */
export const DoorReader = z.discriminatedUnion('kind', [
  ...ReaderView.options,
  z.object({ kind: z.literal('elsewhere'), roomName: z.string(), lane: z.int() }),
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

/** The lane of a room's door; a room with one lane never names it. */
export const DoorAt = z.object({ roomId: RoomId, lane: z.int().min(1).max(4).default(1) });

export const Place = z.object({
  sessionId: SessionId,
  sessionLabel: z.string(),
  startsAtMs: z.number(),
  roomId: RoomId,
  roomName: z.string(),
  location: z.string(),
  /** Empty until the workstation is drawn at admission. */
  seat: z.string(),
});
export type Place = z.infer<typeof Place>;

/**
 * What is still wanted of the person, in the order to ask for it. `consent`: pledge and consent are to be signed, or the
 * comparison of faces declined. `turn`: the head turn that a picture held up cannot do.
 */
export const Need = z.enum(['card', 'consent', 'ticket', 'face', 'turn']);
export type Need = z.infer<typeof Need>;

/** Whom the live face is taken for besides the person the document names (疑似替考). */
export const Lookalike = z.discriminatedUnion('kind', [
  /** Somebody admitted in this session already, by another document. */
  z.object({
    kind: z.literal('admitted'),
    candidateId: CandidateId,
    attemptId: AttemptId,
    name: z.string(),
    roomName: z.string(),
    seat: z.string(),
    admittedAtMs: z.number(),
    score: z.number(),
    threshold: z.number(),
  }),
  /** Somebody on the plan's block list (黑名单). */
  z.object({
    kind: z.literal('blocked'),
    blockedId: z.string(),
    name: z.string(),
    reason: z.string(),
    score: z.number(),
    threshold: z.number(),
  }),
]);
export type Lookalike = z.infer<typeof Lookalike>;

/** Gone from the room on record: for a break (may come back through the door), or with the work handed in. */
export const Away = z.object({ kind: z.enum(['break', 'finished']), sinceMs: z.number() });
export type Away = z.infer<typeof Away>;

export const Decision = z.discriminatedUnion('kind', [
  /** Evidence is still being gathered; `needs` in the order to ask for it. */
  z.object({ kind: z.literal('pending'), needs: z.array(Need) }),
  /** `again`: they were admitted before, went out for a break, and come back. */
  z.object({ kind: z.literal('admit'), again: z.boolean() }),
  z.object({ kind: z.literal('call-person'), reasons: z.array(z.string()).min(1), again: z.boolean() }),
  /** Nobody goes in before a supervisor or the site lead has looked at both pictures. */
  z.object({ kind: z.literal('possible-impersonation'), like: Lookalike }),
  z.object({ kind: z.literal('not-here'), place: Place }),
  z.object({ kind: z.literal('unknown-person') }),
  /** `attemptId`: the attempt that admitted them; its live picture is the one to compare with. */
  z.object({
    kind: z.literal('already-in'),
    admittedAtMs: z.number(),
    byName: z.string(),
    attemptId: AttemptId.optional(),
    /** Set where they have left for good: who has handed in does not come back. */
    away: Away.nullable(),
  }),
  z.object({ kind: z.literal('too-early'), opensAtMs: z.number(), rule: RuleRef }),
  z.object({ kind: z.literal('refuse'), rule: RuleRef }),
]);
export type Decision = z.infer<typeof Decision>;

/** `readmitted`: back from a break. `held`: a possible impersonation that the lead or supervisor took over. */
export const Outcome = z.enum([
  'admitted',
  'admitted-by-hand',
  'readmitted',
  'readmitted-by-hand',
  'set-aside',
  'held',
  'sent-elsewhere',
  'refused',
  'abandoned',
]);
export type Outcome = z.infer<typeof Outcome>;

/** How the document came: by the reader, photographed and confirmed by staff, typed, or another kind with its picture. */
export const DocumentBy = z.enum(['reader', 'camera', 'typed', 'other', 'none']);
export type DocumentBy = z.infer<typeof DocumentBy>;

/**
 * The head turn. `say` is the one instruction now; `advice` what is worth a look and decides nothing: `passive-doubt`, a
 * site's own passive network takes the face for a picture.
 */
export const Liveness = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-asked') }),
  z.object({ kind: z.literal('going-on'), say: z.enum(['face-camera', 'turn-left', 'turn-right', 'back-to-front']) }),
  z.object({ kind: z.literal('passed'), advice: z.array(z.string()) }),
  z.object({ kind: z.literal('failed'), reason: z.string(), advice: z.array(z.string()) }),
]);
export type Liveness = z.infer<typeof Liveness>;

export const Attempt = z.object({
  attemptId: AttemptId,
  lane: z.int(),
  startedAtMs: z.number(),
  candidateId: CandidateId.nullable(),
  /** As the plan has it, or as the card has it where the plan does not know the person. */
  name: z.string().nullable(),
  maskedDocumentNumber: z.string().nullable(),
  ticketNumber: z.string().nullable(),
  documentBy: DocumentBy,
  /** Both spellings where card and plan differ, for staff to read side by side; null where they agree. */
  nameOnCard: z.string().nullable(),
  /** What the candidate has signed at this station; null before. `declined`: no comparison of faces, an ordinary choice. */
  consent: z.object({ face: z.enum(['agreed', 'declined']), atMs: z.number() }).nullable(),
  liveness: Liveness,
  /** Runtime and model that compare the faces, as recorded; null while there is none. */
  engine: z.string().nullable(),
  place: Place.nullable(),
  edges: z.array(Edge).length(3),
  decision: Decision,
  images: z.object({
    live: z.boolean(),
    card: z.boolean(),
    plan: z.boolean(),
    like: z.boolean(),
    document: z.boolean(),
  }),
  /** Good live frames so far of those needed. */
  frames: z.object({ good: z.int(), needed: z.int() }),
  outcome: Outcome.nullable(),
  closedAtMs: z.number().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

/** Documents without a chip the reader knows. `military`: 军人身份证件. */
export const OtherDocument = z.enum(['hmt-permit', 'travel-permit', 'passport', 'military', 'electronic']);
export type OtherDocument = z.infer<typeof OtherDocument>;

export const Counts = z.object({
  expected: z.int(),
  admitted: z.int(),
  /** Of those admitted: by two persons. */
  byHand: z.int(),
  /** Of those admitted: out of the room now. */
  away: z.int(),
  /** Waiting beside the queue (候核), those held for the lead among them. */
  setAside: z.int(),
  notYet: z.int(),
  absent: z.int(),
});
export type Counts = z.infer<typeof Counts>;

/**
 * A likeness found when the attempt was closed already (疑似替考，事后发现): whom the face was taken for then. The lead decides:
 * two different persons, or the admission is taken back.
 */
export const LateLikeness = z.object({
  suspicionId: z.int(),
  /** As it was closed. */
  attempt: Attempt,
  foundAtMs: z.number(),
  like: Lookalike,
});
export type LateLikeness = z.infer<typeof LateLikeness>;

export const Lane = z.object({
  roomId: RoomId,
  lane: z.int(),
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
  /** Who wait beside the queue at this door, in the order they were set aside. */
  waiting: z.array(
    z.object({ candidateId: CandidateId, name: z.string(), seat: z.string(), sinceMs: z.number(), held: z.boolean() }),
  ),
  /** Found at this lane after the attempt was closed, and settled by nobody yet; oldest first. */
  lateLikenesses: z.array(LateLikeness),
  /** Who may confirm by their own PIN: door staff, invigilators and the lead an admission; supervisors and the lead a settlement. */
  secondPersons: z.array(z.object({ staffId: StaffId, name: z.string(), roles: z.array(z.string()) })),
  /** Kinds of document the rule pack takes besides the resident card. */
  otherDocuments: z.array(OtherDocument),
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
  'turn-left',
  'turn-right',
  'back-to-front',
  'more-light',
  'less-light',
  'hold-still',
  /** Nothing to do but wait: those inside are being learnt, to be compared with. */
  'learning-faces',
]);
export type Guidance = z.infer<typeof Guidance>;

export const manualReasons = [
  'face-near-miss',
  'face-not-taken',
  'declines-face',
  'liveness-failed',
  'card-unreadable',
  'card-by-camera',
  'other-document',
  'no-card',
  'name-spelling',
  'reader-lost',
  'other',
] as const;
export const ManualReason = z.enum(manualReasons);
export type ManualReason = z.infer<typeof ManualReason>;

export const CandidateStatus = z.enum(['not-yet', 'admitted', 'admitted-by-hand', 'set-aside', 'held', 'absent']);
export type CandidateStatus = z.infer<typeof CandidateStatus>;

export const LookUpMatch = z.object({
  candidateId: CandidateId,
  name: z.string(),
  maskedDocumentNumber: z.string(),
  ticketNumber: z.string(),
  roomId: RoomId,
  roomName: z.string(),
  seat: z.string(),
  status: CandidateStatus,
});

/** Ten matches at most, of `total`: with more, more digits have to be typed. */
export const LookUpAnswer = z.object({ total: z.int(), matches: z.array(LookUpMatch).max(10) });
export type LookUpAnswer = z.infer<typeof LookUpAnswer>;

/** The fields of a resident card as a camera can read them. */
export const CardField = z.enum(['name', 'sex', 'nation', 'birth', 'address', 'number']);
export type CardField = z.infer<typeof CardField>;

/** `none`: nothing but the eye speaks for the field, which must look at the crop beside it. */
export const Support = z.enum(['check-digit', 'agrees-with-number', 'list', 'none']);

/** A photographed card, not yet believed: staff confirm each field beside its crop. */
export const CardPicture = z.object({
  pictureId: z.string(),
  /** The one thing that another picture would have to change. With fields beside it, these may be confirmed all the same. */
  guidance: z
    .enum([
      'no-card',
      'one-card',
      'other-side',
      'closer',
      'whole-card',
      'hold-still',
      'less-glare',
      'more-light',
      'turn-upright',
    ])
    .nullable(),
  fields: z.array(z.object({ field: CardField, text: z.string(), confidence: z.number(), support: Support })),
  portrait: z.boolean(),
});
export type CardPicture = z.infer<typeof CardPicture>;
