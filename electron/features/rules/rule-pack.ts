import { z } from 'zod';

/** The SSHSIG namespace of a rule pack: `ssh-keygen -Y sign -n kaodian-rules`. */
export const RULES_NAMESPACE = 'kaodian-rules';

/** The same sentence in both languages of the station. */
export const BilingualText = z.strictObject({ zh: z.string().min(1).max(400), en: z.string().min(1).max(400) });

/**
 * How far a source carries: N government notice in force, L statute, O reprint of an official rule, I one
 * institution's or trade's rule, W weak. Only N, L and O may block by themselves.
 */
export const SourceGrade = z.enum(['N', 'L', 'O', 'I', 'W']);

/** block = refuse unless overridden by the pack's own exception, warn = show and go on, parameter = a value only. */
export const ClauseSeverity = z.enum(['block', 'warn', 'parameter']);

export const Clause = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)+$/),
  text: BilingualText,
  /** Name of the document, or `site` for a value that no known rule sets. */
  source: z.string().min(1).max(200),
  /** Article, item or section as the source numbers it; empty where the source was seen without numbering. */
  article: z.string().max(80),
  grade: SourceGrade,
  severity: ClauseSeverity,
  value: z.union([z.int(), z.boolean(), z.string().min(1).max(80)]).optional(),
  /** What follows where the facts to judge by are not known; a warning where the pack does not say. */
  whenUnknown: z.enum(['block', 'warn']).optional(),
  /** First and last day the clause is in force; without one it is in force from the beginning, or until further notice. */
  effectiveFrom: z.iso.date().optional(),
  effectiveUntil: z.iso.date().optional(),
  /** Where it holds; without one, where its pack does. */
  jurisdiction: z.string().min(1).max(80).optional(),
});

const PackId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** Clauses of one pack, whatever else each of them says. */
const clausesOf = <C extends typeof Clause>(clause: C) =>
  z
    .array(clause)
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map((c) => c.id)).size === all.length, { message: 'a clause id stands twice' })
    .refine(
      (all) =>
        all.every((c) => !(c.severity === 'block' || c.whenUnknown === 'block') || !['I', 'W'].includes(c.grade)),
      { message: 'a clause of grade I or W may warn, not block' },
    );

/**
 * A versioned set of clauses. A pack is data: a site or centre replaces it without a new release. Clause ids are
 * stable; bundles and the journal name them.
 */
export const RulePackFile = z.strictObject({
  format: z.literal('kaodian-rules/1'),
  id: PackId,
  /** Grows with every change of a clause, so that two bundles can be compared. */
  version: z.int().min(1),
  title: BilingualText,
  jurisdiction: z.string().min(1).max(80),
  /** The pack this one stands on: its clauses hold where this pack has none of the same id. */
  extends: PackId.optional(),
  /** The occupation (职业) a pack is for; without one it is for a jurisdiction. */
  occupation: z.string().min(1).max(60).optional(),
  /** First and last day the pack may be in use. */
  effectiveFrom: z.iso.date().optional(),
  effectiveUntil: z.iso.date().optional(),
  clauses: clausesOf(Clause),
});

/** One file that a whole pack is made of. */
export const RulePackLayer = z.strictObject({
  id: PackId,
  version: z.int().min(1),
  /** Of the file as it was read. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** `SHA256:…` of the centre's key that signed the file; null for one that came with the station. */
  signedBy: z.string().max(80).nullable(),
});

const ClauseValue = Clause.shape.value.unwrap();

/** A pack with everything it stands on, as the station goes by it and as a session keeps it. */
export const RulePack = RulePackFile.extend({
  clauses: clausesOf(
    Clause.extend({
      /** Id of the layer it is from. */
      pack: PackId.optional(),
      /** The value was changed here, by two persons; `was` is the layer's own. */
      changed: z.strictObject({ changeId: z.string().max(40), was: ClauseValue }).optional(),
    }),
  ),
  layers: z.array(RulePackLayer).max(10).optional(),
});

export type BilingualText = z.infer<typeof BilingualText>;
export type Clause = z.infer<typeof RulePack>['clauses'][number];
export type ClauseValue = z.infer<typeof ClauseValue>;
export type RulePackFile = z.infer<typeof RulePackFile>;
export type RulePackLayer = z.infer<typeof RulePackLayer>;
export type RulePack = z.infer<typeof RulePack>;
