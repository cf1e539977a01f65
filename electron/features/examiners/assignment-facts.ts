import { z } from 'zod';
import { CandidateId, ExaminerId, RoomId, SessionId, SiteId } from '../../lib/ids.ts';
import { ExaminerGrade, PanelDuty, SessionPart, SkillLevel } from '../plan/plan-schema.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const Day = z.iso.date();
/** A stretch of days, both included; `until` null while it lasts, `from` null where nobody knows since when. */
const Stretch = z.strictObject({ from: Day.nullable(), until: Day.nullable() });

/** kin = 近亲属, master-apprentice = 师徒, declared = 本人或他人申报的其他关系. */
export const TieKind = z.enum(['kin', 'master-apprentice', 'declared']);
export type TieKind = z.infer<typeof TieKind>;

/** A declared tie to somebody, named by id; what they are to each other stays out of the facts. */
export const Tie = z.strictObject({
  kind: TieKind,
  to: z.discriminatedUnion('who', [
    z.strictObject({ who: z.literal('candidate'), id: CandidateId }),
    z.strictObject({ who: z.literal('examiner'), id: ExaminerId }),
  ]),
});
export type Tie = z.infer<typeof Tie>;

/** active = 在库, suspended = 暂停, excluded = 终身不得再任. */
export const PoolStatus = z.enum(['active', 'suspended', 'excluded']);

/** Lists of a dossier that may lack something. */
export const DossierList = z.enum([
  'scope',
  'appraisals',
  'trainingHours',
  'employers',
  'trainingPosts',
  'taught',
  'ties',
  'served',
]);
export type DossierList = z.infer<typeof DossierList>;

/**
 * What is on file of an examiner (考评员档案), as far as rules ask for it. What is not known is null, or its list stands in
 * `incomplete`: nothing is assumed good because nobody wrote it down.
 */
export const Dossier = z.strictObject({
  examinerId: ExaminerId,
  grade: ExaminerGrade.nullable(),
  /** What the card allows: occupation and its levels; null where the levels are not known. */
  scope: z.array(z.strictObject({ occupation: text(60), levels: z.array(SkillLevel).min(1).nullable() })).max(60),
  card: z.strictObject({ number: text(40), validFrom: Day.nullable(), validUntil: Day.nullable() }),
  pool: PoolStatus.nullable(),
  /** By year. `unfit`: did not pass the annual appraisal (年度考核). */
  appraisals: z.array(z.strictObject({ year: z.int().min(1990).max(2100), result: z.enum(['fit', 'unfit']) })).max(60),
  trainingHours: z
    .array(z.strictObject({ year: z.int().min(1990).max(2100), hours: z.int().min(0).max(2_000) }))
    .max(60),
  employers: z.array(z.strictObject({ name: text(80), ...Stretch.shape })).max(40),
  /** Posts at training institutions (培训任职). */
  trainingPosts: z.array(z.strictObject({ institution: text(80), ...Stretch.shape })).max(40),
  /** Classes taught, as the enrolment names them. */
  taught: z.array(z.strictObject({ classId: text(40), ...Stretch.shape })).max(400),
  ties: z.array(Tie).max(200),
  /** Sessions served, oldest first. */
  served: z
    .array(z.strictObject({ sessionId: text(40), siteId: SiteId, roomId: text(40), startsAtMs: z.int() }))
    .max(2_000),
  /** Took themselves off this session (自行回避). */
  recusedFrom: z.array(SessionId).max(200),
  /** Lists that may lack something: what stands there is so, what does not stand there may be so too. */
  incomplete: z.array(DossierList).max(8).default([]),
});
export type Dossier = z.infer<typeof Dossier>;

/** Of a candidate, what ties are found from; null for who has none. */
export const CandidateFacts = z.strictObject({
  candidateId: CandidateId,
  employer: text(80).nullable(),
  classId: text(40).nullable(),
  /** Who trained them, where somebody did. */
  trainedBy: text(80).nullable(),
  /** What nobody has said, as against what there is none of. */
  notKnown: z
    .array(z.enum(['employer', 'classId', 'trainedBy']))
    .max(3)
    .default([]),
});
export type CandidateFacts = z.infer<typeof CandidateFacts>;

/** Another duty somebody has in the same session: 监考, 考务, 登分, 培训. */
export const OtherDuty = z.enum(['invigilator', 'door', 'site-lead', 'score-keeper', 'trainer']);

/**
 * Everything the lawfulness of one panel rests on (`kaodian-assignment-facts/1`): one room of one session. It is what
 * `kaodian rules evaluate` reads, and what a bundle keeps as the proof of a lawful group.
 */
export const AssignmentFacts = z.strictObject({
  format: z.literal('kaodian-assignment-facts/1'),
  site: z.strictObject({
    siteId: SiteId,
    /** The organisation that runs the site. */
    employer: text(80),
    /** An enterprise that assesses its own staff (企业自主评价). */
    ownStaff: z.boolean(),
    /** 唯一机构: may train and assess, with the approval and the named official present. */
    soleProvider: z.strictObject({ approval: text(80), official: text(40), signedOn: z.boolean() }).nullable(),
  }),
  session: z.strictObject({
    sessionId: SessionId,
    part: SessionPart,
    occupation: text(60),
    level: SkillLevel,
    day: Day,
    startsAtMs: z.int(),
    endsAtMs: z.int(),
  }),
  room: z.strictObject({
    roomId: RoomId,
    candidates: z.array(CandidateFacts).max(500),
    /** Who marked here in the session before; empty where none is known. */
    before: z.array(ExaminerId).max(16),
  }),
  panel: z
    .array(z.strictObject({ examinerId: ExaminerId, duty: PanelDuty, otherDuties: z.array(OtherDuty).max(5) }))
    .max(16),
  /** `termFrom` null where it is not known. */
  supervisors: z.array(z.strictObject({ examinerId: ExaminerId, termFrom: Day.nullable() })).max(8),
  /** Other places the same people have in sessions, for double booking. */
  elsewhere: z
    .array(
      z.strictObject({
        examinerId: ExaminerId,
        sessionId: SessionId,
        roomId: RoomId,
        startsAtMs: z.int(),
        endsAtMs: z.int(),
      }),
    )
    .max(2_000),
  dossiers: z.array(Dossier).max(40),
});
export type AssignmentFacts = z.infer<typeof AssignmentFacts>;
