import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { ExaminerId } from '../../lib/ids.ts';
import { PlanProblem } from '../plan/contract.ts';
import { PanelDuty } from '../plan/plan-schema.ts';
import { DossierList } from './assignment-facts.ts';
import { DeclaredTie, DossierRecord } from './dossier-record.ts';

export { NEW_DOSSIER } from './dossier-record.ts';

/** A dossier as a desk may see it: document numbers are masked. */
export const DossierView = DossierRecord.extend({
  documentNumber: z.string().nullable(),
  ties: z.array(
    z.object({
      kind: DeclaredTie.shape.kind,
      /** Masked, or card and name of an examiner. */
      to: z.discriminatedUnion('who', [
        z.object({ who: z.literal('person'), documentNumber: z.string() }),
        z.object({ who: z.literal('examiner'), cardNumber: z.string(), name: z.string() }),
      ]),
    }),
  ),
});
export type DossierView = z.infer<typeof DossierView>;
export const DossierField = z.enum(
  Object.keys(DossierRecord.shape) as [keyof DossierRecord, ...(keyof DossierRecord)[]],
);

export const WarningView = z.object({
  code: z.enum([
    'no-dossier',
    'excluded',
    'suspended',
    'card-expired',
    'card-expiring',
    'card-not-known',
    'appraisal-unfit',
    'appraisal-missing',
    'hours-short',
    'not-verified',
  ]),
  level: z.enum(['stop', 'look']),
  day: z.string().optional(),
  days: z.int().optional(),
  year: z.int().optional(),
  hours: z.int().optional(),
  wanted: z.int().optional(),
  lists: z.array(DossierList).optional(),
});
export type WarningView = z.infer<typeof WarningView>;

/** One examiner in the list: with a dossier, or named by the plan alone. */
export const DossierRow = z.object({
  dossierId: z.string().nullable(),
  /** In the plan in force; null where it does not name them. */
  examinerId: ExaminerId.nullable(),
  name: z.string(),
  cardNumber: z.string(),
  grade: DossierRecord.shape.grade,
  occupations: z.array(z.string()),
  cardUntil: z.string().nullable(),
  pool: DossierRecord.shape.pool,
  /** Sessions known to be served. */
  served: z.int(),
  warnings: z.array(WarningView),
  changedAtMs: z.number().nullable(),
});
export type DossierRow = z.infer<typeof DossierRow>;

/** Fields of one version that differ from the one before it, as they were and as they are. */
const Change = z.object({
  fields: z.array(DossierField),
  before: DossierView.partial().nullable(),
  after: DossierView.partial(),
});

export const DossierDetail = z.object({
  dossierId: z.string(),
  versionId: z.int(),
  view: DossierView,
  warnings: z.array(WarningView),
  served: z.array(
    z.object({
      sessionId: z.string(),
      siteId: z.string(),
      roomId: z.string(),
      startsAtMs: z.number(),
      duty: PanelDuty.nullable(),
      source: z.enum(['station', 'import']),
    }),
  ),
  /** The newest first. */
  history: z.array(
    Change.extend({
      versionId: z.int(),
      atMs: z.number(),
      by: z.string(),
      source: z.enum(['import', 'form']),
      reason: z.string(),
    }),
  ),
});
export type DossierDetail = z.infer<typeof DossierDetail>;

export const DossierChange = Change.extend({
  kind: z.enum(['added', 'changed']),
  name: z.string(),
  cardNumber: z.string(),
});
export type DossierChange = z.infer<typeof DossierChange>;

export const DossierCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problems'), problems: z.array(PlanProblem).min(1) }),
  z.object({
    kind: z.literal('ready'),
    checkId: z.string(),
    changes: z.array(DossierChange),
    unchanged: z.int(),
    /** Sessions served that are not on record yet. */
    served: z.int(),
    warnings: z.array(PlanProblem),
  }),
]);
export type DossierCheck = z.infer<typeof DossierCheck>;

export const Reason = z.string().trim().min(2).max(200);

/** What the form changes; a field that is left out stays. A tie of before is kept by its place in the list. */
export const DossierEdit = DossierRecord.partial().extend({
  ties: z
    .array(z.union([z.strictObject({ keep: z.int().nonnegative() }), DeclaredTie]))
    .max(200)
    .optional(),
});
export type DossierEdit = z.infer<typeof DossierEdit>;

const lead = () => callableBy(['site-lead']);
const reader = () => callableBy(['site-lead', 'supervisor']);

export const examiners = {
  list: reader().output(z.array(DossierRow)),
  dossier: reader()
    .input(z.object({ dossierId: z.string().max(40) }))
    .output(DossierDetail)
    .errors({ NO_SUCH_DOSSIER: { status: 404 } }),
  /** The empty workbook to fill in (.xlsx). */
  template: lead().output(z.instanceof(Blob)),
  /** Reads and judges everything and tells what would change; saves nothing. */
  check: lead()
    .input(z.object({ workbook: z.instanceof(File) }))
    .output(DossierCheck),
  /** Saves what `check` found good, whole, in one commit. */
  keep: lead()
    .input(z.object({ checkId: z.string().max(40), reason: Reason }))
    .output(z.object({ added: z.int(), changed: z.int(), served: z.int() }))
    .errors({
      CHECK_EXPIRED: { status: 410 },
      /** A dossier of the file was changed since it was checked. */
      CHANGED_MEANWHILE: { status: 409 },
    }),
  /** A dossier by hand: a new one, or a change to the version that was read. */
  save: lead()
    .input(
      z.object({
        base: z.object({ dossierId: z.string().max(40), versionId: z.int() }).nullable(),
        edit: DossierEdit,
        reason: Reason,
      }),
    )
    .output(z.object({ dossierId: z.string() }))
    .errors({
      NO_SUCH_DOSSIER: { status: 404 },
      CHANGED_MEANWHILE: { status: 409 },
      NOTHING_CHANGED: { status: 422 },
      /** Another dossier has this card or document number. */
      CARD_TAKEN: { status: 409 },
      DAYS_REVERSED: { status: 422 },
      EXCLUDED_FOR_LIFE: { status: 422 },
    }),
};
