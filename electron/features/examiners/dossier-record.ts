import { z } from 'zod';
import { ExaminerGrade, SkillLevel } from '../plan/plan-schema.ts';
import { DossierList, PoolStatus, TieKind } from './assignment-facts.ts';

/** Text that a person reads: trimmed, and without control or direction-changing characters. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((s) => s === s.trim() && s.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(s));

const Day = z.iso.date();
const Stretch = z
  .strictObject({ from: Day.nullable(), until: Day.nullable() })
  .refine(({ from, until }) => from === null || until === null || from <= until);
const Year = z.int().min(1990).max(2100);

/** The number of a document of identity: upper case, no spaces. */
export const DocumentNumber = z.string().regex(/^[A-Z0-9]{5,24}$/);

/** A tie as a person declares it: to anybody by document number, or to an examiner by card. Plans' ids are each plan's own. */
export const DeclaredTie = z.strictObject({
  kind: TieKind,
  to: z.discriminatedUnion('who', [
    z.strictObject({ who: z.literal('person'), documentNumber: DocumentNumber }),
    z.strictObject({ who: z.literal('examiner'), cardNumber: text(40), name: text(60) }),
  ]),
});
export type DeclaredTie = z.infer<typeof DeclaredTie>;

/** A dossier (考评员档案) as it is kept: of a person, apart from any plan. null: not known. */
export const DossierRecord = z.strictObject({
  name: text(60),
  cardNumber: text(40),
  documentNumber: DocumentNumber.nullable(),
  grade: ExaminerGrade.nullable(),
  scope: z.array(z.strictObject({ occupation: text(60), levels: z.array(SkillLevel).min(1).nullable() })).max(60),
  cardFrom: Day.nullable(),
  cardUntil: Day.nullable(),
  pool: PoolStatus.nullable(),
  appraisals: z.array(z.strictObject({ year: Year, result: z.enum(['fit', 'unfit']) })).max(60),
  trainingHours: z.array(z.strictObject({ year: Year, hours: z.int().min(0).max(2_000) })).max(60),
  employers: z.array(Stretch.safeExtend({ name: text(80) })).max(40),
  trainingPosts: z.array(Stretch.safeExtend({ institution: text(80) })).max(40),
  taught: z.array(Stretch.safeExtend({ classId: text(40) })).max(400),
  ties: z.array(DeclaredTie).max(200),
  /** First day as internal supervisor (内部督导员); null for who is none. */
  supervisorFrom: Day.nullable(),
  /** Lists that may lack something. */
  incomplete: z.array(DossierList).max(8),
});
export type DossierRecord = z.infer<typeof DossierRecord>;

/** A new dossier before anybody says anything: nothing is known. */
export const NEW_DOSSIER: Omit<DossierRecord, 'name' | 'cardNumber'> = {
  documentNumber: null,
  grade: null,
  scope: [],
  cardFrom: null,
  cardUntil: null,
  pool: null,
  appraisals: [],
  trainingHours: [],
  employers: [],
  trainingPosts: [],
  taught: [],
  ties: [],
  supervisorFrom: null,
  incomplete: ['scope', 'appraisals', 'trainingHours', 'employers', 'trainingPosts', 'taught', 'ties', 'served'],
};
