import { z } from 'zod';
import type { RulePack } from '../rules/rule-pack.ts';
import { clauseOf } from '../rules/rule-values.ts';

/** One reason why a panel, or one of its people, is not as the rules want it. All are listed, never the first alone. */
export const Violation = z.object({
  /** The clause of the rule pack. */
  ruleId: z.string(),
  severity: z.enum(['block', 'warn']),
  /** broken = the facts speak against it; not-known = a fact that the rule asks for is not on file. */
  outcome: z.enum(['broken', 'not-known']),
  /** Whom it is about; null where it is the panel as a whole. */
  examinerId: z.string().nullable(),
  /** What it rests on, in words a person checks: ids, days, numbers; `missing` names what is not on file. */
  facts: z.record(z.string(), z.string()),
});
export type Violation = z.infer<typeof Violation>;

/** A finding before the pack has said how grave it is; broken where it says nothing else. */
export type Finding = Omit<Violation, 'severity' | 'outcome'> & { outcome?: 'not-known' };

/** @param facts  `missing` names what would have to be known */
export const notKnown = (
  ruleId: string,
  examinerId: string | null,
  facts: { missing: string } & Record<string, string>,
): Finding => ({ ruleId, examinerId, facts, outcome: 'not-known' });

/**
 * How grave a finding is, by the pack: a clause that is a parameter only warns, and so does what is not known unless the
 * clause says otherwise.
 *
 * @throws Error when the pack has no such clause: ids are written in code
 */
export function violationOf(pack: RulePack, { outcome, ...finding }: Finding): Violation {
  const clause = clauseOf(pack, finding.ruleId);
  const severity = outcome === 'not-known' ? clause.whenUnknown : clause.severity;
  return { ...finding, outcome: outcome ?? 'broken', severity: severity === 'block' ? 'block' : 'warn' };
}
