import { z } from 'zod';
import {
  CameraId,
  CandidateId,
  ExaminerId,
  RoomId,
  RubricId,
  SessionId,
  SiteId,
  WorkstationId,
} from '../../lib/ids.ts';
import { parseRecipient } from '../../vault/age/x25519.ts';

/**
 * Text that a person reads: no leading or trailing white space, no control or direction-changing characters
 * (a name must not be able to rearrange the line it is printed in), at most `max` UTF-16 units.
 */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((s) => s === s.trim() && s.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(s), {
      message: 'untrimmed, or with control characters',
    });

/** Milliseconds since 1970-01-01 UTC, from 2000 to 2100: a time outside is a wrong unit or a typing error. */
const wallMs = z.int().min(946_684_800_000).max(4_102_444_800_000);

/** Marks are integers in tenths of a mark (600 = 60.0), never floating point. */
const tenths = z.int().min(0).max(10_000);

/** An age X25519 recipient with a right checksum: to a mistyped one everything would be sealed for nobody. */
export const AgeRecipient = z
  .string()
  .max(62)
  .refine((text) => parseRecipient(text) !== undefined, { message: 'no age recipient' });

/** An OpenSSH public key line of type ssh-ed25519, with an optional comment, as in an authorized_keys file. */
export const SshEd25519Line = z
  .string()
  .max(200)
  .regex(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}(?: [\x21-\x7e][\x20-\x7e]*)?$/);

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const SessionPart = z.enum(['theory', 'skills', 'review']);
/** 5 = 五级/初级工 … 1 = 一级/高级技师. */
export const SkillLevel = z.enum(['5', '4', '3', '2', '1']);
/** resident = 居民身份证, hmt = 港澳台居民居住证, foreigner = 外国人永久居留身份证, other = passport, travel permit, military ID. */
export const DocumentType = z.enum(['resident', 'hmt', 'foreigner', 'other']);
export const PanelDuty = z.enum(['lead', 'member', 'reserve']);
export const ExaminerGrade = z.enum(['examiner', 'senior']);

export const PlannedSite = z.strictObject({ siteId: SiteId, name: text(80), filingNumber: text(40) });

/**
 * What the site is filed for (备案范围), by which certificate data is checked. `certificateIssuer`: the first 13 characters of
 * every certificate number of the site (letter, evaluating body 4, province 2, site 6).
 */
export const SiteFiling = z.strictObject({
  scope: z
    .array(z.strictObject({ occupation: text(60), levels: z.array(SkillLevel).min(1).max(5) }))
    .min(1)
    .max(200),
  untilOn: z.iso.date().optional(),
  certificateIssuer: z
    .string()
    .regex(/^[A-Z]\d{12}$/)
    .optional(),
});

/** The centre's card: to whom bundles are sealed, and whose signatures the station believes. */
export const CentreCard = z.strictObject({
  name: text(80),
  recipient: AgeRecipient,
  /** The one that will follow: what is captured from now on opens with either, so that the change costs nothing. */
  nextRecipient: AgeRecipient.optional(),
  verificationKeys: z.array(SshEd25519Line).min(1).max(16),
  /** Keys the centre has withdrawn: a ticket or a plan signed by one counts no longer, and the door says why. */
  revokedKeys: z.array(SshEd25519Line).max(64).optional(),
  /** Where the supervisor's own record is sealed apart from the site's. */
  supervisionRecipient: AgeRecipient.optional(),
});

/** To whom the centre wants everything sealed: its recipient, and the next one where it is announced. */
export const centreRecipients = (card: CentreCard): string[] => [
  card.recipient,
  ...(card.nextRecipient !== undefined && card.nextRecipient !== card.recipient ? [card.nextRecipient] : []),
];

export const PlannedSession = z.strictObject({
  sessionId: SessionId,
  label: text(80),
  part: SessionPart,
  occupation: text(60),
  level: SkillLevel,
  startsAtMs: wallMs,
  endsAtMs: wallMs,
  /** null only for theory, which is not marked by a panel. */
  rubricId: RubricId.nullable(),
});

export const PlannedRoom = z.strictObject({
  roomId: RoomId,
  name: text(60),
  location: text(120),
  cameras: z
    .array(
      z.strictObject({
        cameraId: CameraId,
        label: text(60),
        /** Workstations it sees; left out: the whole room. */
        sees: z.array(WorkstationId).min(1).max(40).optional(),
      }),
    )
    .max(8),
});

export const PlannedWorkstation = z.strictObject({ workstationId: WorkstationId, roomId: RoomId, label: text(40) });

/** A file name without any directory, as delivered beside the plan. */
export const PhotoFileName = z
  .string()
  .min(5)
  .max(120)
  .regex(/^[^/\\:*?"<>|\p{Cc}]+\.(?:jpe?g|png)$/iu);

/**
 * One person in one session: who sits theory and skills stands in the plan twice, with two ids and perhaps the same
 * ticket number.
 */
export const PlannedCandidate = z.strictObject({
  candidateId: CandidateId,
  sessionId: SessionId,
  roomId: RoomId,
  /** null where it is drawn at admission, among the room's workstations that the session has planned for nobody. */
  workstationId: WorkstationId.nullable(),
  /** Printed on the ticket, also as a bar code: what a keyboard-wedge scanner can type. */
  ticketNumber: z.string().regex(/^[A-Za-z0-9-]{4,40}$/),
  name: text(60),
  documentType: DocumentType,
  /** Upper case, no spaces. Its check digit is judged in plan-violations.ts. */
  documentNumber: z.string().regex(/^[A-Z0-9]{5,24}$/),
  sex: z.enum(['male', 'female']).optional(),
  /** For ties to examiners (回避): absent where the plan does not say, null for who has none. */
  employer: text(80).nullable().optional(),
  /** The class attended, as the enrolment names it, and who held it. */
  classId: text(40).nullable().optional(),
  trainedBy: text(80).nullable().optional(),
  photo: z.strictObject({ file: PhotoFileName, sha256: Sha256Hex }),
});

export const PlannedExaminer = z.strictObject({
  examinerId: ExaminerId,
  name: text(60),
  grade: ExaminerGrade,
  cardNumber: text(40),
  employer: text(80),
  occupations: z.array(text(60)).min(1).max(40),
});

/** One examiner's place in the panel of one room in one session. */
export const PanelSeat = z.strictObject({
  sessionId: SessionId,
  roomId: RoomId,
  examinerId: ExaminerId,
  duty: PanelDuty,
});

const rubricPartId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,19}$/);
const minutes = z.int().min(1).max(1_440);

export const RubricItem = z.strictObject({
  itemId: rubricPartId,
  title: text(120),
  maxTenths: tenths.min(1),
  /** The part of the sheet (模块) an item stands in; items of one section stand together. */
  section: text(60).optional(),
  /** A mark is a whole number of these steps. Absent: a tenth. */
  stepTenths: tenths.min(1).optional(),
  /** How long a candidate may take for it. */
  minutes: minutes.optional(),
  /** Customary deductions an examiner may take with one key; not the only ones. */
  deductions: z.array(z.strictObject({ text: text(120), tenths: tenths.min(1) })).max(20),
});

/** What fails a candidate whatever the marks are (一票否决). */
export const Veto = z.strictObject({ vetoId: rubricPartId, text: text(200) });

/** Of which occupation, level and part a rubric is may be left out of a plan, whose sessions say it. */
export const Rubric = z.strictObject({
  rubricId: RubricId,
  title: text(80),
  passTenths: tenths,
  occupation: text(60).optional(),
  level: SkillLevel.optional(),
  part: SessionPart.optional(),
  /** How long a candidate may take for the whole. */
  minutes: minutes.optional(),
  items: z.array(RubricItem).min(1).max(60),
  vetoes: z.array(Veto).max(20).optional(),
});

/** A part passed on an earlier day, which counts while it is valid. The person is found by the document number. */
export const PartPass = z.strictObject({
  documentNumber: z.string().regex(/^[A-Z0-9]{5,24}$/),
  occupation: text(60),
  level: SkillLevel,
  part: SessionPart,
  scoreTenths: tenths,
  passedOn: z.iso.date(),
  /** Where it is on record: a batch, an announcement, a certificate of the part. */
  source: text(120),
});

/**
 * Somebody on the centre's block list (黑名单): whoever looks like them at a door is held for the lead. Name and reason are for
 * the persons who decide, and for no log.
 */
export const BlockedPerson = z.strictObject({
  blockedId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  name: text(60),
  reason: text(120),
  photo: z.strictObject({ file: PhotoFileName, sha256: Sha256Hex }),
});

/**
 * The session plan (场次计划) as the centre issues it. The schema judges every value alone; whether they fit together
 * (references, uniqueness, order of times, sums) is judged by `planViolations`. Numbers of rows are bounded so that
 * a hostile file cannot exhaust the station; a site assesses some hundreds a day.
 */
export const Plan = z.strictObject({
  format: z.literal('kaodian-plan/1'),
  planId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  batch: text(80),
  site: PlannedSite,
  centre: CentreCard,
  /** Id of a rule pack that the station has, such as `national`. */
  rulePack: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  sessions: z.array(PlannedSession).min(1).max(200),
  rooms: z.array(PlannedRoom).min(1).max(200),
  workstations: z.array(PlannedWorkstation).min(1).max(5_000),
  candidates: z.array(PlannedCandidate).min(1).max(5_000),
  examiners: z.array(PlannedExaminer).max(2_000),
  panels: z.array(PanelSeat).max(5_000),
  rubrics: z.array(Rubric).max(200),
  /** Parts that candidates of this plan have passed before. Absent: none. */
  partPasses: z.array(PartPass).max(20_000).optional(),
  /** Absent: the plan does not say, and scope is not checked. */
  filing: SiteFiling.optional(),
  /** Absent: nobody. */
  blocked: z.array(BlockedPerson).max(1_000).optional(),
});

export type Plan = z.infer<typeof Plan>;
export type CentreCard = z.infer<typeof CentreCard>;
export type PlannedSession = z.infer<typeof PlannedSession>;
export type PlannedRoom = z.infer<typeof PlannedRoom>;
export type PlannedWorkstation = z.infer<typeof PlannedWorkstation>;
export type PlannedCandidate = z.infer<typeof PlannedCandidate>;
export type PlannedExaminer = z.infer<typeof PlannedExaminer>;
export type PanelSeat = z.infer<typeof PanelSeat>;
export type Rubric = z.infer<typeof Rubric>;
export type BlockedPerson = z.infer<typeof BlockedPerson>;
export type RubricItem = z.infer<typeof RubricItem>;
export type PartPass = z.infer<typeof PartPass>;
