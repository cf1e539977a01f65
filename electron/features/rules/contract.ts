import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';
import { RuleRef } from '../checkin/attempt-schema.ts';
import { Pin, pinErrors, SecondPerson } from '../staff/contract.ts';
import { BilingualText, ClauseSeverity, type RulePack, RulePackLayer, SourceGrade } from './rule-pack.ts';

const Value = z.union([z.int(), z.boolean(), z.string()]);
export const RuleValue = z.union([z.int(), z.boolean(), z.string().min(1).max(80)]);

const Person = z.object({ name: z.string(), role: z.string() });

export const RuleChangeView = z.object({
  changeId: z.string(),
  packId: z.string(),
  clauseId: z.string(),
  was: Value,
  value: Value,
  reason: z.string(),
  by: Person,
  second: Person,
  atMs: z.number(),
  /** It is what the pack goes by now: no newer change, and the pack's own value is still the one it changed. */
  holds: z.boolean(),
});
export type RuleChangeView = z.infer<typeof RuleChangeView>;

export const ClauseView = z.object({
  id: z.string(),
  text: BilingualText,
  source: z.string(),
  article: z.string(),
  grade: SourceGrade,
  severity: ClauseSeverity,
  whenUnknown: z.enum(['block', 'warn']).nullable(),
  value: Value.nullable(),
  jurisdiction: z.string(),
  pack: z.string(),
  effectiveFrom: z.string().nullable(),
  effectiveUntil: z.string().nullable(),
  /** What a local value may be; null where nobody changes this clause here. */
  bounds: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('number'), min: z.number(), max: z.number() }),
      z.object({ kind: z.literal('yes-no') }),
      z.object({ kind: z.literal('choice'), options: z.array(z.string()) }),
      z.object({ kind: z.literal('text'), max: z.number() }),
    ])
    .nullable(),
  changed: RuleChangeView.nullable(),
});
export type ClauseView = z.infer<typeof ClauseView>;

export const RulesOverview = z.object({
  packId: z.string(),
  version: z.int(),
  title: BilingualText,
  /** From the pack the plan names down to what it stands on. */
  layers: z.array(
    RulePackLayer.extend({ title: BilingualText, jurisdiction: z.string(), installedAtMs: z.number().nullable() }),
  ),
  clauses: z.array(ClauseView),
  /** Every change there was, the newest first. */
  changes: z.array(RuleChangeView),
  /** Sessions that were opened, with the hash of the pack they go by; `same` where it is the one in force now. */
  sessions: z.array(z.object({ sessionId: z.string(), sha256: z.string(), atMs: z.number(), same: z.boolean() })),
});
export type RulesOverview = z.infer<typeof RulesOverview>;

export const PackRefusal = z.enum([
  'too-large',
  'not-signed',
  'bad-signature',
  'no-centre',
  'unknown-key',
  'withdrawn-key',
  'malformed',
  'unusable',
  'not-yet-in-force',
  'no-longer-in-force',
  'older-version',
  'version-taken',
  'already-installed',
]);
export type PackRefusal = z.infer<typeof PackRefusal>;

/** What a pack would change, clause by clause. */
export const PackPreview = z.object({
  packId: z.string(),
  version: z.int(),
  /** The version in use; null for a pack the station does not have. */
  before: z.int().nullable(),
  title: BilingualText,
  signedBy: z.string(),
  clauses: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['added', 'changed', 'removed']),
      text: BilingualText,
      before: z.object({ severity: ClauseSeverity, value: Value.nullable() }).nullable(),
      after: z.object({ severity: ClauseSeverity, value: Value.nullable() }).nullable(),
    }),
  ),
});
export type PackPreview = z.infer<typeof PackPreview>;

const signedPack = z.object({ pack: z.instanceof(File), signature: z.instanceof(File) });
const refused = { RULE_PACK_REFUSED: { status: 422, data: z.object({ reason: PackRefusal, detail: z.string() }) } };

export const rules = {
  overview: callableBy(['site-lead', 'supervisor', 'score-keeper']).output(RulesOverview),
  /** One clause as a screen shows it beside a decision: of the pack a session was opened with, or of the one in force. */
  clause: callableBy('signed-in')
    .input(z.object({ ruleId: z.string().max(80), sessionId: SessionId.nullable().default(null) }))
    .output(RuleRef)
    .errors({ NO_SUCH_CLAUSE: { status: 404 } }),
  /** What a signed pack would change; installs nothing. */
  check: callableBy(['site-lead']).input(signedPack).output(PackPreview).errors(refused),
  install: callableBy(['site-lead']).input(signedPack).output(PackPreview).errors(refused),
  /** A value of a parameter clause, by the lead and a second person, each by their own PIN. */
  change: callableBy(['site-lead'])
    .input(
      z.object({
        clauseId: z.string().max(80),
        /** As the lead read it: a value that is another by now is not changed unseen. */
        from: RuleValue,
        value: RuleValue,
        reason: z.string().trim().min(4).max(200),
        pin: Pin,
        second: SecondPerson,
      }),
    )
    .output(RuleChangeView)
    .errors({
      NO_SUCH_CLAUSE: { status: 404 },
      NOT_A_PARAMETER: { status: 422 },
      VALUE_OUT_OF_BOUNDS: { status: 422 },
      VALUE_CHANGED_MEANWHILE: { status: 409 },
      SAME_VALUE: { status: 422 },
      SAME_PERSON: { status: 422 },
      NOT_A_SECOND: { status: 422 },
      ...pinErrors,
    }),
};

export type { RulePack };
