import type { RulePack } from '../rules/rule-pack.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { clashFindings, type PanelSize, panelFindings } from './panel.ts';
import { qualificationFindings } from './qualification.ts';
import { recusalFindings } from './recusal.ts';
import { consecutiveFindings, turnoverFindings } from './rotation.ts';
import { separationFindings } from './separation.ts';
import { supervisionFindings } from './supervision.ts';
import { type Finding, type Violation, violationOf } from './violation.ts';

/** The pack's numbers about examiners. */
export interface ExaminerLimits {
  panel: PanelSize;
  maxConsecutive: number;
  newOneIn: number;
  hoursWanted: number;
  leastSupervisors: number;
  supervisorTermYears: number;
}

/** @param rules  the values of the pack the session goes by */
export const examinerLimits = (rules: RuleValues): ExaminerLimits => ({
  panel: {
    candidatesEach: rules['panel.candidates-each'],
    least: rules['panel.size'],
    odd: rules['panel.odd'],
  },
  maxConsecutive: rules['examiners.max-consecutive'],
  newOneIn: rules['panel.turnover'],
  hoursWanted: rules['examiners.training'],
  leastSupervisors: rules['supervision.present'],
  supervisorTermYears: rules['supervision.term'],
});

/**
 * Every reason why this panel is not as the rules want it; empty means lawful. The same at assignment, at sign-on, at sealing
 * and on an auditor's desk. All reasons are listed, so that nobody sets aside one without seeing the others. Pure.
 *
 * An examiner without a dossier cannot be judged: that is a violation of its own (`examiners.dossier`).
 */
export function evaluatePanel(facts: AssignmentFacts, limits: ExaminerLimits, pack: RulePack): Violation[] {
  const dossiers = new Map(facts.dossiers.map((d) => [d.examinerId as string, d]));
  const here = [...facts.panel, ...facts.supervisors].flatMap(({ examinerId }) => dossiers.get(examinerId) ?? []);
  const found: Finding[] = [
    ...panelFindings(facts, limits.panel),
    ...turnoverFindings(facts, limits),
    ...supervisionFindings(facts, dossiers, { least: limits.leastSupervisors, termYears: limits.supervisorTermYears }),
  ];
  for (const examinerId of new Set(facts.panel.map((p) => p.examinerId as string))) {
    const dossier = dossiers.get(examinerId);
    if (!dossier) found.push({ ruleId: 'examiners.dossier', examinerId, facts: {} });
    else found.push(...personFindings(facts, dossier, here, limits));
  }
  return found.map((finding) => violationOf(pack, finding));
}

/** Reasons about one person, whoever else sits there: what makes somebody eligible for a draw is that there are none. */
export function personFindings(
  facts: AssignmentFacts,
  dossier: Dossier,
  here: readonly Dossier[],
  limits: ExaminerLimits,
): Finding[] {
  const others = here.filter((d) => d.examinerId !== dossier.examinerId);
  return [
    ...qualificationFindings(facts, dossier, limits),
    ...separationFindings(facts, dossier),
    ...recusalFindings(facts, dossier, others),
    ...consecutiveFindings(facts, dossier, limits),
    ...clashFindings(facts, dossier),
  ];
}
