import type { Violation } from './violation.ts';

/** Every clause that `evaluatePanel` asks about, in the order of a dossier: person, ties, panel, supervision. */
export const EVALUATED_CLAUSES = [
  'examiners.dossier',
  'examiners.grade',
  'examiners.scope',
  'examiners.card-valid',
  'examiners.pool',
  'examiners.appraisal',
  'examiners.training',
  'examiners.separation',
  'separation.sole-provider',
  'recusal.self',
  'recusal.kin',
  'recusal.master-apprentice',
  'recusal.declared',
  'examiners.taught-class',
  'recusal.employer',
  'recusal.employer-own-staff',
  'examiners.max-consecutive',
  'panel.size',
  'panel.odd',
  'panel.lead',
  'panel.turnover',
  'panel.double-booking',
  'panel.role-clash',
  'supervision.present',
  'supervision.term',
  'supervision.not-on-panel',
  'supervision.no-training-post',
  'supervision.no-colleague',
] as const;

/** held = nothing was found; warned, blocked = broken, as grave as the pack says; not-known = a fact is not on file. */
export type ClauseOutcome = 'held' | 'warned' | 'blocked' | 'not-known';

/** What became of each clause in one evaluation: the gravest of its findings, or that it held. */
export function clauseOutcomes(findings: readonly Violation[]): { ruleId: string; outcome: ClauseOutcome }[] {
  return EVALUATED_CLAUSES.map((ruleId) => {
    const of = findings.filter((f) => f.ruleId === ruleId);
    if (of.some((f) => f.severity === 'block')) return { ruleId, outcome: 'blocked' };
    if (of.some((f) => f.outcome === 'broken')) return { ruleId, outcome: 'warned' };
    return { ruleId, outcome: of.length > 0 ? 'not-known' : 'held' };
  });
}
