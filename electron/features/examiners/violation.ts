import type { RulePack } from '../rules/rule-pack.ts';
import { clauseOf } from '../rules/rule-values.ts';

/** One reason why a panel, or one of its people, is not as the rules want it. All are listed, never the first alone. */
export interface Violation {
  /** The clause of the rule pack. */
  ruleId: string;
  severity: 'block' | 'warn';
  /** Whom it is about; null where it is the panel as a whole. */
  examinerId: string | null;
  /** What it rests on, in words a person checks: ids, days, numbers. */
  facts: Record<string, string>;
}

/** A finding before the pack has said how grave it is. */
export type Finding = Omit<Violation, 'severity'>;

/**
 * How grave a finding is, by the pack: a clause that is a parameter only warns.
 *
 * @throws Error when the pack has no such clause: ids are written in code
 */
export const violationOf = (pack: RulePack, finding: Finding): Violation => ({
  ...finding,
  severity: clauseOf(pack, finding.ruleId).severity === 'block' ? 'block' : 'warn',
});
